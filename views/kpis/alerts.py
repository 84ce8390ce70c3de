"""How a KPI alert looks: the card that is posted once and edited, and the table of many that opened at once."""

from collections.abc import Sequence

from domain.kpis.alerts.facts import AlertFacts
from domain.kpis.alerts.machine import Rules
from domain.kpis.record import AlertClosing, AlertSeverity, Kpi, KpiAlert, KpiReading, KpiState
from views.core import Language, Mrkdwn, blocks as b, goal_of, join, person, said
from views.issues.form import Draft
from views.kpis import pieces
from views.kpis.values import for_period, series_name, spark, with_unit


def alert_card(facts: AlertFacts, t: Language) -> b.Rendered:
    """One alert, whose message says later how it went on and how it ended."""
    state = [b.context(line) for line in _standing(facts, t)]
    blocks = [b.header(f"{_sign(facts)} {_title(facts, t)}"), b.facts(_rows(facts, t)), *state]
    if facts.is_open:
        why = t.markup("This channel is told once, and again when the KPI is back on target.")
        blocks += [alert_buttons(facts, t), b.context(why)]
    elif facts.alert.reason:
        blocks.append(b.quote(facts.alert.reason))
    return b.Rendered(said(sentence(facts, t)), blocks)


def alert_table(alerts: Sequence[AlertFacts], t: Language) -> b.Rendered:
    """Many alerts that opened at once; each leads to its card."""
    still = sum(facts.is_open for facts in alerts)
    title = t.plural("{count} KPI is off target", "{count} KPIs are off target", still)
    why = t.markup("They opened at the same time, so they are told in one message. Their story is in its thread.")
    return pieces.table("🚨" if still else "✅", title, [_table_row(facts, t) for facts in alerts], why, t)


def issue_draft(kpi: Kpi, segment: str, latest: KpiReading, rules: Rules, t: Language) -> Draft:
    """What an issue about a KPI off target starts with."""
    title = t("{kpi} is off target: {value} ({target})", **_figures(kpi, segment, latest, rules, t))
    what = t("For {day}. Data source: {source}.", day=for_period(kpi, latest.period, t), source=kpi.source or "–")
    return Draft(title=title, what=what, process=kpi.process_id)


def _figures(kpi: Kpi, segment: str, latest: KpiReading, rules: Rules, t: Language) -> dict[str, str]:
    name, value = series_name(kpi, segment, t), with_unit(latest.value, kpi, t)
    return {"kpi": name, "value": value, "target": goal_of(rules.goal, t)}


def alert_buttons(facts: AlertFacts, t: Language) -> b.Block:
    kpi, segment, this = facts.kpi, facts.alert.segment, str(facts.alert.id)
    name = series_name(kpi, segment, t)
    return b.actions(
        pieces.acknowledge_button(facts.alert, name, t),
        b.button(t("Snooze"), "kpi.snooze", this, label=t("Snooze the alert of {kpi}", kpi=name)),
        b.button(t("Not a problem"), "kpi.dismiss", this, label=t("{kpi}: not a problem", kpi=name)),
        b.button(t("File an issue"), "kpi.issue", this, label=t("File an issue about {kpi}", kpi=name)),
        pieces.enter_button(kpi, name, t, segment=segment),
        pieces.chart_button(kpi, segment, t),
        block_id=f"kpi_alert:{facts.alert.id}",
    )


def sentence(facts: AlertFacts, t: Language) -> str:
    """The alert in one sentence, for notifications and tables."""
    rules, latest = facts.rules, facts.latest
    given = _figures(facts.kpi, facts.alert.segment, latest, rules, t)
    match facts.alert.closing:
        case AlertClosing.RECOVERED:
            return t("{kpi} is back on target with {value} ({target}).", **given)
        case AlertClosing.CORRECTED if facts.opener_wrong:
            return t("{kpi}: the value that was off target has been corrected.", **given)
        case AlertClosing.CORRECTED:
            return t(
                "{kpi}: no alert after all. A value came late or was corrected, or the target was changed.", **given
            )
        case AlertClosing.DISMISSED:
            return t("{kpi}: {value} is not a problem, says who knows it.", **given)
        case AlertClosing.ARCHIVED:
            return t("{kpi} is watched no more.", **given)
    match rules.beyond(latest.value):
        case AlertSeverity.BREACH:
            return t("{kpi} is {value}, beyond its target of {target}.", **given)
        case AlertSeverity.WARNING if rules.warning:
            return t("{kpi} is {value}, beyond its warning line of {line}.", line=goal_of(rules.warning, t), **given)
    return t("{kpi} is {value}, inside its target of {target} again, but not yet for long or far enough.", **given)


