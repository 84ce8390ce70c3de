"""Where a series is heading: the slope that half of all pairs of values exceed, where it is more than chance.

Whether there is a trend at all is for the test of Mann (1945) and Kendall (1975): the normal approximation, with the
correction for ties and for continuity, two-sided at 5 %. With 8 values and more it decides as the exact distribution
does (tests/domain/kpis/charts/test_trend.py compares them). The slope is Theil's and Sen's (1968), over the true days
between values, so that missing ones do not bend it; the line runs through the median of what is left.

Binary floating point: a forecast is rounded to a day, and nothing is decided by it.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations
from math import sqrt
from statistics import median
from typing import NamedTuple

from domain.kpis.charts.xmr import Point
from domain.measures.targets import Direction, Target

LEAST_POINTS, MOST_POINTS = 8, 26
SIGNIFICANT = 1.959964
"""Standard deviations: 5 % on both sides together."""


class Trend(NamedTuple):
    """A line that is more than chance."""

    slope: float  # a day
    origin: float  # its value on `since`
    since: date
    until: date
    points: int

    def on(self, day: date) -> float:
        return self.origin + self.slope * (day - self.since).days


class Forecast(NamedTuple):
    """When the line crosses the target: `misses` it from then on, or reaches it."""

    day: date
    misses: bool
    trend: Trend


def trend(points: Sequence[Point]) -> Trend | None:
    """The trend of the newest 8 to 26 values, in order of their periods; None where there is none."""
    used = [point for point in points if point.value.is_finite()][-MOST_POINTS:]
    if len(used) < LEAST_POINTS or abs(mann_kendall([point.value for point in used])) <= SIGNIFICANT:
        return None
    days = [(point.period - used[0].period).days for point in used]
    values = [float(point.value) for point in used]
    slope = theil_sen(days, values)
    if slope == 0:
        return None
    origin = median(value - slope * day for day, value in zip(days, values, strict=True))
    return Trend(slope, origin, used[0].period, used[-1].period, len(used))


def forecast(points: Sequence[Point], goal: Target) -> Forecast | None:
    """When the newest values, going on like this, cross `goal`.

    None where there is no trend, where it leads away from the target or stays inside of it, and where the day would be
    farther ahead than the values used reach back: nobody can tell as much.
    """
    line = trend(points)
    if line is None or not points:
        return None
    wanted = _edge(goal, line)
    if wanted is None:
        return None
    ahead = (wanted - line.on(line.until)) / line.slope
    if not 0 < ahead <= (line.until - line.since).days:
        return None
    inside = goal.reached_by(Decimal(str(line.on(line.until))))
    return Forecast(line.until + timedelta(days=int(ahead) + 1), inside, line)


def mann_kendall(values: Sequence[Decimal]) -> float:
    """The test's figure in standard deviations: above 1.96 values rise, below −1.96 they fall."""
    signs = sum((later > earlier) - (later < earlier) for earlier, later in combinations(values, 2))
    count = len(values)
    ties = sum(n * (n - 1) * (2 * n + 5) for n in Counter(values).values())
    variance = (count * (count - 1) * (2 * count + 5) - ties) / 18
    return 0.0 if signs == 0 or variance <= 0 else (signs - (1 if signs > 0 else -1)) / sqrt(variance)


def theil_sen(days: Sequence[int], values: Sequence[float]) -> float:
    """The median of the slopes of all pairs."""
    pairs = combinations(zip(days, values, strict=True), 2)
    return median((later - earlier) / (end - start) for (start, earlier), (end, later) in pairs if end != start)


def _edge(goal: Target, line: Trend) -> float | None:
    """The value at which the line crosses into the target or out of it; None where it never does."""
    if goal.direction is Direction.EXACTLY:
        return None
    if goal.upper is None:
        return float(goal.value)
    now, low, high = line.on(line.until), float(goal.value), float(goal.upper)
    if low <= now <= high:
        return high if line.slope > 0 else low
    return high if now > high else low
