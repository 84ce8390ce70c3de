"""What people say about their week."""

from typing import Annotated

from pydantic import Field

from domain.forms.base import Form, Text

LONGEST_NOTE = 500


Note = Annotated[Text, Field(max_length=LONGEST_NOTE)]


class NoteForm(Form):
    """Done, next, blocked: any of the three will do."""

    done: Note = ""
    next: Note = ""
    blocked: Note = ""
