"""Which period a value is for, and when one is missing."""

from datetime import date, timedelta

from domain.calendars.working_days import WorkingCalendar
from domain.kpis.record import Frequency

GRACE = {Frequency.REAL_TIME: 1, Frequency.DAILY: 1, Frequency.WEEKLY: 2, Frequency.MONTHLY: 5, Frequency.QUARTERLY: 5}
"""Working days after the end of a period in which its value may still come; a choice of ours."""


def period_end(day: date, frequency: Frequency) -> date:
    """The last day of the period that `day` lies in."""
    match frequency:
        case Frequency.REAL_TIME | Frequency.DAILY:
            return day
        case Frequency.WEEKLY:
            return day + timedelta(days=6 - day.weekday())
        case Frequency.MONTHLY:
            return _month_end(day.year, day.month)
        case Frequency.QUARTERLY:
            return _month_end(day.year, (day.month + 2) // 3 * 3)


def period_start(end: date, frequency: Frequency) -> date:
    """The first day of the period that ends on `end`."""
    match frequency:
        case Frequency.REAL_TIME | Frequency.DAILY:
            return end
        case Frequency.WEEKLY:
            return end - timedelta(days=6)
        case Frequency.MONTHLY:
            return end.replace(day=1)
        case Frequency.QUARTERLY:
            return date(end.year, end.month - 2, 1)


def missing_period(latest: date, today: date, frequency: Frequency, calendar: WorkingCalendar) -> date | None:
    """The end of the newest period whose value is late on `today`, or None. `latest` is the newest value's period."""
    end = previous_end(today, frequency, calendar)
    while calendar.between(end, today) <= GRACE[frequency]:
        end = previous_end(end, frequency, calendar)
    return end if period_end(latest, frequency) < end else None


def previous_end(day: date, frequency: Frequency, calendar: WorkingCalendar) -> date:
    """The last day of the period before the one that `day` lies in; for daily values the working day before."""
    match frequency:
        case Frequency.REAL_TIME | Frequency.DAILY:
            return calendar.before(day, 1)
        case Frequency.WEEKLY:
            return day - timedelta(days=day.weekday() + 1)
        case Frequency.MONTHLY:
            return day.replace(day=1) - timedelta(days=1)
        case Frequency.QUARTERLY:
            return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1) - timedelta(days=1)


def _month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
