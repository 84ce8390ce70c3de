"""What is typed to make a suggestion, and to decline one."""

from typing import Annotated

from pydantic import Field

from domain.core import words
from domain.forms.asked import Asked
from domain.forms.base import Form, Longer, Short
from domain.suggestions.record import SuggestionMode

HELP = words("What gets in the way, and what would help?")


class SuggestionForm(Form):
    text: Annotated[Longer, Field(min_length=1), Asked(words("What could we do better?"), placeholder=HELP, lines=True)]
    mode: Annotated[SuggestionMode, Asked(words("Your name"))]


class Origin(Form):
    """Where a suggestion is made: the channel for the private answer, and the box that was used."""

    channel: str = ""
    box: int | None = None


class Refusal(Form):
    """Read by who made the suggestion, or by who has its code."""

    reason: Annotated[Short, Asked(words("Why?"), lines=True)]
