"""What is typed to add a task, and what people say about their week."""

from datetime import date
from typing import Annotated

from pydantic import Field

from domain.forms.base import LONGEST_TITLE, Form, Text

LONGEST_NOTE = 500
Note = Annotated[Text, Field(max_length=LONGEST_NOTE)]


class TaskForm(Form):
    """`owner` empty: who adds it. `due` empty: in a few working days (`domain.use_cases.tasks`)."""

    title: Annotated[Text, Field(min_length=1, max_length=LONGEST_TITLE)]
    owner: str = ""
    due: date | None = None
    issue: int | None = None


class NoteForm(Form):
    """Done, next, blocked: any of the three will do."""

    done: Note = ""
    next: Note = ""
    blocked: Note = ""
