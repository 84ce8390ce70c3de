"""What people say about their week."""

from typing import Annotated

from pydantic import Field

from domain.core import words
from domain.forms.asked import Asked
from domain.forms.base import Form, Text

LONGEST_NOTE = 500
Note = Annotated[Text, Field(max_length=LONGEST_NOTE)]
WAITS = words("What you wait for, and from whom")


class NoteForm(Form):
    """Done, next, blocked: any of the three will do."""

    done: Annotated[Note, Asked(words("Done"), placeholder=words("What you finished"), lines=True)] = ""
    next: Annotated[Note, Asked(words("Next"), placeholder=words("What you will do next"), lines=True)] = ""
    blocked: Annotated[Note, Asked(words("Blocked"), placeholder=WAITS, lines=True)] = ""
