"""Figures that follow from Gemba's own records, each for one period; None where nothing happened that could be counted.

Days are elapsed ones (24 hours), rounded to a tenth; rates are percent, rounded to a tenth.
"""

from collections.abc import Sequence
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal

from domain.kpis.record import Derived

UNITS = {
    Derived.ISSUE_CYCLE_TIME: "days",
    Derived.OVERDUE_RATE: "%",
    Derived.CLOSED_IN_TIME: "%",
    Derived.REOPEN_RATE: "%",
    Derived.PILOT_SATISFACTION: "",
    Derived.RESPONSE_TIME: "days",
}
"""What each is measured in, and so its target; a rating from 1 to 5 has any unit (`of 5`, `分`) or none."""
TENTH = Decimal("0.1")
A_DAY, A_SECOND = timedelta(days=1), timedelta(seconds=1)


def mean_days(spans: Sequence[timedelta]) -> Decimal | None:
    """The mean of time spans, in days."""
    return _mean([Decimal(span // A_SECOND) / (A_DAY // A_SECOND) for span in spans])


def mean_rating(ratings: Sequence[int], minimum: int) -> Decimal | None:
    """The mean of ratings from 1 to 5; below the minimum number of answers there are too few to judge."""
    return _mean([Decimal(rating) for rating in ratings]) if len(ratings) >= max(1, minimum) else None


def percent(part: int, whole: int) -> Decimal | None:
    return _rounded(Decimal(100 * part) / whole) if whole else None


def _mean(values: Sequence[Decimal]) -> Decimal | None:
    return _rounded(sum(values, Decimal(0)) / len(values)) if values else None


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(TENTH, ROUND_HALF_UP)
