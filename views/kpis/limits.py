"""The edges and the middle of a usual range, with as many digits as it takes to tell who lies where."""

from collections.abc import Sequence
from decimal import Context, Decimal

from domain.kpis.charts.queries import KpiChart
from domain.kpis.charts.usual_range import LEAST_POINTS, Limits

MOST_DIGITS = 26
"""Behind the point; limits are worked out to 28 digits."""
WIDE = Context(prec=60)


def limits_said(of: KpiChart) -> Limits:
    """The limits of the newest value. An edge below zero is said as zero where no value was ever below it."""
    limits = of.chart.spans[-1].limits
    assert limits is not None, f"rules speak after {LEAST_POINTS} values"
    values = [point.value for point in of.chart.points]
    lower, centre, upper = (_rounded(limit, values) for limit in limits)
    return Limits(max(lower, Decimal(0)) if min(values) >= 0 else lower, centre, upper)


def _rounded(limit: Decimal, values: Sequence[Decimal]) -> Decimal:
    """To one digit more than values have; to more where a value would else seem to lie on it, or beyond it."""
    digits = 1 + max(max(0, -int(value.normalize().as_tuple().exponent)) for value in values)
    for places in range(digits, MOST_DIGITS):
        rounded = limit.quantize(Decimal(1).scaleb(-places), context=WIDE)
        if all(_side(value, rounded) == _side(value, limit) for value in values):
            return rounded.normalize() + 0
    return limit.normalize() + 0


def _side(value: Decimal, limit: Decimal) -> int:
    return (value > limit) - (value < limit)
