"""What is typed to have a chart's usual range worked out anew."""

from datetime import date
from typing import Annotated

from pydantic import Field

from domain.forms.base import Form, Text


class RebaseForm(Form):
    """From when on, and why."""

    since: date
    reason: Annotated[Text, Field(min_length=1, max_length=500)]
