"""A KPI's chart as an SVG: the last 52 values with their usual range, the target, and what has changed.

Drawn on white with dark lines, so that it reads on a light page and on a dark one. What a colour says, a shape says.
"""

from collections.abc import Container, Iterable, Sequence
from decimal import ROUND_CEILING, Decimal
from itertools import groupby
from xml.sax.saxutils import escape

from domain.kpis.charts.queries import KpiChart
from domain.kpis.charts.xmr import Span
from views.core import Language, goal_of
from views.kpis.charts import ends_of, labels
from views.kpis.signals import title
from views.kpis.values import with_unit

SHOWN = 52
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 800, 340, 84, 40, 52, 44
TICKS, LONGEST_TITLE = 8, 60
INK, QUIET, BAND, GOAL, CHANGE = "#1d1c1d", "#616061", "#e8f0f7", "#1264a3", "#b3261e"


def svg(of: KpiChart, t: Language, drawable: Container[int] | None = None) -> str:
    """The picture. `drawable` are the code points that the font has: a name with others gives way to the KPI's key."""
    frame = _Frame(of)
    words = _Words(drawable)
    goal = of.goal_at()
    wanted = words.legible(t("Target {target}", target=goal_of(goal, t) if goal else of.kpi.target), t("Target"))
    name = words.legible(title(of, t), of.kpi.key or f"KPI {of.kpi.id}")
    middle, band = t("usual middle"), t("usual range")
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
            f' role="img" aria-labelledby="t d" font-family="Noto Sans CJK SC" font-size="13" fill="{INK}">',
            f'<title id="t">{escape(name)}</title><desc id="d">{escape(wanted)}</desc>',
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
            _text(LEFT, 24, name[:LONGEST_TITLE], size=17),
            *_ranges(frame, middle, band),
            *_scale(frame, of, t, words),
            *_goals(frame, wanted),
            _line(frame),
            *_dots(frame),
            "</svg>",
        ]
    )


class _Words:
    """Texts that can be drawn."""

    def __init__(self, drawable: Container[int] | None) -> None:
        self._drawable = drawable

    def legible(self, text: str, instead: str) -> str:
        flat = " ".join(text.split())
        return flat if self._drawable is None or all(ord(sign) in self._drawable for sign in flat) else instead


class _Frame:
    """Where values and positions lie."""

    def __init__(self, of: KpiChart) -> None:
        self.first = max(0, len(of.chart.points) - SHOWN)
        self.points = of.chart.points[self.first :]
        self.spans = [span for span in of.chart.spans if span.end > self.first]
        self.changed = {
            position
            for episode in of.chart.episodes
            for position in range(max(episode.start, self.first), episode.last + 1)
        }
        self.goals = [ends_of(of.goal_at(self.first + number)) for number in range(len(self.points))]
        limits = [line for span in self.spans if span.limits for line in (span.limits.lower, span.limits.upper)]
        goals = [end for ends in self.goals for end in ends]
        low, high = _ends([*(point.value for point in self.points), *limits, *goals])
        self.low, self.high = float(low), float(high)

    def x(self, position: float) -> float:
        """Of a position in the whole series."""
        room = WIDTH - LEFT - RIGHT
        return LEFT + room * (position - self.first + 0.5) / max(1, len(self.points))

    def y(self, value: Decimal | float) -> float:
        return TOP + (HEIGHT - TOP - BOTTOM) * (self.high - float(value)) / (self.high - self.low)

    def edge(self, span: Span) -> tuple[float, float]:
        return self.x(max(span.start, self.first) - 0.5), self.x(span.end - 0.5)


