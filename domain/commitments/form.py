"""What is typed to move something that somebody has promised."""

from datetime import date
from typing import Annotated

from domain.core import words
from domain.forms.asked import Asked
from domain.forms.base import Form, Short


class NewDate(Form):
    due: Annotated[date, Asked(words("Due date"))]
    reason: Annotated[Short, Asked(words("Why?"))]
