"""The forms behind an alert's buttons."""

from typing import Any

from domain.kpis.alerts.facts import AlertFacts
from views.core import blocks as b
from views.core.language import Language
from views.core.markup import said
from views.kpis.alerts import sentence


def acknowledge_form(facts: AlertFacts, t: Language, metadata: str, *, person: str, until: str) -> dict[str, Any]:
    """Who takes it on, with what next step, by when."""
    alert = facts.alert
    return b.modal(
        "kpi.acknowledge",
        t("Acknowledge"),
        [
            b.section(said(sentence(facts, t))),
            b.field_input("owner", t("Who takes it on?"), b.person_select("owner", alert.acknowledged_by or person)),
            b.field_input(
                "next_step",
                t("Next step"),
                b.text_input("next_step", initial=alert.next_step, longest=300, multiline=True, focus=True),
            ),
            b.field_input(
                "until",
                t("By when?"),
                b.date_picker("until", until),
                hint=t(
                    "Nobody is reminded until then. If it is still off target the day after, it counts as "
                    "taken on by nobody."
                ),
            ),
        ],
        submit=t("Take it on"),
        close=t("Cancel"),
        metadata=metadata,
    )


def snooze_form(facts: AlertFacts, t: Language, metadata: str) -> dict[str, Any]:
    """Until the next value, or until a day."""
    kinds = [b.option(t("Until the next value"), "next"), b.option(t("Until a day"), "day")]
    return b.modal(
        "kpi.snooze",
        t("Snooze"),
        [
            b.section(said(sentence(facts, t))),
            b.field_input("kind", t("How long?"), b.radio("kind", kinds, initial="next")),
            b.field_input(
                "until", t("Until which day?"), b.date_picker("until"), optional=True, hint=t("Only for “Until a day”.")
            ),
            b.context(
                t.markup(
                    "The card shows that it is snoozed, and by whom. It is still told when it gets worse or is over."
                )
            ),
        ],
        submit=t("Snooze"),
        close=t("Cancel"),
        metadata=metadata,
    )


def dismiss_form(facts: AlertFacts, t: Language, metadata: str) -> dict[str, Any]:
    """Why it is no problem."""
    reason = b.text_input("reason", longest=500, multiline=True, focus=True)
    return b.modal(
        "kpi.dismiss",
        t("Not a problem"),
        [
            b.section(said(sentence(facts, t))),
            b.field_input(
                "reason",
                t("Why is it no problem?"),
                reason,
                hint=t("Everybody reads it on the card. It also shows how often alerts are right."),
            ),
            b.context(
                t.markup(
                    "This closes the alert for good. The next one comes when the KPI has been on target and "
                    "leaves it again."
                )
            ),
        ],
        submit=t("Close the alert"),
        close=t("Cancel"),
        metadata=metadata,
    )
