"""Charts of KPIs as Slack draws them, and the question from when on the usual range is worked out anew."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from babel.dates import format_skeleton

from domain.core import Command
from domain.kpis.charts.form import RebaseForm
from domain.kpis.charts.queries import KpiChart
from domain.kpis.record import Frequency
from domain.measures.targets import Target
from views.core import Language, Mrkdwn, blocks as b, bold, inputs, lines, person
from views.core.lists import left_out
from views.kpis import pieces
from views.kpis.carried import SeriesOf
from views.kpis.signals import figures, outlook, standing, title
from views.kpis.values import goal_then

POINTS, TITLE, LABEL = 20, 50, 20  # what Slack's charts take (docs.slack.dev, block "data_visualization")
SERIES_SHOWN = 10


def chart(of: KpiChart, t: Language) -> b.Rendered:
    """To who asked for it: the chart, what it tells, and to post it."""
    head = bold(title(of, t))
    if of.latest is None:
        way_on = Command("gemba kpi record")
        empty = t.markup("There is no value to draw yet. Give one with {command}.", command=way_on)
        return b.sentence(lines(head, empty))
    text = lines(head, figures(of, t), standing(of, t), outlook(of, t))
    label = t("Post a picture of {kpi} with its usual range to this channel", kpi=title(of, t))
    post = b.button(t("Post as a picture"), "kpi.picture", SeriesOf(of.kpi.id, of.segment), label=label)
    return b.sentence(text, *drawn(of, t), b.actions(post, pieces.rebase_button(of.kpi, of.segment, t)))


def drawn(of: KpiChart, t: Language) -> list[b.Block]:
    """Slack's own chart of the last 20 values with the target. One value makes no line."""
    points = of.chart.points[-POINTS:]
    if len(points) < 2:
        return []
    names = labels([point.period for point in points], of.kpi.frequency, t)
    series = [_series(t("Value"), names, [point.value for point in points])]
    wanted = _goals(of)
    ends = [t("Target")] if len(wanted) == 1 else [t("Target from"), t("Target to")]
    series += [_series(name, names, line[-POINTS:]) for name, line in zip(ends, wanted, strict=False)]
    chart = {"type": "line", "series": series, "axis_config": {"categories": names}}
    return [{"type": "data_visualization", "title": b.cut(title(of, t), TITLE), "chart": chart}]


def below(charts: Sequence[KpiChart], t: Language) -> list[b.Block]:
    """What the charts of a KPI tell, and the chart itself where there is one series."""
    blocks: list[b.Block] = []
    for of in charts[:SERIES_SHOWN]:
        head = bold(title(of, t)) if len(charts) > 1 else Mrkdwn("")
        what = [line for line in (head, standing(of, t), outlook(of, t)) if line]
        blocks.append(b.section(lines(*what), pieces.chart_button(of.kpi, of.segment, t) if of.latest else None))
    rest = left_out(len(charts) - len(blocks), t)
    return blocks + rest + (drawn(charts[0], t) if len(charts) == 1 else [])


def labels(periods: Sequence[date], frequency: Frequency, t: Language) -> list[str]:
    """A short name for each period, and none twice."""
    named = [b.cut(_label(period, frequency, t), LABEL) for period in periods]
    return named if len(set(named)) == len(named) else [period.isoformat() for period in periods]


def rebase_form(of: KpiChart, since: date, t: Language, metadata: str) -> dict[str, Any]:
    about = t.markup(
        "The usual range of {kpi} is worked out from its first values, and stays. If the process is "
        "another one now, have it worked out anew.",
        kpi=bold(title(of, t)),
    )
    blocks = [b.section(lines(about, standing(of, t))), *inputs(RebaseForm, t, {"since": since}, focus="reason")]
    title_ = t("Re-base the chart")
    return b.modal("kpi.rebase", title_, blocks, submit=t("Re-base"), close=t("Cancel"), metadata=metadata)


def rebased(of: KpiChart, t: Language) -> b.Rendered:
    anew = t.markup("The usual range of {kpi} is worked out anew.", kpi=bold(title(of, t)))
    return b.sentence(lines(anew, standing(of, t)))


def picture(of: KpiChart, by: str, t: Language) -> b.Rendered:
    """What stands above the picture in the channel."""
    text = lines(bold(title(of, t)), figures(of, t), standing(of, t), outlook(of, t))
    return b.sentence(text, b.context(t.markup("Posted for {person}.", person=person(by))))


def posted(t: Language) -> b.Rendered:
    return b.sentence(t.markup("The picture is on its way to this channel."))


def described(of: KpiChart, t: Language) -> str:
    """What a picture of the chart shows, for who cannot see it."""
    return t(
        "{kpi}: line of {count} values, target {target}. {standing}",
        kpi=title(of, t),
        count=len(of.chart.points),
        target=goal_then(of.goal_at(), of.kpi, t),
        standing=_plain(standing(of, t)),
    )


def _plain(text: Mrkdwn) -> str:
    return " ".join(str(text).splitlines())


def _label(period: date, frequency: Frequency, t: Language) -> str:
    match frequency:
        case Frequency.MONTHLY:
            return str(format_skeleton("yMMM", period, locale=t.locale))
        case Frequency.QUARTERLY:
            return str(format_skeleton("yQQQ", period, locale=t.locale))
    return str(format_skeleton("MMMd", period, locale=t.locale))


def _goals(of: KpiChart) -> list[list[Decimal]]:
    """For each end of the target its line through all points: that of their time; the present one where not all fit."""
    now = ends_of(of.goal)
    goals = [ends_of(goal) for goal in of.goals]
    if len(goals) != len(of.chart.points) or any(len(goal) != len(now) for goal in goals):
        goals = [now] * len(of.chart.points)
    return [[goal[end] for goal in goals] for end in range(len(now))]


def ends_of(wanted: Target | None) -> list[Decimal]:
    """The values that a target is drawn at: none, one, or the two ends of a range."""
    if wanted is None:
        return []
    return [wanted.value] if wanted.upper is None else [wanted.value, wanted.upper]


def _series(name: str, labels: Sequence[str], values: Sequence[Decimal]) -> dict[str, Any]:
    data = [{"label": label, "value": float(value)} for label, value in zip(labels, values, strict=True)]
    return {"name": b.cut(" ".join(name.split()), LABEL), "data": data}
