"""How pilots look: the table of their metrics (T7), a list, what was recorded."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from domain.core import Command
from domain.measures.scales import scale_of
from domain.measures.targets import target
from domain.pilots.feedback import Average
from domain.pilots.queries import MetricStanding, PilotStanding, is_running, weeks_in
from domain.pilots.record import Metric, MetricStatus, Pilot, PilotProblem
from domain.pilots.values import Recorded
from views.core import Language, Mrkdwn, amount, blocks as b, bold, bounds, improvement, join, lines, person, said
from views.core.lists import left_out, row
from views.pilots.feedback_summary import judged

STATUS_SIGN = {
    MetricStatus.MET: "🟢",
    MetricStatus.NEARLY_MET: "🟡",
    MetricStatus.NOT_FULLY_MET: "🟠",
    MetricStatus.NOT_MET: "🔴",
    MetricStatus.NO_DATA: "⚪",
}
LIST_SHOWN, WEEKS_SHOWN, METRICS_SHOWN, PROBLEM_SHOWN = 10, 12, 15, 200


@dataclass(frozen=True, slots=True)
class PilotFacts:
    """What `show` needs beside the table: the weeks' main problems, and the feedback with its minimum of answers."""

    standing: PilotStanding
    problems: Sequence[PilotProblem]
    feedback: Average
    minimum: int


def card(standing: PilotStanding, t: Language) -> b.Rendered:
    """The pilot in its channel: its table, with what can be done."""
    pilot = standing.pilot
    text = t.markup("Pilot {reference}: {name}", reference=pilot.reference, name=t.name(pilot.name))
    return b.Rendered(text, [*_head(standing, t), *_table(standing, t), _buttons(pilot, t)])


def show(facts: PilotFacts, t: Language) -> b.Rendered:
    """Everything about one pilot, for one reader."""
    made = card(facts.standing, t)
    feedback = lines(bold(t("Feedback")), said(judged(facts.feedback, facts.minimum, t)))
    blocks = [*made.blocks[:-1], *_problems(facts.problems, t), b.section(feedback), made.blocks[-1]]
    return b.Rendered(made.text, blocks)


def listing(standings: Sequence[PilotStanding], total: int, t: Language) -> b.Rendered:
    """A private list: running ones first; of `total`, at most ten are shown."""
    title = t("Pilots")
    if not standings:
        return b.sentence(said(t("There is no pilot yet. Start one: {command}", command=Command("gemba pilot add"))))
    blocks = [_line(standing, t) for standing in standings[:LIST_SHOWN]]
    return b.Rendered(title, [b.header(title), *blocks, *left_out(total - LIST_SHOWN, t)])


def recorded(standing: PilotStanding, values: Sequence[Recorded], t: Language) -> b.Rendered:
    """What was understood, word for word, and what it means: `Order cycle: 3.5 days for week 3`."""
    rows = {row.metric.id: row for row in standing.metrics}
    texts = [_recorded(one, rows[one.metric.id], t) for one in values]
    about = t.markup(
        "Recorded for {reference} {name}", reference=bold(standing.pilot.reference), name=t.name(standing.pilot.name)
    )
    text = lines(about, *texts)
    return b.Rendered(text, [b.section(about), *[b.section(one) for one in texts]])


def figure(value: Decimal, metric: Metric, t: Language) -> str:
    """`3.5 days`, `4.0 %`, `4.2 of 5`."""
    most = scale_of(metric.unit)
    return t("{value} of {most}", value=value, most=most) if most else amount(value, metric.unit, t)


def goal(metric: Metric, t: Language) -> str:
    wanted = target(metric.target)
    return t.figure(lambda side: bounds(wanted, lambda value: figure(value, metric, side), side))


def baseline(metric: Metric, t: Language) -> str:
    if metric.baseline is None:
        return t("new, no baseline")
    return t("before {value}", value=figure(metric.baseline, metric, t))


def standing_words(row: MetricStanding, t: Language) -> str:
    """`🟠 Not fully met · 30 % better`."""
    better = "" if row.improvement is None else f" · {improvement(row.improvement, t)}"
    return f"{STATUS_SIGN[row.status]} {t.label(row.status)}{better}"


