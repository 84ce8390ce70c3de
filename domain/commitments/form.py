"""What is typed to move something that somebody has promised."""

from datetime import date
from typing import Annotated

from pydantic import Field

from domain.forms.base import Form, Text


class NewDate(Form):
    due: date
    reason: Annotated[Text, Field(min_length=1, max_length=500)]
