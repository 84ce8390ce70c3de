"""XmR charts: what of a series is noise, and what is a change (Shewhart 1931; Wheeler, Understanding Variation, 1993).

Limits are made from the first 12 to 20 values, up to the first change, and stay: only a person re-bases them, with a
reason. benchmarks/spc.py says why 12 and 20. A value is judged by the values before it alone, so what was once told
is never taken back by values that come later.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, localcontext
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from domain.kpis.charts.usual_range import EXACT, LEAST_POINTS, MOST_POINTS, Limits, UsualRange
from domain.kpis.record import Signals

RUN = {Signals.DEFAULT: 8, Signals.NHS: 7}
"""Values in a row on one side of the centre that are a change (8: Western Electric; 7: NHS Making Data Count)."""
TREND = 7
"""Values of which each is higher (or each lower) than the one before, NHS only."""


class Point(NamedTuple):
    period: date
    value: Decimal


class Rule(StrEnum):
    OUTSIDE = "outside"  # one value beyond a limit
    RUN = "run"  # so many values in a row on one side of the centre
    TREND = "trend"  # so many values that rise, or fall, each
    NEAR = "near"  # two of three values in the outer third before the same limit


class Span(NamedTuple):
    """The values from `start` to before `end` (positions) that are judged from one base, and their limits today.

    None: there are too few values yet.
    """

    start: int
    end: int
    limits: Limits | None


@dataclass(frozen=True, slots=True)
class Episode:
    """A change: from where it shows, up to the last value that belongs to it (positions in the series).

    It goes on while values show it or stay on its side of the centre; it is one, however many rules see it.
    """

    rule: Rule  # that saw it first
    up: bool
    start: int  # the first value of the pattern
    seen: int  # the value with which it was seen
    last: int


@dataclass(frozen=True, slots=True)
class Chart:
    """A series, judged. `spans` and `episodes` are in order of their values."""

    points: Sequence[Point]
    spans: Sequence[Span] = ()
    episodes: Sequence[Episode] = field(default=())

    @property
    def now(self) -> Episode | None:
        """The change that the newest value belongs to."""
        newest = self.episodes[-1] if self.episodes else None
        return newest if newest and newest.last == len(self.points) - 1 else None

    @property
    def missing(self) -> int:
        """How many further values the rules need before they can speak about the newest one."""
        since = self.spans[-1].start if self.spans else 0
        return max(0, LEAST_POINTS - (len(self.points) - since))


def chart(points: Sequence[Point], rules: Signals = Signals.DEFAULT, based: Iterable[date] = ()) -> Chart:
    """Judge `points`, in order of their periods. `based`: periods from which a person had the limits made anew.

    What is no number (another program may have written it) is left out.
    """
    points = [point for point in points if point.value.is_finite()]
    starts = [0, *sorted({position for day in based if (position := _position(points, day)) > 0})]
    spans: list[Span] = []
    episodes: list[Episode] = []
    with localcontext(EXACT):
        for start, end in zip(starts, [*starts[1:], len(points)], strict=True):
            watch = Watch(rules, start)
            for point in points[start:end]:
                watch.see(point.value)
            episodes += watch.episodes
            spans.append(Span(start, end, watch.base.limits() if watch.base.speaks else None))
    return Chart(points, spans, episodes)


def _position(points: Sequence[Point], day: date) -> int:
    """Where the first value from `day` on is; 0 where there is none, which bases nothing anew."""
    return next((position for position, point in enumerate(points) if point.period >= day), 0)


class Watch:
    """Sees the values of one base, one after the other; `start` is the position of the first."""

    def __init__(self, rules: Signals, start: int = 0, *, least: int = LEAST_POINTS, most: int = MOST_POINTS) -> None:
        self.base = UsualRange(least, most)
        self.episodes: list[Episode] = []
        self._rules = rules
        self._start = start
        self._values: list[Decimal] = []

    def see(self, value: Decimal) -> None:
        self._values.append(value)
        if self.base.speaks:
            self._judge(self._start + len(self._values) - 1)
        if not self.episodes:
            self.base.take(value)

    def _judge(self, position: int) -> None:
        patterns = self._patterns()
        current = self.episodes[-1] if self.episodes and self.episodes[-1].last == position - 1 else None
        side = self.base.side(self._values[-1])
        if current is not None:
            way = 1 if current.up else -1
            if side == way or any(sign == way for _, sign, _ in patterns):
                self.episodes[-1] = Episode(current.rule, current.up, current.start, current.seen, position)
                return
        if patterns:
            rule, sign, length = patterns[0]
            self.episodes.append(Episode(rule, sign > 0, position - length + 1, position, position))

    def _patterns(self) -> list[tuple[Rule, int, int]]:
        """What the newest value completes: the rule, its direction, and how many values make the pattern."""
        newest, base = self._values[-1], self.base
        patterns: list[tuple[Rule, int, int]] = []
        if base.beyond(newest):
            patterns.append((Rule.OUTSIDE, base.side(newest), 1))
        length = RUN[self._rules]
        if sign := _same(base.side(value) for value in reversed(self._values[-length:])):
            patterns.append((Rule.RUN, sign, length))
        if self._rules is Signals.NHS:
            patterns += self._nhs()
        return patterns

    def _nhs(self) -> Iterable[tuple[Rule, int, int]]:
        recent = self._values[-TREND:]
        if sign := _same((b > a) - (b < a) for a, b in pairwise(recent)):
            yield Rule.TREND, sign, TREND
        near = [self.base.side(value) if self.base.beyond(value, 2) else 0 for value in self._values[-3:]]
        if abs(sum(near)) >= 2 and near[-1]:
            yield Rule.NEAR, near[-1], 3 if near[0] else 2


def _same(signs: Iterable[int]) -> int:
    """The sign that all of them have; 0 where they differ. Looks no farther than the first that differs."""
    first = 0
    for sign in signs:
        if not sign or sign == -first:
            return 0
        first = sign
    return first
