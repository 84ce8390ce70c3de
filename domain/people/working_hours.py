"""When people may be asked: a mention, or a direct message, gives a sign on the phone."""

from collections.abc import Collection
from datetime import date, datetime

from domain.calendars.working_days import WorkingCalendar, calendar_of
from domain.core import UnitOfWork
from domain.people.record import WEEKEND
from domain.people.routing import zone

HOURS = range(9, 18)
"""Of working days, in the workspace's zone."""


def people_work(work: UnitOfWork, now: datetime) -> bool:
    """Not at night, not at the weekend, not on a holiday."""
    local = now.astimezone(zone(work.workspace.timezone))
    return local.hour in HOURS and calendar_of(work.workspace.country).is_working(local.date())


def works_on(day: date, quiet_days: Collection[int], calendar: WorkingCalendar) -> bool:
    """Not on quiet days, nor on public holidays. Who keeps the usual weekend works on its make-up days (调休)."""
    if day.weekday() < 5:
        return calendar.is_working(day) and day.weekday() not in quiet_days
    made_up = calendar.is_working(day) and tuple(sorted(quiet_days)) == WEEKEND
    return made_up or day.weekday() not in quiet_days
