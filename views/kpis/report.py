"""The monthly KPI report of a channel: a table in one message, what it cuts in its thread, all of it in a modal."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from domain.core import Command
from domain.kpis.charts.trend import forecast, trend
from domain.kpis.record import KpiState
from domain.kpis.report import PART, PARTS, SHOWN, Report, ReportLine
from domain.measures.targets import Direction, plain_unit
from views.core import Language, Mrkdwn, blocks as b, bold, goal_of, join, lines, lists
from views.core.lists import more
from views.kpis import charts as kpi_charts
from views.kpis.carried import ReportOf
from views.kpis.lists import SIGN
from views.kpis.signals import SPARKED
from views.kpis.values import for_period, series_name, spark, with_unit

NAME, CELL = 60, 100
CHARTS = 2  # a message holds no more


def report(of: Report, t: Language) -> b.Rendered:
    """The message of the month. Its text says all that the table says, for who cannot see that."""
    if of.is_empty:
        nothing = t.markup(
            "No KPI of this channel had a value in {month}. Enter one with {command}, or see what "
            "brings them with {list}.",
            month=t.month(of.month),
            command=Command("gemba kpi record"),
            list=Command("gemba kpi list"),
        )
        return b.sentence(nothing)
    head, rows = _summary(of, t), of.lines[:SHOWN]
    charts = [block for line in rows[:CHARTS] if line.is_off for block in kpi_charts.drawn(line.of, t)]
    blocks = [b.header(_title(of, t)), b.section(head), _table(rows, of, t), *charts]
    if of.rest:
        blocks.append(b.section(_rest(of, t), _all_button(of, t)))
    export = b.button(t("As a file"), "kpi.export", "xlsx", label=t("Send me all KPIs as a file"))
    why = t.markup(
        "On the first working day of a month, for this channel. Values that come late are filled in. Which "
        "messages it takes: {command}",
        command=Command("gemba settings"),
    )
    text = lines(head, *[_line(line, of, t) for line in rows], more(of.rest, t) if of.rest else None)
    return b.Rendered(text, [*blocks, b.actions(export), b.context(why)])


def further(of: Report, part: int, t: Language) -> b.Rendered:
    """In its thread: the rows that the message cuts."""
    rows = of.part(part)
    text = lines(*[_line(line, of, t) for line in rows]) or t.markup("Nothing any more.")
    return b.Rendered(text, [_table(rows, of, t)] if rows else [b.section(text)])


def whole(of: Report, t: Language) -> dict[str, Any]:
    """All of it: a modal has no tables, but holds more."""
    rows = [_line(line, of, t) for line in of.lines] or [t.markup("Nothing any more.")]
    return lists.whole(t("KPI report"), b.section(_summary(of, t)), rows, t)


def _title(of: Report, t: Language) -> str:
    return t("KPI report, {month}", month=t.month(of.month))


def _summary(of: Report, t: Language) -> Mrkdwn:
    """In KPIs, of which several lines are segments."""
    off = {line.of.kpi.id for line in of.lines if line.is_off}
    missing = {line.of.kpi.id for line in of.lines if line.state in (KpiState.STALE, KpiState.NO_DATA)}
    parts = [
        t.plural("{count} KPI", "{count} KPIs", len({line.of.kpi.id for line in of.lines})),
        t.plural("{count} off target", "{count} off target", len(off)),
    ]
    if missing:
        parts.append(t.plural("{count} with a value missing", "{count} with a value missing", len(missing)))
    return join(" · ", parts)


def _table(rows: Sequence[ReportLine], of: Report, t: Language) -> b.Block:
    head = [t("KPI"), t("Value"), t("Target"), t("Status"), t("Change on the month before"), t("Trend")]
    return b.table([head, *([b.cut(cell, CELL) for cell in _cells(line, of, t)] for line in rows)])


def _cells(line: ReportLine, of: Report, t: Language) -> tuple[str, ...]:
    name = b.cut(series_name(line.of.kpi, line.of.segment, t), NAME)
    heading = " ".join(filter(None, (_sparks(line), _heading(line, t))))
    return name, _value(line, of, t), goal_of(line.rules.goal, t), _status(line, t), _change(line, t), heading


def _line(line: ReportLine, of: Report, t: Language) -> Mrkdwn:
    name, value, goal, status, change, heading = _cells(line, of, t)
    wanted = t("target {target}", target=goal)
    return join(" · ", [bold(name), *(part for part in (value, wanted, status, change, heading) if part != b.NOTHING)])


def _value(line: ReportLine, of: Report, t: Language) -> str:
    """The newest; where it is none of this month, with what it is for."""
    if line.latest is None:
        return b.NOTHING
    value = with_unit(line.latest.value, line.of.kpi, t)
    if line.latest.period >= of.month:
        return value
    return t("{value} for {day}", value=value, day=for_period(line.of.kpi, line.latest.period, t))


def _status(line: ReportLine, t: Language) -> str:
    """With how many of the month's values were beyond a line, where there are several."""
    status = f"{SIGN[line.state]} {t.label(line.state)}"
    if line.given > 1 and line.off:
        return t("{status} ({off} of {count} values)", status=status, off=line.off, count=line.given)
    return status


def _change(line: ReportLine, t: Language) -> str:
    if line.latest is None or line.before is None or not line.given:
        return b.NOTHING
    change = line.latest.value - line.before.value
    if change == 0:
        return t("no change")
    return f"{'+' if change > 0 else '−'}{t.figure(lambda side: _size(abs(change), line, side))}"


def _size(change: Decimal, line: ReportLine, t: Language) -> str:
    """From 96 % to 97 % is not one percent more."""
    if plain_unit(line.rules.goal.unit) == "%":
        return t.plural("{count} percentage point", "{count} percentage points", change)
    return with_unit(change, line.of.kpi, t)


def _heading(line: ReportLine, t: Language) -> str:
    """Where the values since the range was set are heading, where that is more than chance."""
    points = line.of.chart.points[line.of.chart.spans[-1].start if line.of.chart.spans else 0 :]
    slope, ahead = trend(points), forecast(points, line.rules.goal)
    if slope is None:
        return "" if len(points) < 2 else t("no clear trend")
    if ahead is not None:
        if ahead.misses:
            return t("misses the target on {day}", day=ahead.day)
        return t("reaches the target on {day}", day=ahead.day)
    if line.rules.goal.direction in (Direction.EXACTLY, Direction.BETWEEN):
        return t("rising") if slope.slope > 0 else t("falling")
    better = (slope.slope < 0) is line.rules.goal.lower_is_better
    return t("getting better") if better else t("getting worse")


def _sparks(line: ReportLine) -> str:
    return spark([point.value for point in line.of.chart.points[-SPARKED:]])


def _rest(of: Report, t: Language) -> Mrkdwn:
    if of.rest > PARTS * PART:
        return t.markup("{more}, the first of them in the thread.", more=more(of.rest, t))
    return t.markup("{more}, in the thread.", more=more(of.rest, t))


def _all_button(of: Report, t: Language) -> b.Element:
    return b.button(
        t("Show all"), "kpi.report", ReportOf(of.channel_id, of.month), label=t("Show all KPIs of this report")
    )
