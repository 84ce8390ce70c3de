"""How a KPI's values are said."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from domain.kpis.record import Frequency, Kpi, KpiReading
from domain.measures.targets import Target, readable
from views.core import Language, amount, goal, goal_of

SPARKS = "▁▂▃▄▅▆▇█"
SEGMENTS_NAMED = 8


def series_name(kpi: Kpi, segment: str, t: Language) -> str:
    """`Order cycle`, or `Order cycle · East` where it is one of several series."""
    name = t.name(kpi.name)
    return f"{name} · {segment}" if segment else name


def name_in_files(kpi: Kpi, segment: str, t: Language) -> str:
    """`Order cycle / East`, as it stands in files and is typed."""
    name = t.name(kpi.name)
    return f"{name} / {segment}" if segment else name


def join_segment(reading: KpiReading, kpi: Kpi, t: Language) -> str:
    """`2.8 days`, or `East 2.8 days`."""
    return f"{reading.segment} {with_unit(reading.value, kpi, t)}".strip()


def with_unit(value: Decimal, kpi: Kpi, t: Language) -> str:
    """The value in the unit of the target."""
    return amount(value, unit_of(kpi), t)


def unit_of(kpi: Kpi) -> str:
    """Of the target, and so of the values; empty where another program made the target unreadable."""
    wanted = readable(kpi.target)
    return wanted.unit if wanted else ""


def goal_then(then: Target | None, kpi: Kpi, t: Language) -> str:
    """The target that a value is judged by; and the target as it is now, where that is another."""
    now = goal(kpi.target, t)
    before = goal_of(then, t) if then else now
    return now if before == now else t("{before} then, {now} now", before=before, now=now)


def for_period(kpi: Kpi, period: date, t: Language, *, seen: datetime | None = None) -> str:
    """`Fri, Nov 20`, or what the value of a longer period is for; with its year where it is not that of `seen`."""
    day = t.day(period) if seen is None or seen.year == period.year else t.dated(period)
    match kpi.frequency:
        case Frequency.WEEKLY:
            return t("the week up to {day}", day=day)
        case Frequency.MONTHLY:
            return t.month(period)
        case Frequency.QUARTERLY:
            return t.quarter(period)
    return day


def spark(values: Sequence[Decimal]) -> str:
    """A line of eight heights; the newest value last. One value makes no line."""
    if len(values) < 2:
        return ""
    low, high = min(values), max(values)
    if low == high:
        return SPARKS[3] * len(values)
    return "".join(SPARKS[int((value - low) / (high - low) * (len(SPARKS) - 1))] for value in values)
