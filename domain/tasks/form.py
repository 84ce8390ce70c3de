"""What is typed to add a task."""

from datetime import date
from typing import Annotated

from pydantic import Field

from domain.forms.base import LONGEST_TITLE, Form, Text


class TaskForm(Form):
    """`owner` empty: who adds it. `due` empty: in a few working days (`domain.tasks.actions`)."""

    title: Annotated[Text, Field(min_length=1, max_length=LONGEST_TITLE)]
    owner: str = ""
    due: date | None = None
    issue: int | None = None
