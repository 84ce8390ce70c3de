"""What a participant says about a pilot's week."""

from typing import Annotated

from pydantic import Field

from domain.core.severity import Severity
from domain.forms.base import LONGEST_TEXT, Form, Text

Longer = Annotated[Text, Field(max_length=LONGEST_TEXT)]


class FeedbackForm(Form):
    """`severity` is how bad it is what gets in the way."""

    pilot: int
    rating: Annotated[int, Field(ge=1, le=5)]
    works: Longer = ""
    hinders: Longer = ""
    severity: Severity | None = None
    wish: Longer = ""
