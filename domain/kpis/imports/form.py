"""What is chosen to import KPI values."""

from datetime import date
from typing import Annotated

from pydantic import Field

from domain.core import words
from domain.forms.asked import Asked
from domain.forms.base import Form
from domain.issues.record import Attachment

WITHOUT_PERIOD = words("Only for a file without a column “Period”: any day of the period that all values are for.")


class ImportForm(Form):
    """`day`: what the values of a file without a column for it are for."""

    file: Annotated[tuple[Attachment, ...], Field(min_length=1), Asked(words("Which file?"))]
    day: Annotated[date | None, Asked(words("Day"), hint=WITHOUT_PERIOD)] = None
