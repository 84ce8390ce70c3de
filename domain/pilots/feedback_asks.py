"""Asking participants how the week went: once a pilot and week, and one reminder to who has not answered."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.calendars.working_days import WorkingCalendar, calendar_of, start_of_week
from domain.core import UnitOfWork
from domain.people.record import Member
from domain.people.rosters import Roster
from domain.people.routing import zone
from domain.pilots.feedback import answer_of, ask_key, participants_of, takes_feedback
from domain.pilots.messages import FeedbackAsk
from domain.pilots.record import Pilot

ASK_FROM, ASK_UNTIL = time(14), time(17)
"""The week is nearly over then and still fresh, and there is time left to answer before people go home."""
NUDGE_FROM, NUDGE_UNTIL = time(10), time(12)
"""The reminder comes when the mail of the morning is done, on the last day that the person works in the week."""


class Asking(StrEnum):
    ASK = "ask"
    NUDGE = "nudge"


def open_pilots(work: UnitOfWork, now: datetime) -> list[Pilot]:
    """Pilots that may take feedback now somewhere on earth: dates there are at most a day off."""
    days = [now.date() + timedelta(days=off) for off in (-1, 0, 1)]
    return [pilot for pilot in work.of(Pilot).find(order="number") if any(takes_feedback(pilot, day) for day in days)]


def ask_participants(work: UnitOfWork, roster: Roster, *, now: datetime) -> tuple[int, int]:
    """Ask those whose time it is. Returns how many were asked, and how many reminded."""
    asked = reminded = 0
    for pilot in open_pilots(work, now):
        people = participants_of(work, pilot, roster)
        for member in work.of(Member).find(user_id=people) if people else ():
            done = _ask(work, pilot, member, now)
            asked, reminded = asked + (done is Asking.ASK), reminded + (done is Asking.NUDGE)
    return asked, reminded


def asking_at(now: datetime, zone: ZoneInfo, quiet_days: Collection[int], calendar: WorkingCalendar) -> Asking | None:
    """What a person may be sent at `now`, by their own clock; None at any other time.

    They are asked on the last but one day that they work in the week (Thursday for Monday to Friday), so that the
    reminder still falls into the week of their answer, on the last one. Who works a single day is asked on it, once.
    """
    local = now.astimezone(zone)
    days = _days_worked(local.date(), quiet_days, calendar)
    if not days:
        return None
    if local.date() == days[-2:][0] and ASK_FROM <= local.time() < ASK_UNTIL:
        return Asking.ASK
    if len(days) > 1 and local.date() == days[-1] and NUDGE_FROM <= local.time() < NUDGE_UNTIL:
        return Asking.NUDGE
    return None


def _ask(work: UnitOfWork, pilot: Pilot, member: Member, now: datetime) -> Asking | None:
    """Whoever could not be asked in time (an outage, a late joiner) gets the question when others are reminded."""
    local = zone(member.timezone)
    asking = asking_at(now, local, member.quiet_days, calendar_of(work.workspace.country))
    today = now.astimezone(local).date()
    week = start_of_week(today)
    if asking is None or not takes_feedback(pilot, today) or answer_of(work, pilot.id, member.user_id, week):
        return None
    nudge = asking is Asking.NUDGE
    asked_before = work.outbox.posted(ask_key(pilot.id, member.user_id, week)) is not None
    message = FeedbackAsk(pilot.id, member.user_id, week, nudge)
    said = work.outbox.say(message, to=member.user_id, once=ask_key(pilot.id, member.user_id, week, nudge=nudge))
    return None if not said else Asking.NUDGE if nudge and asked_before else Asking.ASK


def _days_worked(day: date, quiet_days: Collection[int], calendar: WorkingCalendar) -> list[date]:
    """The days of the week that are neither quiet nor a public holiday. Who works at weekends does so."""
    monday = start_of_week(day)
    week = [monday + timedelta(days=ahead) for ahead in range(7)]
    return [one for one in week if one.weekday() not in quiet_days and (one.weekday() > 4 or calendar.is_working(one))]
