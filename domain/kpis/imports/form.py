"""What is chosen to import KPI values."""

from datetime import date
from typing import Annotated

from pydantic import Field

from domain.forms.base import Form
from domain.issues.record import Attachment


class ImportForm(Form):
    """`day`: what the values of a file without a column for it are for."""

    file: Annotated[tuple[Attachment, ...], Field(min_length=1)]
    day: date | None = None