def _title(facts: AlertFacts, t: Language) -> str:
    name = series_name(facts.kpi, facts.alert.segment, t)
    match facts.alert.closing:
        case AlertClosing.RECOVERED:
            return t("Back on target: {kpi}", kpi=name)
        case AlertClosing.CORRECTED:
            return t("Data corrected: {kpi}", kpi=name) if facts.opener_wrong else t("Taken back: {kpi}", kpi=name)
        case AlertClosing.DISMISSED:
            return t("Not a problem: {kpi}", kpi=name)
        case AlertClosing.ARCHIVED:
            return t("Archived: {kpi}", kpi=name)
    if facts.alert.severity is AlertSeverity.WARNING:
        return t("Near its limit: {kpi}", kpi=name)
    return t("Off target: {kpi}", kpi=name)


def _sign(facts: AlertFacts) -> str:
    match facts.alert.closing:
        case AlertClosing.RECOVERED:
            return "✅"
        case None:
            return "🚨" if facts.alert.severity is AlertSeverity.BREACH else "⚠️"
    return "☑️"


def _rows(facts: AlertFacts, t: Language) -> list[tuple[str, object]]:
    kpi, rules, latest = facts.kpi, facts.rules, facts.latest
    return [
        (t("Value"), with_unit(latest.value, kpi, t)),
        (t("Target"), goal_of(rules.goal, t)),
        (t("Warning line"), goal_of(rules.warning, t) if rules.warning else ""),
        (t("Period"), for_period(kpi, latest.period, t)),
        (t("Recent values"), spark([reading.value for reading in facts.recent])),
        (t("Owner"), person(kpi.owner) if kpi.owner else ""),
        (t("Data owner"), person(kpi.data_owner) if kpi.data_owner else ""),
        (t("Data source"), kpi.source),
    ]


def _standing(facts: AlertFacts, t: Language) -> list[Mrkdwn]:
    """Who has it, how long it is silent, what it waits for."""
    alert = facts.alert
    if not facts.is_open:
        return []
    lines = []
    if alert.acknowledged_by and alert.acknowledged_until:
        who, day = person(alert.acknowledged_by), t.day(alert.acknowledged_until)
        lines.append(
            t.markup("🙋 {person} has taken it on until {day}: {step}", person=who, day=day, step=alert.next_step)
        )
    if silence := silent_until(alert, t):
        lines.append(t.markup("💤 {silence}, says {person}", silence=silence, person=person(alert.snoozed_by)))
    if facts.state is KpiState.RECOVERING:
        more = t.plural(
            "It closes after {count} value well inside the target.",
            "It closes after {count} values in a row well inside the target.",
            facts.rules.good_periods,
        )
        lines.append(said(f"🟢 {more}"))
    if facts.late:
        day = for_period(facts.kpi, facts.late, t)
        lines.append(t.markup("⏳ No newer value: that for {day} is late. It closes nothing.", day=day))
    return lines


def silent_until(alert: KpiAlert, t: Language) -> str:
    """How long an alert is snoozed; empty where it is not."""
    if alert.snoozed_next is not None:
        return t("Snoozed until the next value")
    return t("Snoozed until {day}", day=t.day(alert.snoozed_until)) if alert.snoozed_until is not None else ""


def _table_row(facts: AlertFacts, t: Language) -> b.Block:
    name = series_name(facts.kpi, facts.alert.segment, t)
    button = b.button(t("Open"), "kpi.alert", str(facts.alert.id), label=t("Open the alert of {kpi}", kpi=name))
    return b.section(join(" ", [said(_sign(facts)), said(sentence(facts, t))]), button)
