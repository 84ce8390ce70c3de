"""How KPI alerts look, and the questions about values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from domain.records.kpis import Kpi, KpiAlert, KpiReading
from domain.rules.targets import target
from views import blocks as b
from views.language import Language
from views.markup import Mrkdwn, bold, lines, person, said

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
        (t("Target"), kpi.target),
        (t("Period"), t.day(latest.period)),
        (t("Recent values"), spark([reading.value for reading in facts.recent])),
    ]
    if kpi.owner:
        rows.append((t("Data owner"), person(kpi.owner)))
    if kpi.source:
        rows.append((t("Data source"), kpi.source))
    text = said(_sentence(facts, t, closed=closed))
    return b.Rendered(
        text,
        [
            b.header(f"{'✅' if closed else '🚨'} {title}"),
            b.fields(*[lines(bold(label), said(value)) for label, value in rows]),
            b.context(text),
        ],
    )


def alert_note(facts: AlertFacts, reading: KpiReading, t: Language) -> b.Rendered:
    """In the thread: what a further value means."""
    value, day = with_unit(reading.value, facts.kpi, t), t.day(reading.period)
    if target(facts.kpi.target).reached_by(reading.value):
        text = t.markup("✅ {value} for {day}: back on target ({target}) after {span}.", value=value, day=day,
                        target=facts.kpi.target, span=_span(facts, reading, t))  # fmt: skip
    else:
        text = t.markup("{value} for {day}: still off target ({target}).", value=value, day=day,
                        target=facts.kpi.target)  # fmt: skip
    return b.Rendered(text, [b.section(text)])


def value_missing(kpi: Kpi, period: date, t: Language) -> b.Rendered:
    """To the data owner, once a period."""
    name = t.name(kpi.name, kpi.name_zh)
    text = t.markup("The value of {kpi} for the period up to {day} has not come yet.", kpi=bold(name),
                    day=t.day(period))  # fmt: skip
    why = t.markup("You are asked because you are its data owner. Once a period, no more.")
    button = b.button(t("Enter the value"), "kpi.enter", f"{kpi.id}:{period.isoformat()}", style="primary",
                      label=t("Enter the value of {kpi}", kpi=name))  # fmt: skip
    return b.Rendered(text, [b.section(text, button), b.context(why)])


def with_unit(value: Decimal, kpi: Kpi, t: Language) -> str:
    """The value in the unit of the target, with a space before a word."""
    unit = target(kpi.target).unit
    return f"{t.format(value)} {unit}".strip() if unit and unit.isascii() else f"{t.format(value)}{unit}"


def spark(values: Sequence[Decimal]) -> str:
    """A line of eight heights; the newest value last."""
    if not values:
        return "–"
    low, high = min(values), max(values)
    if low == high:
        return SPARKS[3] * len(values)
    return "".join(SPARKS[int((value - low) / (high - low) * (len(SPARKS) - 1))] for value in values)


def _sentence(facts: AlertFacts, t: Language, *, closed: bool) -> str:
    name = t.name(facts.kpi.name, facts.kpi.name_zh)
    value = with_unit(facts.latest.value, facts.kpi, t)
    if closed:
        return t("{kpi} is back on target with {value} ({target}).", kpi=name, value=value, target=facts.kpi.target)
    return t("{kpi} is {value}, beyond its target of {target}. You are told once, and again when it is back.",
             kpi=name, value=value, target=facts.kpi.target)  # fmt: skip


def _span(facts: AlertFacts, reading: KpiReading, t: Language) -> Mrkdwn:
    days = (reading.period - facts.opened_by.period) // timedelta(days=1)
    return said(t.plural("{count} day", "{count} days", days))
