"""What is typed to define a KPI, and to give it a value."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field, field_validator

from domain.enumerations import Frequency
from domain.errors import FormProblems, Problem
from domain.forms.base import Form, Text
from domain.rules.targets import target, value_in_unit
from domain.wording import words

LARGEST = Decimal(10) ** 12


class KpiForm(Form):
    """A row of T3, but for the actual value."""

    name: Annotated[Text, Field(min_length=1, max_length=80)]
    name_zh: Annotated[Text, Field(max_length=80)] = ""
    formula: Annotated[Text, Field(max_length=500)] = ""
    source: Annotated[Text, Field(max_length=300)] = ""
    frequency: Frequency = Frequency.WEEKLY
    target: Annotated[Text, Field(min_length=1, max_length=60)]
    process: int | None = None
    departments: tuple[int, ...] = ()
    channel: str = ""
    owner: str = ""

    @field_validator("target")
    @classmethod
    def _readable(cls, value: str) -> str:
        target(value)
        return value


class KpiEntry(Form):
    """A value, as typed, and a day of the period that it is for."""

    value: Annotated[Text, Field(min_length=1, max_length=60)]
    day: date

    def in_unit(self, unit: str) -> Decimal:
        """The value in the unit of the target. Raises FormProblems beside the field."""
        try:
            return figure(self.value, unit)
        except Problem as problem:
            raise FormProblems({"value": problem.words}) from None


def figure(text: str, unit: str) -> Decimal:
    """Read a KPI's value. Raises Problem for another unit, or a number that nothing measures."""
    value = value_in_unit(text, unit)
    if abs(value) > LARGEST:
        raise Problem(words("This must be at most {limit}.", limit=LARGEST))
    return value
