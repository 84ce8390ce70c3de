"""How people are asked about a pilot, the form they fill in, and what they read afterwards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from domain.core import Command, Severity
from domain.pilots.form import FeedbackForm
from domain.pilots.record import Feedback, Pilot
from views.core import Language, Mrkdwn, blocks as b, bold, inputs, said
from views.core.labels import label

RATINGS = {
    1: label("very bad"),
    2: label("bad"),
    3: label("so-so"),
    4: label("good"),
    5: label("very good"),
}
COMMAND = Command("feedback")


@dataclass(frozen=True, slots=True)
class Draft:
    """What the form starts with; `answered` when it is this week's answer, to be changed."""

    rating: int | None = None
    works: str = ""
    hinders: str = ""
    severity: Severity | None = None
    wish: str = ""
    answered: bool = field(default=False, compare=False)

    @classmethod
    def of(cls, answer: Feedback) -> "Draft":
        return cls(answer.rating, answer.works, answer.hinders, answer.severity, answer.wish, answered=True)

    @classmethod
    def typed(cls, values: Mapping[str, Any]) -> "Draft":
        """What stands in an open form."""
        rating, severity = values.get("rating"), values.get("severity")
        works, hinders, wish = (values.get(name) or "" for name in ("works", "hinders", "wish"))
        return cls(int(rating) if rating else None, works, hinders, Severity(severity) if severity else None, wish)


def choice(pilots: Sequence[Pilot], t: Language) -> dict[str, Any]:
    """Which pilot is it about? The form follows when one is chosen."""
    if not pilots:
        none = said(t("No pilot is running this week, so there is nothing to rate."))
        return b.modal(b.READ_ONLY, t("How is the pilot going?"), [b.section(none)], close=t("Close"))
    blocks = [b.section(said(t("Which pilot is it about?"))), b.actions(_pilot_select(pilots, None, t))]
    return b.modal(b.READ_ONLY, t("How is the pilot going?"), blocks, close=t("Cancel"))


def form(pilots: Sequence[Pilot], chosen: Pilot, draft: Draft, week: date, t: Language) -> dict[str, Any]:
    """The form about one pilot. Another one can be chosen in it; that gives the fields new ids, so that Slack fills
    them anew (`works:12`).
    """
    asked = inputs(FeedbackForm, t, draft, choices={"rating": _ratings(t)})
    blocks = [
        *([b.section(said(_change_it(week, t)))] if draft.answered else []),
        b.field_input("pilot", t("Pilot"), _pilot_select(pilots, chosen, t), tell=True),
        *({**field, "block_id": f"{field['block_id']}:{chosen.id}"} for field in asked),
    ]
    return b.modal("feedback.give", t("How is the pilot going?"), blocks, submit=t("Send"), close=t("Cancel"))


def thanks(pilot: Pilot, answer: Feedback, t: Language) -> dict[str, Any]:
    """The private confirmation."""
    day = t.day(_last_day(answer.week))
    until = t.markup("You can change it until {day}: type {command} again.", day=day, command=COMMAND)
    blocks = [b.section(_kept(pilot, answer, t)), b.context(until)]
    return b.modal(b.READ_ONLY, t("Thank you"), blocks, close=t("Done"))


def ask(pilot: Pilot, t: Language, *, nudge: bool) -> b.Rendered:
    """To a participant, once a week; `nudge`: the one reminder."""
    name = bold(t.name(pilot.name))
    text = t.markup("How did this week go in the pilot {pilot}? Half a minute is enough.", pilot=name)
    why = t("You are asked once a week because you take part in it.")
    if nudge:
        text = t.markup(
            "You have not said yet how this week went in the pilot {pilot}. Half a minute is enough.", pilot=name
        )
        why = t("This is the only reminder for this week.")
    label = t("Give feedback on {reference}", reference=pilot.reference)
    button = b.button(t("Give feedback"), "feedback.open", str(pilot.id), style="primary", label=label)
    return b.sentence(text, b.actions(button), b.context(said(why)))


def answered(pilot: Pilot, answer: Feedback, t: Language) -> b.Rendered:
    """What the question becomes when it is answered."""
    text = _kept(pilot, answer, t)
    label = t("Change your feedback on {reference}", reference=pilot.reference)
    return b.Rendered(text, [b.section(text, b.button(t("Change it"), "feedback.open", str(pilot.id), label=label))])


def rating(value: int, t: Language) -> str:
    """`4 of 5, good`."""
    return t("{rating} of 5, {word}", rating=value, word=t(RATINGS[value]))


def _kept(pilot: Pilot, answer: Feedback, t: Language) -> Mrkdwn:
    name, given = bold(t.name(pilot.name)), rating(answer.rating, t)
    return t.markup("Thank you. Your answer about {pilot} is kept: {rating}.", pilot=name, rating=given)


def _change_it(week: date, t: Language) -> str:
    return t(
        "You have answered this week already. Change what you like: you can until {day}.", day=t.day(_last_day(week))
    )


def _pilot_select(pilots: Sequence[Pilot], chosen: Pilot | None, t: Language) -> b.Element:
    offered = [chosen, *pilots] if chosen is not None and chosen not in pilots else pilots
    options = [b.option(f"{pilot.reference} · {t.name(pilot.name)}", str(pilot.id)) for pilot in offered]
    return b.select("feedback.pilot", options, initial=str(chosen.id) if chosen else "", placeholder=t("Pilot"))


def _ratings(t: Language) -> list[dict[str, Any]]:
    return [b.option(f"{value} · {t(word)}", str(value)) for value, word in RATINGS.items()]


def _last_day(week: date) -> date:
    return week + timedelta(days=6)
