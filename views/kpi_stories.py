"""What is told in the thread of a KPI alert: what a value, a person, or time did to it."""

from datetime import date, timedelta

from domain.enumerations import AlertRung, AlertSeverity, AlertStory
from domain.records.kpis import KpiReading
from domain.records.ledger import Activity
from domain.use_cases.kpi_alert_facts import AlertFacts
from views import blocks as b
from views.kpi_alerts import sentence
from views.kpis import for_period, series_name, with_unit
from views.language import Language
from views.markup import Mrkdwn, bold, join, person, said
from views.measures import goal_of


def alert_note(facts: AlertFacts, reading: KpiReading, story: AlertStory, t: Language) -> b.Rendered:
    """In the thread: what a further value did."""
    given = {
        "value": with_unit(reading.value, facts.kpi, t),
        "day": for_period(facts.kpi, reading.period, t),
        "target": goal_of(facts.rules.goal, t),
    }
    return _line(_named(facts, _told(facts, reading, story, given, t), t))


def alert_deed(facts: AlertFacts, deed: Activity, t: Language) -> b.Rendered | None:
    """In the thread: what somebody did to it, or what ended by itself."""
    text = _done(deed, t)
    return _line(_named(facts, text, t)) if text else None


def escalation(facts: AlertFacts, rung: AlertRung, who: str, t: Language) -> b.Rendered:
    """In the thread, to one person: nobody has taken it on."""
    text = t.markup(
        "{person} Nobody has taken this on yet: {what} Please press Acknowledge on the alert, or ask somebody to.",
        person=person(who), what=sentence(facts, t),
    )  # fmt: skip
    why = t.markup("You are asked as {role}.", role=rung)
    return b.Rendered(text, [b.section(text), b.context(why)])


def _told(facts: AlertFacts, reading: KpiReading, story: AlertStory, given: dict[str, str], t: Language) -> Mrkdwn:
    who = person(facts.alert.acknowledged_by or facts.kpi.owner) if facts.kpi.owner else Mrkdwn("")
    match story:
        case AlertStory.STILL if facts.rules.beyond(reading.value) is AlertSeverity.WARNING and facts.rules.warning:
            line = goal_of(facts.rules.warning, t)
            return t.markup("{value} for {day}: still beyond the warning line ({line}).", line=line, **given)
        case AlertStory.STILL:
            return t.markup("{value} for {day}: still off target ({target}).", **given)
        case AlertStory.BETTER:
            return t.markup("{value} for {day}: on target ({target}). The alert closes when it stays there.", **given)
        case AlertStory.WORSE:
            worse = t.markup("🚨 {value} for {day}: now beyond the target ({target}), no warning any more.", **given)
            return join(" ", [worse, who] if who else [worse])
        case AlertStory.CORRECTED:
            return t.markup("✅ Corrected to {value} for {day}: on target ({target}).", **given)
        case AlertStory.AGAIN:
            again = t.markup("🚨 A value was corrected, so it is not over: {value} for {day} ({target}).", **given)
            return join(" ", [again, who] if who else [again])
        case AlertStory.RECOVERED:
            return t.markup("✅ {value} for {day}: back on target ({target}) after {span}.",
                            span=_span(facts, reading, t), **given)  # fmt: skip


def _done(deed: Activity, t: Language) -> Mrkdwn | None:
    who, after = person(deed.by), deed.after
    match deed.verb:
        case "acknowledged":
            until = t.day(date.fromisoformat(after["acknowledged_until"]))
            return t.markup("🙋 {person} takes it on until {day}. Next step: {step}",
                            person=person(after["acknowledged_by"]), day=until, step=after["next_step"])  # fmt: skip
        case "lapsed":
            return t.markup("{person} The day for the next step has come, and it is still off target.",
                            person=person(deed.before["acknowledged_by"]))  # fmt: skip
        case "snoozed" if after.get("snoozed_until"):
            return t.markup("💤 Snoozed by {person} until {day}.", person=who,
                            day=t.day(date.fromisoformat(after["snoozed_until"])))  # fmt: skip
        case "snoozed":
            return t.markup("💤 Snoozed by {person} until the next value.", person=who)
        case "woken":
            return t.markup("The snooze is over, and it is still off target.")
        case "dismissed":
            return t.markup("☑️ {person}: not a problem. {reason}", person=who, reason=after["reason"])
        case "archived":
            return t.markup("{person} has archived the KPI.", person=who)
    return None


def _named(facts: AlertFacts, text: Mrkdwn, t: Language) -> Mrkdwn:
    """In the thread of a table it has to be said which KPI is meant."""
    together = facts.alert.card.startswith("kpi-alerts:")
    return join(" ", [bold(series_name(facts.kpi, facts.alert.segment, t)), text]) if together else text


def _line(text: Mrkdwn) -> b.Rendered:
    return b.Rendered(text, [b.section(text)])


def _span(facts: AlertFacts, reading: KpiReading, t: Language) -> Mrkdwn:
    days = (reading.period - facts.opened_by.period) // timedelta(days=1)
    return said(t.plural("{count} day", "{count} days", days))
