"""What a participant says about a pilot's week."""

from typing import Annotated

from pydantic import Field

from domain.core.severity import Severity
from domain.core.wording import words
from domain.forms.asked import Asked
from domain.forms.base import Form, Longer

COSTS = words("What happens, where, and what it costs you")
NAMELESS = words("The summary shows what you write without your name.")


class FeedbackForm(Form):
    """`severity` is how bad it is what gets in the way."""

    pilot: int
    rating: Annotated[int, Field(ge=1, le=5), Asked(words("How did this week go?"))]
    works: Annotated[Longer, Asked(words("What works?"), lines=True)] = ""
    hinders: Annotated[Longer, Asked(words("What gets in the way?"), placeholder=COSTS, lines=True)] = ""
    severity: Annotated[Severity | None, Asked(words("How bad is that?"))] = None
    wish: Annotated[Longer, Asked(words("A wish"), hint=NAMELESS, lines=True)] = ""
