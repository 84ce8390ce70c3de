"""The range that values usually lie in: centre, the mean; limits, centre ± 2.66 × mean moving range.

2.66 is 3 ÷ d2, with d2 = 1.128 for ranges of two (Wheeler, Understanding Variation, 1993).

Decisions are exact: comparisons are multiplied out, in decimals wide enough that nothing is rounded (a value on a limit
is inside it, on every machine and in every unit). Only the limits that are shown are rounded.
"""

from decimal import Context, Decimal, localcontext
from typing import NamedTuple

LEAST_POINTS, MOST_POINTS = 12, 20
"""Values that the limits are made from: rules speak after 12, and limits stay as they are after 20, or a change."""
EXACT = Context(prec=150)  # 30 digits on each side of the point, times the few factors below


class Limits(NamedTuple):
    """Rounded to 28 digits: to be shown, not to be decided by."""

    lower: Decimal
    centre: Decimal
    upper: Decimal


class UsualRange:
    """The sums that limits are made from. Every comparison is multiplied by `count` and `count − 1`."""

    def __init__(self, least: int, most: int) -> None:
        self._least, self._most = least, most
        self.count = 0
        self._sum = self._ranges = Decimal(0)
        self._newest: Decimal | None = None

    @property
    def speaks(self) -> bool:
        return self.count >= self._least

    def take(self, value: Decimal) -> None:
        if self.count < self._most:
            self._ranges += abs(value - self._newest) if self._newest is not None else 0
            self._sum, self._newest, self.count = self._sum + value, value, self.count + 1

    def side(self, value: Decimal) -> int:
        """1 above the centre, −1 below it, 0 on it."""
        distance = self.count * value - self._sum
        return (distance > 0) - (distance < 0)

    def beyond(self, value: Decimal, thirds: int = 3) -> bool:
        """Farther from the centre than so many thirds of the way to the limit."""
        distance = abs(self.count * value - self._sum) * (self.count - 1)
        return distance * 300 > 266 * thirds * self.count * self._ranges

    def limits(self) -> Limits:
        with localcontext(Context(prec=28)):
            centre = self._sum / self.count
            width = Decimal("2.66") * self._ranges / (self.count - 1)
            return Limits(centre - width, centre, centre + width)
