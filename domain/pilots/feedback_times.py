"""When a participant of a pilot is asked how the week went, and when once more."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.calendars.working_days import WorkingCalendar, start_of_week

ASK_FROM, ASK_UNTIL = time(14), time(17)
"""The week is nearly over then and still fresh, and there is time left to answer before people go home."""
NUDGE_FROM, NUDGE_UNTIL = time(10), time(12)
"""The reminder comes when the mail of the morning is done, on the last day that the person works in the week."""


class Asking(StrEnum):
    ASK = "ask"
    NUDGE = "nudge"


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


def _days_worked(day: date, quiet_days: Collection[int], calendar: WorkingCalendar) -> list[date]:
    """The days of the week that are neither quiet nor a public holiday. Who works at weekends does so."""
    monday = start_of_week(day)
    week = [monday + timedelta(days=ahead) for ahead in range(7)]
    return [one for one in week if one.weekday() not in quiet_days and (one.weekday() > 4 or calendar.is_working(one))]
