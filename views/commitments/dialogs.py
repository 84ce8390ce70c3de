"""What is asked and answered when somebody settles or moves what they have promised."""

from typing import Any

from domain.commitments.form import NewDate
from domain.commitments.queries import Commitment
from views.commitments.lines import short, what
from views.core import Language, blocks as b, bold, inputs


def done(owed: Commitment, t: Language) -> b.Rendered:
    number, title = bold(owed.reference), short(owed.title)
    return b.sentence(t.markup("{number} is done: {title}. Thank you!", number=number, title=title))


def snoozed(owed: Commitment, t: Language) -> b.Rendered:
    number = bold(owed.reference)
    day = t.day(owed.snoozed_until) if owed.snoozed_until else ""
    text = t.markup("You are not reminded of {number} before {day}. Its due date stays.", number=number, day=day)
    return b.sentence(text)


def moved(owed: Commitment, t: Language) -> b.Rendered:
    day = t.day(owed.due) if owed.due else "–"
    return b.sentence(t.markup("{number} is due {day} now.", number=bold(owed.reference), day=day))


def date_form(owed: Commitment, t: Language, metadata: str) -> dict[str, Any]:
    """A new due date with its reason, for issue and task alike."""
    fields = inputs(NewDate, t, {"due": owed.due}, focus="reason")
    blocks = [b.section(what(owed, "")), *fields]
    return b.modal("owed.date", t("New due date"), blocks, submit=t("Save"), close=t("Cancel"), metadata=metadata)
