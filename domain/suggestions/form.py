"""What is typed to make a suggestion, and to decline one."""

from typing import Annotated

from pydantic import Field

from domain.forms.base import LONGEST_TEXT, Form, Text
from domain.suggestions.record import SuggestionMode


class SuggestionForm(Form):
    text: Annotated[Text, Field(min_length=1, max_length=LONGEST_TEXT)]
    mode: SuggestionMode


class Origin(Form):
    """Where a suggestion is made: the channel for the private answer, and the box that was used."""

    channel: str = ""
    box: int | None = None


class Refusal(Form):
    reason: Annotated[Text, Field(min_length=1, max_length=500)]
