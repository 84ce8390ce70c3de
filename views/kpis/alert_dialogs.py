"""The forms behind an alert's buttons."""

from typing import Any

from domain.kpis.alerts.facts import AlertFacts
from domain.kpis.alerts.forms import Acknowledgement, Dismissal, Snooze
from views.core import Language, blocks as b, inputs, said
from views.kpis.alerts import sentence


def acknowledge_form(facts: AlertFacts, t: Language, metadata: str, *, person: str, until: str) -> dict[str, Any]:
    """Who takes it on, with what next step, by when."""
    alert = facts.alert
    typed = {"owner": alert.acknowledged_by or person, "next_step": alert.next_step, "until": until}
    fields = inputs(Acknowledgement, t, typed, focus="next_step")
    return _dialog("kpi.acknowledge", t("Acknowledge"), facts, t, metadata, fields, submit=t("Take it on"))


def snooze_form(facts: AlertFacts, t: Language, metadata: str) -> dict[str, Any]:
    """Until the next value, or until a day."""
    kinds = [b.option(t("Until the next value"), "next"), b.option(t("Until a day"), "day")]
    then = t("The card shows that it is snoozed, and by whom. It is still told when it gets worse or is over.")
    fields = [*inputs(Snooze, t, choices={"kind": kinds}), b.context(said(then))]
    return _dialog("kpi.snooze", t("Snooze"), facts, t, metadata, fields, submit=t("Snooze"))


def dismiss_form(facts: AlertFacts, t: Language, metadata: str) -> dict[str, Any]:
    """Why it is no problem."""
    then = t("This closes the alert for good. The next one comes when the KPI has been on target and leaves it again.")
    fields = [*inputs(Dismissal, t, focus="reason"), b.context(said(then))]
    return _dialog("kpi.dismiss", t("Not a problem"), facts, t, metadata, fields, submit=t("Close the alert"))


def _dialog(
    callback: str, title: str, facts: AlertFacts, t: Language, metadata: str, fields: list[b.Block], *, submit: str
) -> dict[str, Any]:
    about = b.section(said(sentence(facts, t)))
    return b.modal(callback, title, [about, *fields], submit=submit, close=t("Cancel"), metadata=metadata)
