"""What is typed about an alert: who takes it on, how long it is silent, why it is no problem."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from domain.core import FormErrors, words
from domain.forms.asked import Asked, Menu
from domain.forms.base import Form, Short, Text
from domain.forms.choices import OneOf

NOT_REMINDED = words(
    "Nobody is reminded until then. If it is still off target the day after, it counts as taken on by nobody."
)


class Acknowledgement(Form):
    """Who takes it on, what is done next, and by which day something will have happened."""

    owner: Annotated[OneOf, Field(min_length=1), Asked(words("Who takes it on?"), menu=Menu.PERSON)]
    next_step: Annotated[Text, Field(min_length=1, max_length=300), Asked(words("Next step"), lines=True)]
    until: Annotated[date, Asked(words("By when?"), hint=NOT_REMINDED)]


class Snooze(Form):
    """Until the next value, or until a day."""

    kind: Annotated[Literal["next", "day"], Asked(words("How long?"))] = "next"
    until: Annotated[date | None, Asked(words("Until which day?"), hint=words("Only for “Until a day”."))] = None

    def day(self, today: date) -> date | None:
        """The day on which the alert speaks again; None: with the next value. Raises FormErrors beside the day."""
        if self.kind == "next":
            return None
        if self.until is None or self.until <= today:
            raise FormErrors({"until": words("Please choose a day that is still to come.")})
        return self.until


class Dismissal(Form):
    reason: Annotated[
        Short,
        Asked(
            words("Why is it no problem?"),
            hint=words("Everybody reads it on the card. It also shows how often alerts are right."),
            lines=True,
        ),
    ]
