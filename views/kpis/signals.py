"""What a KPI's values tell, for people who never heard of standard deviations: its usual range, a change, a trend."""

from collections.abc import Sequence
from decimal import Decimal

from domain.kpis.charts.queries import KpiChart
from domain.kpis.charts.trend import Forecast, forecast
from domain.kpis.charts.xmr import RUN, TREND, Episode, Rule
from views.core import Language, Mrkdwn, blocks as b, bold, join, lines, person, said, step
from views.kpis import pieces
from views.kpis.limits import limits_said
from views.kpis.values import for_period, goal_then, series_name, spark, unit_of, with_unit

SPARKED = 12


def signal(of: KpiChart, t: Language, drawn: Sequence[b.Block] = ()) -> b.Rendered:
    """That something has changed: what, how it shows, and how to go on. `drawn`: the chart."""
    episode = of.chart.now
    if episode is None:
        after_all = t.markup(
            "{kpi} is within its usual range after all: values came late or were corrected, or the range was set anew.",
            kpi=bold(title(of, t)),
        )
        return b.sentence(after_all)
    head = Mrkdwn(f"{sign(of, episode)} {bold(title(of, t))}")
    text = lines(head, standing(of, t))
    return b.sentence(text, b.section(figures(of, t)), *drawn, buttons(of, t), b.context(_how(of, t)))


def title(of: KpiChart, t: Language) -> str:
    return series_name(of.kpi, of.segment, t)


def standing(of: KpiChart, t: Language) -> Mrkdwn:
    """Where the newest value stands: within the usual range, or since when it has changed."""
    if of.latest is None:
        return t.markup("There is no value yet.")
    if of.chart.missing:
        return said(
            t.plural(
                "Its usual range is known after {count} more value.",
                "Its usual range is known after {count} more values.",
                of.chart.missing,
            )
        )
    episode = of.chart.now
    if episode is None:
        low, high = _range(of, t)
        return t.markup("Within its usual range of {low} to {high}.", low=low, high=high)
    return lines(_change(of, episode, t), _seen(of, episode, t))


def sign(of: KpiChart, episode: Episode) -> str:
    return {True: "✨", False: "📉", None: "🔎"}[of.is_better(episode)]


def outlook(of: KpiChart, t: Language) -> Mrkdwn:
    """When the values cross the target at this pace, where that can be told; else nothing."""
    based = of.chart.spans[-1].start if of.chart.spans else 0
    ahead = forecast(of.chart.points[based:], of.goal) if of.goal else None
    return _ahead(ahead, t) if ahead else Mrkdwn("")


def figures(of: KpiChart, t: Language) -> Mrkdwn:
    """Value, target, change and a line of the last values."""
    points = of.chart.points
    if of.latest is None:
        return Mrkdwn("")
    latest = of.latest
    parts: list[object] = [
        t.markup("{day}: {value}", day=for_period(of.kpi, latest.period, t), value=with_unit(latest.value, of.kpi, t)),
        t.markup("Target {target}", target=goal_then(of.goal_at(), of.kpi, t)),
    ]
    if len(points) > 1:
        parts.append(said(_step(latest.value - points[-2].value, of, t)))
    return lines(join(" · ", parts), said(spark([point.value for point in points[-SPARKED:]])))


def buttons(of: KpiChart, t: Language) -> b.Block:
    return b.actions(pieces.chart_button(of.kpi, of.segment, t), pieces.rebase_button(of.kpi, of.segment, t))


def _change(of: KpiChart, episode: Episode, t: Language) -> Mrkdwn:
    day = for_period(of.kpi, of.chart.points[episode.start].period, t)
    once = episode.start == episode.last and episode.rule is Rule.OUTSIDE
    match of.is_better(episode):
        case True if once:
            return t.markup("Better than usual: {day}.", day=day)
        case True:
            return t.markup("Better than usual since {day}.", day=day)
        case False if once:
            return t.markup("Worse than usual: {day}.", day=day)
        case False:
            return t.markup("Worse than usual since {day}.", day=day)
    return t.markup("Something changed around {day}.", day=day)


def _seen(of: KpiChart, episode: Episode, t: Language) -> Mrkdwn:
    """By what it shows."""
    low, high = _range(of, t)
    seen = of.chart.points[episode.seen]
    match episode.rule:
        case Rule.OUTSIDE:
            value = with_unit(seen.value, of.kpi, t)
            return t.markup("{value} lies outside its usual range of {low} to {high}.", value=value, low=low, high=high)
        case Rule.NEAR:
            return t.markup(
                "Two of three values lie close to the edge of its usual range of {low} to {high}.", low=low, high=high
            )
        case Rule.TREND:
            rising = t.markup("Each of the last values is higher than the one before, {count} in a row.", count=TREND)
            falling = t.markup("Each of the last values is lower than the one before, {count} in a row.", count=TREND)
            return rising if episode.up else falling
    count, centre = episode.last - episode.start + 1, with_unit(_centre(of), of.kpi, t)
    if count > max(RUN.values()):
        above = t.markup("Values have stayed above {centre}, its usual middle.", centre=centre)
        below = t.markup("Values have stayed below {centre}, its usual middle.", centre=centre)
    else:
        above = t.markup("{count} values in a row lie above {centre}, its usual middle.", count=count, centre=centre)
        below = t.markup("{count} values in a row lie below {centre}, its usual middle.", count=count, centre=centre)
    return above if episode.up else below


def _how(of: KpiChart, t: Language) -> Mrkdwn:
    if of.based is not None:
        return t.markup(
            "{person} had its usual range worked out anew from {day} on: {reason}",
            person=person(of.based.by),
            day=of.based.since,
            reason=of.based.reason,
        )
    return t.markup(
        "It can be chance: look before you act. Told once. If it stays like this, re-base the chart, and say why."
    )


def _ahead(ahead: Forecast, t: Language) -> Mrkdwn:
    day, count = ahead.day, ahead.trend.points
    if ahead.misses:
        return t.markup(
            "At this pace it misses the target on {day} (by its last {count} values).", day=day, count=count
        )
    return t.markup("At this pace it reaches the target on {day} (by its last {count} values).", day=day, count=count)


def _step(change: Decimal, of: KpiChart, t: Language) -> str:
    if change == 0:
        return t("no change")
    size = step(abs(change), unit_of(of.kpi), t)
    return t("up by {size}", size=size) if change > 0 else t("down by {size}", size=size)


def _range(of: KpiChart, t: Language) -> tuple[str, str]:
    limits = limits_said(of)
    return with_unit(limits.lower, of.kpi, t), with_unit(limits.upper, of.kpi, t)


def _centre(of: KpiChart) -> Decimal:
    return limits_said(of).centre