def _ends(values: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    """What the scale reaches from and to, with some air; from zero where values come near it."""
    low, high = min(values), max(values)
    air = (high - low) / 12 or abs(high) / 10 or Decimal(1)
    return (Decimal(0) if 0 <= low < (high - low) / 3 else low - air), high + air


def _ranges(frame: _Frame, middle: str, band: str) -> Iterable[str]:
    for span in frame.spans:
        if span.limits is None:
            continue
        left, right = frame.edge(span)
        top, bottom = frame.y(span.limits.upper), min(frame.y(span.limits.lower), HEIGHT - BOTTOM)
        size = f'width="{right - left:.1f}" height="{bottom - top:.1f}"'
        yield f'<rect x="{left:.1f}" y="{top:.1f}" {size} fill="{BAND}"/>'
        centre = frame.y(span.limits.centre)
        yield _stroke([(left, centre), (right, centre)], QUIET, 1, "2 4")
    if any(span.limits for span in frame.spans):
        yield f'<rect x="{WIDTH - RIGHT - 250}" y="14" width="14" height="12" fill="{BAND}" stroke="{QUIET}"/>'
        yield _text(WIDTH - RIGHT - 230, 24, band, colour=QUIET)
        yield _stroke([(WIDTH - RIGHT - 120, 20), (WIDTH - RIGHT - 96, 20)], QUIET, 1, "2 4")
        yield _text(WIDTH - RIGHT - 90, 24, middle, colour=QUIET)


def _scale(frame: _Frame, of: KpiChart, t: Language, words: _Words) -> Iterable[str]:
    """Values at the left, periods below."""
    for value in _steps(frame.low, frame.high):
        y = frame.y(value)
        yield _stroke([(LEFT, y), (WIDTH - RIGHT, y)], "#dddddd", 0.6)
        yield _text(
            LEFT - 8, y + 4, words.legible(with_unit(value, of.kpi, t), t.format(value)), colour=QUIET, end=True
        )
    names = labels([point.period for point in frame.points], of.kpi.frequency, t)
    every = max(1, -(-len(names) // TICKS))
    for number in range((len(names) - 1) % every, len(names), every):
        yield _text(frame.x(frame.first + number), HEIGHT - 18, names[number], colour=QUIET, middle=True)


def _goals(frame: _Frame, wanted: str) -> Iterable[str]:
    """The target of each value's time, in steps where it changed; the newest has its name."""
    start = frame.first
    for ends, stretch in groupby(frame.goals, key=len):
        goals = list(stretch)
        for end in range(ends):
            yield _stroke(_steps_of([goal[end] for goal in goals], start, frame), GOAL, 1.4, "8 4")
        start += len(goals)
    if frame.goals and frame.goals[-1]:
        yield _text(WIDTH - RIGHT - 4, frame.y(frame.goals[-1][-1]) - 6, wanted, colour=GOAL, end=True)


def _steps_of(values: Sequence[Decimal], start: int, frame: _Frame) -> list[tuple[float, float]]:
    """A line that is level as long as the value is the same, from half a place before the first to half behind."""
    places: list[tuple[float, float]] = []
    for value, stretch in groupby(values):
        end = start + sum(1 for _ in stretch)
        places += [(frame.x(start - 0.5), frame.y(value)), (frame.x(end - 0.5), frame.y(value))]
        start = end
    return places


def _line(frame: _Frame) -> str:
    return _stroke(
        [(frame.x(frame.first + number), frame.y(point.value)) for number, point in enumerate(frame.points)], INK, 1.8
    )


def _dots(frame: _Frame) -> Iterable[str]:
    """Round ones; squares where values have changed."""
    for number, point in enumerate(frame.points, start=frame.first):
        x, y = frame.x(number), frame.y(point.value)
        if number in frame.changed:
            yield f'<rect x="{x - 4:.1f}" y="{y - 4:.1f}" width="8" height="8" fill="{CHANGE}"/>'
        else:
            yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{INK}"/>'


def _steps(low: float, high: float) -> list[Decimal]:
    """Two to six round numbers in between."""
    rough = Decimal(str((high - low) / 5))
    power = Decimal(1).scaleb(rough.adjusted())
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)
    first = (Decimal(str(low)) / step).to_integral_value(ROUND_CEILING)
    return [value.normalize() + 0 for number in range(12) if (value := (first + number) * step) <= Decimal(str(high))]


def _text(
    x: float, y: float, text: str, *, size: int = 13, colour: str = INK, end: bool = False, middle: bool = False
) -> str:
    anchor = ' text-anchor="end"' if end else ' text-anchor="middle"' if middle else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{colour}"{anchor}>{escape(text)}</text>'


def _stroke(points: Sequence[tuple[float, float]], colour: str, width: float, dashes: str = "") -> str:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{width}"{dashed}/>'
