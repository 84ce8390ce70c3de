"""When people may be asked: a mention, or a direct message, gives a sign on the phone."""

from datetime import datetime

from domain.calendars.working_days import calendar_of
from domain.core.ports import UnitOfWork
from domain.use_cases.places import zone

HOURS = range(9, 18)
"""Of working days, in the workspace's zone."""


def people_work(work: UnitOfWork, now: datetime) -> bool:
    """Not at night, not at the weekend, not on a holiday."""
    local = now.astimezone(zone(work.workspace.timezone))
    return local.hour in HOURS and calendar_of(work.workspace.country).is_working(local.date())