def _head(standing: PilotStanding, t: Language) -> list[b.Block]:
    pilot = standing.pilot
    parts = [
        t("{start} to {end}", start=pilot.starts, end=pilot.ends),
        t("week {week} of {weeks}", week=standing.week, weeks=weeks_in(pilot)) if standing.week else t("not begun yet"),
        pilot.site,
        person(pilot.owner) if pilot.owner else "",
    ]
    return [b.header(f"{pilot.reference} · {t.name(pilot.name)}"), b.context(join(" · ", filter(None, parts)))]


def _table(standing: PilotStanding, t: Language) -> list[b.Block]:
    if not standing.metrics:
        return [b.section(said(t("This pilot has no metrics.")))]
    return [b.section(_row(row, t)) for row in standing.metrics[:METRICS_SHOWN]]


def _row(row: MetricStanding, t: Language) -> Mrkdwn:
    """A metric: where it came from, week by week, where it should go, how far it is."""
    metric = row.metric
    before = baseline(metric, t)
    weeks = [t("week {week}: {value}", week=week, value=value) for week, value in row.values.items()]
    path = [before, *weeks[-WEEKS_SHOWN:], t("target {value}", value=goal(metric, t))]
    return lines(Mrkdwn(f"{bold(t.name(metric.name))}  {said(standing_words(row, t))}"), join(" → ", path))


def _problems(problems: Sequence[PilotProblem], t: Language) -> list[b.Block]:
    if not problems:
        return []
    recent = problems[-WEEKS_SHOWN:]
    texts = [t("Week {week}: {text}", week=one.week, text=b.cut(t.name(one.text), PROBLEM_SHOWN)) for one in recent]
    return [b.section(bold(t("Main problems"))), b.bullets(texts)]


def _buttons(pilot: Pilot, t: Language) -> b.Block:
    value, reference = str(pilot.id), pilot.reference
    enter = t("Enter this week's values of {reference}", reference=reference)
    give = t("Give feedback on {reference}", reference=reference)
    summary = t("Show the feedback on {reference}", reference=reference)
    return b.actions(
        b.button(t("Enter values"), "pilot.enter", value, style="primary", label=enter),
        b.button(t("Give feedback"), "feedback.open", value, label=give),
        b.button(t("Feedback summary"), "command.run:feedback", f"feedback summary {reference}", label=summary),
    )


def _line(standing: PilotStanding, t: Language) -> b.Block:
    pilot = standing.pilot
    first = Mrkdwn(f"{bold(pilot.reference)} {said(t.name(pilot.name))}")
    text = lines(first, join(" · ", [_when(standing, t), *_counted(standing, t)]))
    return row(text, f"pilot show {pilot.reference}", pilot.reference, t)


def _when(standing: PilotStanding, t: Language) -> str:
    pilot = standing.pilot
    if not standing.week:
        return t("starts on {day}", day=t.day(pilot.starts))
    if not is_running(pilot, standing.on):
        return t("ended on {day}", day=t.day(pilot.ends))
    return t("week {week} of {weeks}", week=standing.week, weeks=weeks_in(pilot))


def _counted(standing: PilotStanding, t: Language) -> list[str]:
    """`🟡 Nearly met 1`, for each status that a metric has."""
    statuses = [row.status for row in standing.metrics]
    return [f"{STATUS_SIGN[one]} {t.label(one)} {statuses.count(one)}" for one in MetricStatus if one in statuses]


def _recorded(one: Recorded, row: MetricStanding, t: Language) -> Mrkdwn:
    what = {"metric": bold(t.name(one.metric.name)), "value": figure(one.value, one.metric, t), "week": one.week}
    if one.before is None:
        first = t.markup("{metric}: {value} for week {week}.", **what)
    elif one.before == one.value:
        first = t.markup("{metric}: week {week} already had {value}.", **what)
    else:
        before = figure(one.before, one.metric, t)
        first = t.markup("{metric}: week {week} corrected from {before} to {value}.", **what, before=before)
    towards = t("target {value}", value=goal(one.metric, t))
    return lines(first, said(f"{standing_words(row, t)} · {towards}"))
