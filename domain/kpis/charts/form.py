"""What is typed to have a chart's usual range worked out anew."""

from datetime import date
from typing import Annotated

from domain.core import words
from domain.forms.asked import Asked
from domain.forms.base import Form, Short

MAKES_THE_RANGE = words("The values from this day on make the new range; it speaks after 12 of them.")
SUCH_AS = words("Such as: since October, orders are confirmed by the system.")


class RebaseForm(Form):
    """From when on, and why."""

    since: Annotated[date, Asked(words("From which day on?"), hint=MAKES_THE_RANGE)]
    reason: Annotated[Short, Asked(words("Why?"), hint=SUCH_AS, lines=True)]
