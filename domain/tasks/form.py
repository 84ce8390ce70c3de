"""What is typed to add a task."""

from datetime import date
from typing import Annotated

from domain.core import words
from domain.forms.asked import Asked, Menu
from domain.forms.base import Form, Title
from domain.forms.choices import RecordId

THEY_ARE_TOLD = words("Somebody else gets a message about it.")


class TaskForm(Form):
    """`owner` empty: who adds it. `due` empty: in a few working days (`domain.tasks.actions`)."""

    title: Annotated[Title, Asked(words("What is to be done?"), placeholder=words("Ask three suppliers for a scale"))]
    owner: Annotated[str, Asked(words("Owner"), hint=THEY_ARE_TOLD, menu=Menu.PERSON, optional=False)] = ""
    due: Annotated[date | None, Asked(words("Due date"), hint=words("If you leave it empty: {due}."))] = None
    issue: Annotated[RecordId, Asked(words("For the issue"), menu=Menu.SELECT)] = None
