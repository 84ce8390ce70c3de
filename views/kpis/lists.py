"""KPIs looked up: all of them, and one in full (T3)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from domain.core import Command
from domain.kpis.charts.queries import KpiChart
from domain.kpis.queries import KpiFacts
from domain.kpis.record import Kpi, KpiState, KpiVersion
from domain.kpis.values.actions import ValueStory
from domain.measures.targets import readable, warning_line
from domain.people.record import Department
from domain.processes.record import Process
from views.core import Language, Mrkdwn, blocks as b, bold, channel, goal, goal_of, join, lines, person, said
from views.core.lists import left_out
from views.kpis import charts as kpi_charts, pieces
from views.kpis.alerts import silent_until
from views.kpis.provenance import story_line
from views.kpis.values import SEGMENTS_NAMED, for_period, goal_then, spark, with_unit

SIGN = {
    KpiState.OK: "✅",
    KpiState.BREACHED: "🚨",
    KpiState.NO_DATA: "⚪",
    KpiState.PENDING: "🟡",
    KpiState.WARNED: "⚠️",
    KpiState.RECOVERING: "🟢",
    KpiState.STALE: "⏳",
}
LIST_SHOWN, VALUES_SHOWN, CHANGES_SHOWN = 20, 8, 4


@dataclass(frozen=True, slots=True)
class KpiDetail:
    """What the full view of a KPI needs."""

    facts: KpiFacts
    process: Process | None = None
    departments: Sequence[Department] = field(default=())
    charts: Sequence[KpiChart] = field(default=())  # one a series
    values: Sequence[ValueStory] = field(default=())  # the newest first
    versions: Sequence[KpiVersion] = field(default=())


def listing(kpis: Sequence[KpiFacts], t: Language) -> b.Rendered:
    """Each KPI in two lines with its button; those off target first."""
    title = t("KPIs")
    if not kpis:
        empty = t("No KPI is watched here yet. Add one with {command}.", command=Command("gemba kpi add"))
        return b.Rendered(empty, [b.section(said(empty))])
    ordered = sorted(kpis, key=lambda facts: -facts.worst.state.need)
    rows = [b.section(line(facts, t), _enter(facts, t)) for facts in ordered[:LIST_SHOWN]]
    return b.Rendered(title, [b.header(title), *rows, *left_out(len(kpis) - LIST_SHOWN, t)])


def detail(of: KpiDetail, t: Language) -> b.Rendered:
    """A KPI with how it is worked out, its target, and its last values."""
    kpi = of.facts.kpi
    values = [story_line(story, kpi, t) for story in of.values]
    newest = sorted(of.versions, key=lambda version: -version.id)
    changes = [_change(version, newest[:at], t) for at, version in enumerate(newest[:CHANGES_SHOWN])]
    first = line(of.facts, t)
    blocks = [
        b.header(t.name(kpi.name)),
        b.section(first),
        *kpi_charts.below(of.charts, t),
        b.facts(_rows(of, t)),
        *([b.section(lines(bold(t("Recent values")), *values))] if values else []),
        *([b.section(lines(bold(t("Earlier changes of the target")), *changes))] if changes else []),
        *(_archived(kpi, t) if kpi.archived_at else [b.actions(_enter(of.facts, t, primary=True), _edit(kpi, t))]),
    ]
    return b.Rendered(first, blocks)


def _archived(kpi: Kpi, t: Language) -> list[b.Block]:
    """In place of the buttons: it takes no values; and the way back."""
    text = t.markup("🗄️ Archived: it takes no values and opens no alerts. What it has stays.")
    label = t("Watch {kpi} again", kpi=t.name(kpi.name))
    return [b.section(text, b.button(t("Watch it again"), "kpi.unarchive", str(kpi.id), label=label))]


def line(facts: KpiFacts, t: Language) -> Mrkdwn:
    """State, name, latest value against the target, and the line of the last values."""
    kpi, worst, latest = facts.kpi, facts.worst, facts.worst.latest
    name = Mrkdwn(f"{SIGN[worst.state]} {bold(t.name(kpi.name))}")
    if latest is None:
        parts: list[object] = [t.label(worst.state), t("target {target}", target=goal(kpi.target, t))]
    else:
        value = t("{value} for {day}", value=with_unit(latest.value, kpi, t), day=for_period(kpi, latest.period, t))
        wanted = t("target {target}", target=goal_then(worst.goal, kpi, t))
        parts = [value, wanted, t.label(worst.state)]
        parts.append(spark([reading.value for reading in worst.recent]))
    return lines(name, join(" · ", [part for part in parts if part]), _segments(facts), _silences(facts, t))


def _segments(facts: KpiFacts) -> Mrkdwn | None:
    """How each segment stands; the figures above are those of the worst."""
    if len(facts.series) < 2:
        return None
    more = ["…"] if len(facts.series) > SEGMENTS_NAMED else []
    named = [f"{SIGN[series.state]} {series.segment or '–'}" for series in facts.series[:SEGMENTS_NAMED]]
    return join("  ", [*named, *more])


def _silences(facts: KpiFacts, t: Language) -> Mrkdwn | None:
    """Who has taken alerts on, and which are snoozed."""
    silences = []
    for alert in (series.alert for series in facts.series if series.alert):
        if alert.acknowledged_by and alert.acknowledged_until:
            who, day = person(alert.acknowledged_by), t.day(alert.acknowledged_until)
            silences.append(t.markup("🙋 {person} until {day}", person=who, day=day))
        elif silence := silent_until(alert, t):
            silences.append(said(f"💤 {silence}"))
    return join(" · ", silences[:SEGMENTS_NAMED]) if silences else None


def _enter(facts: KpiFacts, t: Language, *, primary: bool = False) -> b.Element:
    return pieces.enter_button(facts.kpi, t.name(facts.kpi.name), t, primary=primary)


def _edit(kpi: Kpi, t: Language) -> b.Element:
    return b.button(t("Change"), "kpi.edit", str(kpi.id), label=t("Change the KPI {kpi}", kpi=kpi.name))


def _change(version: KpiVersion, newer: Sequence[KpiVersion], t: Language) -> Mrkdwn:
    """By what values were judged since when, and who said so. Of changes that overlap the one written last holds."""
    if version.since == date.min and version.by:
        since = t.markup("For all values: {target}", target=goal(version.target, t))
    elif version.since == date.min:
        since = t.markup("At first: {target}", target=goal(version.target, t))
    else:
        since = t.markup("For periods from {day} on: {target}", day=version.since, target=goal(version.target, t))
    replaced = any(one.since <= version.since for one in newer)
    parts = [
        since,
        person(version.by) if version.by else "",
        version.reason,
        t("replaced by a later change") if replaced else "",
    ]
    return join(" · ", [part for part in parts if part])


def _warning(kpi: Kpi, t: Language) -> str:
    wanted = readable(kpi.target)
    return goal_of(warning_line(kpi.warning, wanted), t) if kpi.warning and wanted else kpi.warning


def _rows(of: KpiDetail, t: Language) -> list[tuple[str, object]]:
    kpi = of.facts.kpi
    departments = t.listed([t.name(department.name) for department in of.departments])
    return [
        (t("Formula"), kpi.formula),
        (t("Data source"), t.label(kpi.derived) if kpi.derived else kpi.source),
        (t("Key in files and programs"), kpi.key),
        (t("Frequency"), t.label(kpi.frequency)),
        (t("Target"), goal(kpi.target, t)),
        (t("Warning line"), _warning(kpi, t)),
        (t("Process"), t.name(of.process.name) if of.process else ""),
        (t("Responsible departments"), departments),
        (t("Channel"), channel(kpi.channel) if kpi.channel else ""),
        (t("Owner"), person(kpi.owner) if kpi.owner else ""),
        (t("Data owner"), person(kpi.data_owner) if kpi.data_owner else ""),
    ]
