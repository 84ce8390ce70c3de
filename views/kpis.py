"""How KPI alerts look, and the questions about values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from domain.enumerations import Frequency
from domain.records.kpis import Kpi, KpiAlert, KpiReading
from domain.rules.targets import target
from views import blocks as b
from views.issues import Draft
from views.language import Language
from views.markup import Mrkdwn, bold, person, said
from views.measures import amount, goal

SPARKS = "▁▂▃▄▅▆▇█"


@dataclass(frozen=True, slots=True)
class AlertFacts:
    """An alert with its KPI, the value that opened it, the newest one, and the last values in order of period."""

    alert: KpiAlert
    kpi: Kpi
    opened_by: KpiReading
    latest: KpiReading
    recent: Sequence[KpiReading]


def alert_card(facts: AlertFacts, t: Language) -> b.Rendered:
    """One alert; the same message says later that the KPI is back on target."""
    kpi, latest = facts.kpi, facts.latest
    name = t.name(kpi.name, kpi.name_zh)
    closed = facts.alert.closed_at is not None
    title = t("Back on target: {kpi}", kpi=name) if closed else t("Off target: {kpi}", kpi=name)
    rows: list[tuple[str, object]] = [
        (t("Value"), with_unit(latest.value, kpi, t)),
        (t("Target"), goal(kpi.target, t)),
        (t("Period"), for_period(kpi, latest.period, t)),
    ]
    if recent := spark([reading.value for reading in facts.recent]):
        rows.append((t("Recent values"), recent))
    if kpi.owner:
        rows.append((t("Data owner"), person(kpi.owner)))
    if kpi.source:
        rows.append((t("Data source"), kpi.source))
    text = said(_sentence(facts, t, closed=closed))
    return b.Rendered(
        text,
        [
            b.header(f"{'✅' if closed else '🚨'} {title}"),
            b.fields(*[Mrkdwn(f"{bold(label)}  {said(value)}") for label, value in rows]),
            *([] if closed else [_alert_buttons(facts, t), b.context(_why(t))]),
        ],
    )


def alert_note(facts: AlertFacts, reading: KpiReading, t: Language) -> b.Rendered:
    """In the thread: what a further value means."""
    kpi, goal_ = facts.kpi, goal(facts.kpi.target, t)
    value, day = with_unit(reading.value, kpi, t), for_period(kpi, reading.period, t)
    if not target(kpi.target).reached_by(reading.value):
        text = t.markup("{value} for {day}: still off target ({target}).", value=value, day=day, target=goal_)
    elif reading.id == facts.alert.opened_by:
        text = t.markup("✅ Corrected to {value} for {day}: on target ({target}).", value=value, day=day, target=goal_)
    else:
        text = t.markup("✅ {value} for {day}: back on target ({target}) after {span}.", value=value, day=day,
                        target=goal_, span=_span(facts, reading, t))  # fmt: skip
    return b.Rendered(text, [b.section(text)])


def issue_draft(kpi: Kpi, latest: KpiReading, t: Language) -> Draft:
    """What an issue about a KPI off target starts with."""
    said_ = {
        "kpi": t.name(kpi.name, kpi.name_zh),
        "value": with_unit(latest.value, kpi, t),
        "target": goal(kpi.target, t),
    }
    what = t("For {day}. Data source: {source}.", day=for_period(kpi, latest.period, t), source=kpi.source or "–")
    return Draft(title=t("{kpi} is off target: {value} ({target})", **said_), what=what, process=kpi.process_id)


def value_missing(kpi: Kpi, period: date, t: Language) -> b.Rendered:
    """To the data owner, once a period."""
    name = t.name(kpi.name, kpi.name_zh)
    text = t.markup("The value of {kpi} for {day} has not come yet.", kpi=bold(name),
                    day=for_period(kpi, period, t))  # fmt: skip
    why = t.markup("You are asked because you are its data owner. Once a period, no more.")
    button = b.button(t("Enter the value"), "kpi.enter", f"{kpi.id}:{period.isoformat()}", style="primary",
                      label=t("Enter the value of {kpi}", kpi=name))  # fmt: skip
    return b.Rendered(text, [b.section(text, button), b.context(why)])


def value_came(kpi: Kpi, reading: KpiReading, t: Language) -> b.Rendered:
    """In place of the question, once there is a value."""
    text = t.markup("Thank you: {kpi} is {value} for {day}.", kpi=bold(t.name(kpi.name, kpi.name_zh)),
                    value=with_unit(reading.value, kpi, t), day=for_period(kpi, reading.period, t))  # fmt: skip
    return b.Rendered(text, [b.section(text)])


def with_unit(value: Decimal, kpi: Kpi, t: Language) -> str:
    """The value in the unit of the target."""
    return amount(value, target(kpi.target).unit, t)


def for_period(kpi: Kpi, period: date, t: Language) -> str:
    """`Fri, Nov 20`, or what the value of a longer period is for."""
    match kpi.frequency:
        case Frequency.WEEKLY:
            return t("the week up to {day}", day=t.day(period))
        case Frequency.MONTHLY:
            return t.month(period)
        case Frequency.QUARTERLY:
            return t.quarter(period)
    return t.day(period)


def spark(values: Sequence[Decimal]) -> str:
    """A line of eight heights; the newest value last. One value makes no line."""
    if len(values) < 2:
        return ""
    low, high = min(values), max(values)
    if low == high:
        return SPARKS[3] * len(values)
    return "".join(SPARKS[int((value - low) / (high - low) * (len(SPARKS) - 1))] for value in values)


def _alert_buttons(facts: AlertFacts, t: Language) -> b.Block:
    name = t.name(facts.kpi.name, facts.kpi.name_zh)
    return b.actions(
        b.button(t("Enter a value"), "kpi.enter", str(facts.kpi.id), style="primary",
                 label=t("Enter the value of {kpi}", kpi=name)),
        b.button(t("File an issue"), "kpi.issue", str(facts.alert.id),
                 label=t("File an issue about {kpi}", kpi=name)),
        block_id=f"kpi_alert:{facts.alert.id}",
    )  # fmt: skip


def _sentence(facts: AlertFacts, t: Language, *, closed: bool) -> str:
    name = t.name(facts.kpi.name, facts.kpi.name_zh)
    value, wanted = with_unit(facts.latest.value, facts.kpi, t), goal(facts.kpi.target, t)
    if closed:
        return t("{kpi} is back on target with {value} ({target}).", kpi=name, value=value, target=wanted)
    return t("{kpi} is {value}, beyond its target of {target}.", kpi=name, value=value, target=wanted)


def _why(t: Language) -> Mrkdwn:
    return t.markup("This channel is told once, and again when the KPI is back on target.")


def _span(facts: AlertFacts, reading: KpiReading, t: Language) -> Mrkdwn:
    days = (reading.period - facts.opened_by.period) // timedelta(days=1)
    return said(t.plural("{count} day", "{count} days", days))
