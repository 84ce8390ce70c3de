"""What a person, or time, did to a KPI alert, told in its thread. What values do stands in `views.kpis.threads`."""

from datetime import date

from domain.core import Activity
from domain.kpis.alerts.facts import AlertFacts
from domain.kpis.record import AlertLevel
from views.core import Language, Mrkdwn, blocks as b, bold, join, person
from views.kpis.alerts import sentence
from views.kpis.values import series_name


def alert_deed(facts: AlertFacts, deed: Activity, t: Language) -> b.Rendered | None:
    """In the thread: what somebody did to it, or what ended by itself."""
    text = _done(facts, deed, t)
    return b.sentence(named(facts, text, t)) if text else None


def escalation(facts: AlertFacts, rung: AlertLevel, who: str, t: Language) -> b.Rendered:
    """In the thread, to one person: nobody has taken it on."""
    text = t.markup(
        "{person} Nobody has taken this on yet: {what} Please press Acknowledge on the alert, or ask somebody to.",
        person=person(who),
        what=sentence(facts, t),
    )
    why = t.markup("You are asked as {role}.", role=rung)
    return b.sentence(text, b.context(why))


def named(facts: AlertFacts, text: Mrkdwn, t: Language) -> Mrkdwn:
    """In the thread of a table it has to be said which KPI is meant."""
    together = facts.alert.card.startswith("kpi-alerts:")
    return join(" ", [bold(series_name(facts.kpi, facts.alert.segment, t)), text]) if together else text


def _done(facts: AlertFacts, deed: Activity, t: Language) -> Mrkdwn | None:
    who, after = person(deed.by), deed.after
    match deed.verb:
        case "acknowledged":
            until = t.day(date.fromisoformat(after["acknowledged_until"]))
            return t.markup(
                "🙋 {person} takes it on until {day}. Next step: {step}",
                person=person(after["acknowledged_by"]),
                day=until,
                step=after["next_step"],
            )
        case "lapsed":
            return t.markup(
                "{person} The day for the next step has come, and it is still off target.",
                person=person(deed.before["acknowledged_by"]),
            )
        case "snoozed" if after.get("snoozed_until"):
            return t.markup(
                "💤 Snoozed by {person} until {day}.", person=who, day=t.day(date.fromisoformat(after["snoozed_until"]))
            )
        case "snoozed":
            return t.markup("💤 Snoozed by {person} until the next value.", person=who)
        case "woken":
            return t.markup("The snooze is over, and it is still off target.")
        case "dismissed":
            return t.markup("☑️ {person}: not a problem. {reason}", person=who, reason=after["reason"])
        case "archived" if facts.kpi.archived_at is None:
            return t.markup("{person} has taken this out of what is watched.", person=who)
        case "archived":
            return t.markup("{person} has archived the KPI.", person=who)
    return None
