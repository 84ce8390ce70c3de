"""How far a pilot metric has come (tests/domain/pilots/test_status.py has the worked example)."""

from collections.abc import Sequence
from decimal import Decimal

from domain.measures.improvement import share_of_way
from domain.measures.targets import Target
from domain.pilots.record import MetricStatus

NEARLY, NOT_FULLY = Decimal("0.95"), Decimal("0.75")


def metric_status(baseline: Decimal | None, values: Sequence[Decimal], goal: Target) -> MetricStatus:
    """Judge the values of a metric in order of their periods.

    *Met* when the target has been held for two periods in a row (or for the only one), *nearly met* when it is reached
    in the latest period only or at least 95 % of the way is covered, *not fully met* from 75 %, else *not met*.
    """
    if not values:
        return MetricStatus.NO_DATA
    if goal.reached_by(values[-1]):
        held = len(values) == 1 or goal.reached_by(values[-2])
        return MetricStatus.MET if held else MetricStatus.NEARLY_MET
    share = share_of_way(baseline, values[-1], goal)
    if share >= NEARLY:
        return MetricStatus.NEARLY_MET
    return MetricStatus.NOT_FULLY_MET if share >= NOT_FULLY else MetricStatus.NOT_MET
