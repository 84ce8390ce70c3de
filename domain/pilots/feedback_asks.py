"""Asking participants how the week went: once a pilot and week, and one reminder to who has not answered."""

from datetime import datetime, timedelta

from domain.calendars.working_days import calendar_of, start_of_week
from domain.core.ports import UnitOfWork
from domain.people.record import Member
from domain.people.rosters import Roster
from domain.people.routing import zone
from domain.pilots.feedback import answer_of, ask_key, participants_of, takes_feedback
from domain.pilots.feedback_times import Asking, asking_at
from domain.pilots.messages import FeedbackAsk
from domain.pilots.record import Pilot


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
