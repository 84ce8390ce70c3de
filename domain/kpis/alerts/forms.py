"""What is typed about an alert: who takes it on, how long it is silent, why it is no problem."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from domain.core.errors import FormProblems
from domain.core.wording import words
from domain.forms.base import Form, Text
from domain.forms.choices import OneOf


class Acknowledgement(Form):
    """Who takes it on, what is done next, and by which day something will have happened."""

    owner: Annotated[OneOf, Field(min_length=1)]
    next_step: Annotated[Text, Field(min_length=1, max_length=300)]
    until: date


class Snooze(Form):
    """Until the next value, or until a day."""

    kind: Literal["next", "day"] = "next"
    until: date | None = None

    def day(self, today: date) -> date | None:
        """The day on which the alert speaks again; None: with the next value. Raises FormProblems beside the day."""
        if self.kind == "next":
            return None
        if self.until is None or self.until <= today:
            raise FormProblems({"until": words("Please choose a day that is still to come.")})
        return self.until


class Dismissal(Form):
    reason: Annotated[Text, Field(min_length=1, max_length=500)]
