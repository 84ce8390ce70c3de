"""Whether a person works on a day, and what became of something that a reminder named."""

from collections.abc import Collection
from datetime import date
from enum import StrEnum

from domain.calendars.working_days import WorkingCalendar
from domain.records.people import WEEKEND


def works_on(day: date, quiet_days: Collection[int], calendar: WorkingCalendar) -> bool:
    """Not on quiet days, nor on public holidays. Who keeps the usual weekend works on its make-up days (调休)."""
    if day.weekday() < 5:
        return calendar.is_working(day) and day.weekday() not in quiet_days
    made_up = calendar.is_working(day) and tuple(sorted(quiet_days)) == WEEKEND
    return made_up or day.weekday() not in quiet_days


class Became(StrEnum):
    """What became of something owed since the reminder was sent."""

    OPEN = "open"
    DONE = "done"
    MOVED = "moved"
    SNOOZED = "snoozed"
    HANDED_OVER = "handed_over"


def became(
    *,
    finished: bool,
    due: date | None,
    snoozed_until: date | None,
    owner: str,
    was_owner: str,
    last_due: date,
    day: date,
) -> Became:
    """`last_due`: the latest due day that the reminder of `day` takes in."""
    if finished:
        return Became.DONE
    if was_owner and owner != was_owner:
        return Became.HANDED_OVER
    if due is None or due > last_due:
        return Became.MOVED
    return Became.SNOOZED if snoozed_until is not None and snoozed_until > day else Became.OPEN
