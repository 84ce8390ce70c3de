"""The forms around KPIs, and what is answered when one is typed."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from domain.kpis.alerts.machine import Rules
from domain.kpis.forms import KpiEntry
from domain.kpis.queries import KpiFacts
from domain.kpis.record import Frequency, Kpi, KpiReading, KpiState
from domain.measures.targets import target
from views.core import Language, Mrkdwn, blocks as b, bold, goal, goal_of, inputs, lines
from views.kpis.values import for_period, name_in_files, with_unit


def enter_form(
    facts: KpiFacts, day: date, t: Language, metadata: str, *, segment: str = "", value: str = ""
) -> dict[str, Any]:
    """One value for the period that `day` lies in; of a KPI with segments, for one of them."""
    kpi, latest = facts.kpi, facts.worst.latest
    about = t.markup("{kpi}: target {target}", kpi=bold(t.name(kpi.name)), target=goal(kpi.target, t))
    example = with_unit(latest.value if latest else target(kpi.target).value, kpi, t)
    whole = kpi.frequency in (Frequency.REAL_TIME, Frequency.DAILY)
    fields = inputs(
        KpiEntry,
        t,
        {"segment": segment, "value": value, "day": day},
        choices={"segment": [b.option(segment, segment) for segment in kpi.segments]},
        values={"example": example},
        hints={"day": "" if whole else t("Any day of the period that the value is for.")},
        focus="value",
    )
    blocks = [b.section(lines(about, _last(facts, t))), *fields]
    return b.modal("kpi.enter", t("Enter a value"), blocks, submit=t("Save"), close=t("Cancel"), metadata=metadata)


def recorded(
    kpi: Kpi, reading: KpiReading, rules: Rules, state: KpiState, before: KpiReading | None, t: Language
) -> b.Rendered:
    """How the value was read, and what it means by the rules of its period; `state` is that of its series now."""
    facts = {
        "kpi": bold(name_in_files(kpi, reading.segment, t)),
        "value": with_unit(reading.value, kpi, t),
        "day": for_period(kpi, reading.period, t, seen=reading.recorded_at),
        "target": goal_of(rules.goal, t),
    }
    if rules.goal.reached_by(reading.value):
        said_ = t.markup("✅ {kpi}: {value} for {day}, on target {target}", **facts)
    else:
        said_ = t.markup("🚨 {kpi}: {value} for {day}, off target {target}", **facts)
    was = with_unit(before.value, kpi, t) if before else ""
    corrected = t.markup("Corrected: it was {value} before.", value=was) if was else None
    return b.sentence(lines(said_, corrected, _yet_to_come(rules, state, t)))


def _yet_to_come(rules: Rules, state: KpiState, t: Language) -> Mrkdwn | None:
    """Why the channel hears nothing of this value."""
    if state is not KpiState.PENDING:
        return None
    return t.markup("The channel is told when {count} values in a row are like that.", count=rules.periods)


def which_kpi(typed: str, names: Sequence[str], command: str, rest: str, t: Language) -> b.Rendered:
    """The names that may be meant, each with what was typed behind it."""
    sentence = t.markup("There is no KPI {typed}. Did you mean one of these?", typed=bold(typed))
    buttons = [
        b.button(f"{name} {rest}".strip(), f"command.run:{at}", f"gemba kpi {command} {name} {rest}".strip())
        for at, name in enumerate(names)
    ]
    return b.sentence(sentence, *([b.actions(*buttons)] if buttons else []))


def which_day(kpi: Kpi, value: str, days: Sequence[date], t: Language, segment: str = "") -> b.Rendered:
    """A date that can be read in two ways is asked about."""
    name = name_in_files(kpi, segment, t)
    series = f"{kpi.name}/{segment}" if segment else kpi.name
    sentence = t.markup("Which day do you mean for {kpi}, {value}?", kpi=bold(name), value=value)
    buttons = [
        b.button(
            f"{t.day(day)} ({t.format(day)})",
            f"command.run:{day}",
            f"gemba kpi record {series} {value} {day}",
            label=t("Record it for {day}", day=day),
        )
        for day in days
    ]
    return b.sentence(sentence, b.actions(*buttons))


def _last(facts: KpiFacts, t: Language) -> Mrkdwn | None:
    kpi, latest = facts.kpi, facts.worst.latest
    if latest is None:
        return None
    return t.markup(
        "Last value: {value} for {day}", value=with_unit(latest.value, kpi, t), day=for_period(kpi, latest.period, t)
    )
