"""What is typed to define a KPI, and to give it a value."""

import re
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, field_validator

from domain.core.errors import FormProblems, Problem
from domain.core.wording import words
from domain.forms.base import Form, Text, cleaned
from domain.forms.choices import NONE, OneOf, or_nothing
from domain.kpis.record import Derived, Frequency, Signals
from domain.kpis.sources.figures import UNITS
from domain.measures.targets import same_unit, target, value_in_unit, warning_line
from domain.text.numbers import measurable

RECOMMENDED = -1
"""Chosen in the form in place of a number: what suits the frequency."""
NOT_DERIVED = NONE
MOST_SEGMENTS = 40
_BETWEEN_SEGMENTS = re.compile(r"[\n,;，；、]+")


class Holds(StrEnum):
    """From when on a changed target holds."""

    NEXT = "next"
    DAY = "day"
    ALL = "all"


def _segments(typed: object) -> object:
    if not isinstance(typed, str):
        return typed
    names: dict[str, str] = {}
    for name in (" ".join(cleaned(name).split()) for name in _BETWEEN_SEGMENTS.split(typed)):
        names.setdefault(name.casefold(), name)
    return tuple(name for name in names.values() if name)


class KpiForm(Form):
    """A row of T3, but for the actual value, with the rules by which values are judged."""

    name: Annotated[Text, Field(min_length=1, max_length=80)]
    name_zh: Annotated[Text, Field(max_length=80)] = ""
    formula: Annotated[Text, Field(max_length=500)] = ""
    source: Annotated[Text, Field(max_length=300)] = ""
    derived: Annotated[Derived | None, BeforeValidator(or_nothing)] = None
    frequency: Frequency = Frequency.WEEKLY
    target: Annotated[Text, Field(min_length=1, max_length=60)]
    warning: Annotated[Text, Field(max_length=60)] = ""
    periods: Annotated[int, Field(ge=RECOMMENDED, le=3)] = RECOMMENDED
    good_periods: Annotated[int, Field(ge=RECOMMENDED, le=3)] = RECOMMENDED
    band: Annotated[Decimal, Field(ge=RECOMMENDED, le=50)] = Decimal(RECOMMENDED)
    segments: Annotated[tuple[Annotated[str, Field(max_length=40)], ...], BeforeValidator(_segments)] = ()
    process: int | None = None
    departments: tuple[int, ...] = ()
    channel: OneOf = ""
    owner: OneOf = ""
    data_owner: OneOf = ""
    signals: Signals = Signals.DEFAULT

    @field_validator("target")
    @classmethod
    def _readable(cls, value: str) -> str:
        target(value)
        return value

    @field_validator("segments")
    @classmethod
    def _not_too_many(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if len(value) > MOST_SEGMENTS:
            raise Problem(words("At most {limit} segments, please.", limit=MOST_SEGMENTS))
        return value

    def checked(self) -> Self:
        """Raises FormProblems beside what does not fit the target, or a figure from our own records."""
        if self.derived and self.segments:
            raise FormProblems({"segments": words("A figure from Gemba's own records has no segments.")})
        unit = UNITS[self.derived] if self.derived else ""
        if unit and not same_unit(target(self.target).unit, unit):
            raise FormProblems({"target": words("This figure is in {unit}: write its target in {unit}.", unit=unit)})
        if self.warning:
            try:
                warning_line(self.warning, target(self.target))
            except Problem as problem:
                raise FormProblems({"warning": problem.words}) from None
        return self

    def rules(self) -> dict[str, Any]:
        """The fields that values are judged by, with what is recommended for the frequency where nothing was chosen."""
        often = self.frequency in (Frequency.REAL_TIME, Frequency.DAILY, Frequency.WEEKLY)
        periods, good_periods, band = (2, 2, Decimal(5)) if often else (1, 1, Decimal(0))
        return {
            "target": self.target,
            "warning": self.warning,
            "periods": self.periods if self.periods > 0 else periods,
            "good_periods": self.good_periods if self.good_periods > 0 else good_periods,
            "band": self.band if self.band >= 0 else band,
        }


class KpiChange(KpiForm):
    """A definition that is changed, and from when on a new target holds."""

    holds: Holds = Holds.NEXT
    since: date | None = None
    reason: Annotated[Text, Field(max_length=300)] = ""


class KpiEntry(Form):
    """A value, as typed, and a day of the period that it is for."""

    value: Annotated[Text, Field(min_length=1, max_length=60)]
    segment: str = ""
    day: date

    def in_unit(self, unit: str) -> Decimal:
        """The value in the unit of the target. Raises FormProblems beside the field."""
        try:
            return figure(self.value, unit)
        except Problem as problem:
            raise FormProblems({"value": problem.words}) from None


def figure(text: str, unit: str) -> Decimal:
    """Read a KPI's value. Raises Problem for another unit, or a number that nothing measures."""
    return measurable(value_in_unit(text, unit))
