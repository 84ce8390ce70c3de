"""KPIs looked up: all of them, and one in full (T3)."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from domain.enumerations import KpiState
from domain.records.people import Department
from domain.records.processes import Process
from domain.use_cases.kpis import KpiFacts
from views import blocks as b
from views.kpis import for_period, spark, with_unit
from views.language import Language
from views.markup import Mrkdwn, bold, channel, join, lines, person, said
from views.measures import goal

SIGN = {KpiState.OK: "✅", KpiState.BREACHED: "🚨", KpiState.NO_DATA: "⚪"}
LIST_SHOWN, VALUES_SHOWN = 20, 8


@dataclass(frozen=True, slots=True)
class KpiDetail:
    """What the full view of a KPI needs."""

    facts: KpiFacts
    process: Process | None = None
    departments: Sequence[Department] = field(default=())


def listing(found: Sequence[KpiFacts], t: Language) -> b.Rendered:
    """Each KPI in two lines with its button; those off target first."""
    title = t("KPIs")
    if not found:
        empty = t("No KPI is watched here yet. Add one with /gemba kpi add.")
        return b.Rendered(empty, [b.section(said(empty))])
    ordered = sorted(found, key=lambda facts: facts.kpi.state is not KpiState.BREACHED)
    shown = [_row(facts, t) for facts in ordered[:LIST_SHOWN]]
    more = len(found) - LIST_SHOWN
    if more > 0:
        shown.append(b.context(said(t.plural("… and {count} more", "… and {count} more", more))))
    return b.Rendered(title, [b.header(title), *shown])


def detail(of: KpiDetail, t: Language) -> b.Rendered:
    """A KPI with how it is worked out, its target, and its last values."""
    kpi, recent = of.facts.kpi, of.facts.recent
    values = [
        t.markup("{day}: {value}", day=for_period(kpi, reading.period, t), value=with_unit(reading.value, kpi, t))
        for reading in reversed(recent[-VALUES_SHOWN:])
    ]
    first = line(of.facts, t)
    shown = [
        b.header(t.name(kpi.name, kpi.name_zh)),
        b.section(first),
        b.fields(*[Mrkdwn(f"{bold(label)}  {said(value)}") for label, value in _rows(of, t)]),
        *([b.section(lines(bold(t("Recent values")), *values))] if values else []),
        b.actions(_enter(of.facts, t, primary=True)),
    ]
    return b.Rendered(first, shown)


def line(facts: KpiFacts, t: Language) -> Mrkdwn:
    """State, name, latest value against the target, and the line of the last values."""
    kpi, latest = facts.kpi, facts.latest
    name = Mrkdwn(f"{SIGN[kpi.state]} {bold(t.name(kpi.name, kpi.name_zh))}")
    if latest is None:
        parts: list[object] = [t.label(kpi.state), t("target {target}", target=goal(kpi.target, t))]
    else:
        value = t("{value} for {day}", value=with_unit(latest.value, kpi, t), day=for_period(kpi, latest.period, t))
        parts = [value, t("target {target}", target=goal(kpi.target, t)), t.label(kpi.state)]
        parts.append(spark([reading.value for reading in facts.recent]))
    return lines(name, join(" · ", [part for part in parts if part]))


def _row(facts: KpiFacts, t: Language) -> b.Block:
    return b.section(line(facts, t), _enter(facts, t))


def _enter(facts: KpiFacts, t: Language, *, primary: bool = False) -> b.Element:
    label = t("Enter the value of {kpi}", kpi=t.name(facts.kpi.name, facts.kpi.name_zh))
    return b.button(t("Enter a value"), "kpi.enter", str(facts.kpi.id), label=label, style="primary" * primary)


def _rows(of: KpiDetail, t: Language) -> list[tuple[str, object]]:
    kpi = of.facts.kpi
    departments = t.listed([t.name(department.name, department.name_zh) for department in of.departments])
    rows: list[tuple[str, object]] = [
        (t("Formula"), kpi.formula),
        (t("Data source"), kpi.source),
        (t("Frequency"), t.label(kpi.frequency)),
        (t("Target"), goal(kpi.target, t)),
        (t("Process"), t.name(of.process.name, of.process.name_zh) if of.process else ""),
        (t("Responsible departments"), departments),
        (t("Channel"), channel(kpi.channel) if kpi.channel else ""),
        (t("Data owner"), person(kpi.owner) if kpi.owner else ""),
    ]
    return [(label, value) for label, value in rows if value]
