"""Where a value belongs: in one of its KPI's segments and one of its periods; and which period misses one."""

from datetime import date, timedelta

from domain.calendars.working_days import WorkingCalendar
from domain.core import UserError
from domain.kpis.record import Frequency, Kpi
from domain.text.lookup import folded

GRACE = {Frequency.REAL_TIME: 1, Frequency.DAILY: 1, Frequency.WEEKLY: 2, Frequency.MONTHLY: 5, Frequency.QUARTERLY: 5}
"""Working days after the end of a period in which its value may still come; a choice of ours."""
LONGEST = {Frequency.WEEKLY: 7, Frequency.MONTHLY: 31, Frequency.QUARTERLY: 92}
"""The days of the longest period; those of other frequencies are single days."""
NAMED = 10
"""So many segments are named where one is asked for."""


def segment_of(kpi: Kpi, typed: str) -> str:
    """The segment that is meant, however it is cased; "" where a KPI has none. Raises UserError for another one."""
    if not kpi.segments:
        if typed.strip():
            raise UserError("{kpi} has no segments. Leave “{segment}” out.", kpi=kpi.name.text, segment=typed[:40])
        return ""
    segment = {folded(segment): segment for segment in kpi.segments}.get(folded(typed))
    if segment is None:
        named = ", ".join(kpi.segments[:NAMED])
        raise UserError("Which segment of {kpi}? One of: {segments}.", kpi=kpi.name.text, segments=named)
    return segment


def period_of(kpi: Kpi, day: date, today: date) -> date:
    """The end of the period that `day` lies in. Raises UserError for a day that is still to come."""
    if day > today:
        raise UserError("{day} is still to come. Give a day that is over, or today.", day=day)
    return period_end(day, kpi.frequency)


def period_start(day: date, frequency: Frequency) -> date:
    """The first day of the period that `day` lies in."""
    match frequency:
        case Frequency.REAL_TIME | Frequency.DAILY:
            return day
        case Frequency.WEEKLY:
            return day - timedelta(days=day.weekday())
        case Frequency.MONTHLY:
            return day.replace(day=1)
        case Frequency.QUARTERLY:
            return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)


def period_end(day: date, frequency: Frequency) -> date:
    """The last day of the period that `day` lies in."""
    if frequency not in LONGEST:
        return day
    in_next = period_start(day, frequency) + timedelta(days=LONGEST[frequency])
    return period_start(in_next, frequency) - timedelta(days=1)


def missing_period(latest: date, today: date, frequency: Frequency, calendar: WorkingCalendar) -> date | None:
    """The end of the newest period whose value is late on `today`, or None. `latest` is the newest value's period."""
    end = previous_end(today, frequency, calendar)
    while calendar.between(end, today) <= GRACE[frequency]:
        end = previous_end(end, frequency, calendar)
    return end if period_end(latest, frequency) < end else None


def previous_end(day: date, frequency: Frequency, calendar: WorkingCalendar) -> date:
    """The last day of the period before the one that `day` lies in; for daily values the working day before."""
    if frequency not in LONGEST:
        return calendar.before(day, 1)
    return period_start(day, frequency) - timedelta(days=1)
