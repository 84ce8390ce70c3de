"""What is typed to define a KPI, and to give it a value."""

import re
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, field_validator

from domain.core import FormErrors, UserError, Words, words
from domain.forms.asked import Asked, Menu
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
WORKED_OUT = words("Gemba works out the values itself, for the process or departments below, or for all.")
HOW_TARGETS_ARE_WRITTEN = words("With its direction and unit: ≤3 days, at least 95 %, between 10 and 12 hours.")
WARNS_BEFORE = words("Warns before the target is missed: on its good side, in the same unit.")
HOW_MANY_VALUES = words(
    "Recommended: two for daily and weekly values, because a single one is often chance; the first for monthly "
    "and quarterly ones."
)
HOW_FAR = words(
    "Recommended: 5 % of the target for daily and weekly values. So an alert does not close and open again all the "
    "time."
)
ACTS = words("Acts on alerts, and is the first to be reminded of them.")
BRINGS = words("Brings the values, and is asked for missing ones.")
ONE_A_LINE = words("One a line, such as East and West: each has values and alerts of its own.")
SINCE_WHEN = words("Older values keep the target of their time. Before any is judged anew you see what that changes.")
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

    name: Annotated[
        Text,
        Field(min_length=1, max_length=80),
        Asked(words("Name"), placeholder=words("Order fulfilment cycle")),
    ]
    name_zh: Annotated[
        Text, Field(max_length=80), Asked(words("Name in Chinese"), placeholder=Words("订单履约周期", {}))
    ] = ""
    formula: Annotated[
        Text,
        Field(max_length=500),
        Asked(words("How is it worked out?"), placeholder=words("Mean time from receipt to confirmation")),
    ] = ""
    source: Annotated[Text, Field(max_length=300), Asked(words("Data source"), placeholder=words("ERP order log"))] = ""
    derived: Annotated[
        Derived | None,
        BeforeValidator(or_nothing),
        Asked(words("From Gemba's own records?"), hint=WORKED_OUT, menu=Menu.SELECT),
    ] = None
    frequency: Annotated[Frequency, Asked(words("How often is there a value?"), menu=Menu.SELECT)] = Frequency.WEEKLY
    target: Annotated[
        Text,
        Field(min_length=1, max_length=60),
        Asked(words("Target"), hint=HOW_TARGETS_ARE_WRITTEN, placeholder=words("≤3 days")),
    ]
    warning: Annotated[
        Text,
        Field(max_length=60),
        Asked(words("Warning line"), hint=WARNS_BEFORE, placeholder=words("≤2.5 days")),
    ] = ""
    periods: Annotated[
        int,
        Field(ge=RECOMMENDED, le=3),
        Asked(words("When is the channel told?"), hint=HOW_MANY_VALUES, menu=Menu.SELECT),
    ] = RECOMMENDED
    good_periods: Annotated[int, Field(ge=RECOMMENDED, le=3), Asked(words("When is it over?"), menu=Menu.SELECT)] = (
        RECOMMENDED
    )
    band: Annotated[
        Decimal,
        Field(ge=RECOMMENDED, le=50),
        Asked(words("How far on target must they be?"), hint=HOW_FAR, menu=Menu.SELECT),
    ] = Decimal(RECOMMENDED)
    process: Annotated[int | None, Asked(words("Process"))] = None
    departments: Annotated[tuple[int, ...], Asked(words("Responsible departments"), menu=Menu.SEVERAL)] = ()
    owner: Annotated[OneOf, Asked(words("Owner"), hint=ACTS, menu=Menu.ONE_PERSON)] = ""
    data_owner: Annotated[OneOf, Asked(words("Data owner"), hint=BRINGS, menu=Menu.ONE_PERSON)] = ""
    channel: Annotated[
        OneOf,
        Asked(
            words("Where are alerts posted?"),
            hint=words("If you leave it empty: in the process's channel."),
            menu=Menu.ONE_CHANNEL,
        ),
    ] = ""
    segments: Annotated[
        tuple[Annotated[str, Field(max_length=40)], ...],
        BeforeValidator(_segments),
        Asked(words("Segments"), hint=ONE_A_LINE, lines=True, longest=1_000),
    ] = ()
    signals: Annotated[Signals, Asked(words("Tell when values change beyond chance?"), menu=Menu.SELECT)] = (
        Signals.DEFAULT
    )

    @field_validator("target")
    @classmethod
    def _readable(cls, value: str) -> str:
        target(value)
        return value

    @field_validator("segments")
    @classmethod
    def _not_too_many(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if len(value) > MOST_SEGMENTS:
            raise UserError("At most {limit} segments, please.", limit=MOST_SEGMENTS)
        return value

    def checked(self) -> Self:
        """Raises FormErrors beside what does not fit the target, or a figure from our own records."""
        if self.derived and self.segments:
            raise FormErrors({"segments": words("A figure from Gemba's own records has no segments.")})
        unit = UNITS[self.derived] if self.derived else ""
        if unit and not same_unit(target(self.target).unit, unit):
            raise FormErrors({"target": words("This figure is in {unit}: write its target in {unit}.", unit=unit)})
        if self.warning:
            try:
                warning_line(self.warning, target(self.target))
            except UserError as problem:
                raise FormErrors({"warning": problem.words}) from None
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

    holds: Annotated[Holds, Asked(words("If the target or its rules change: from when?"), hint=SINCE_WHEN)] = Holds.NEXT
    since: Annotated[date | None, Asked(words("From which day?"), hint=words("Only for “From a day on”."))] = None
    reason: Annotated[Text, Field(max_length=300), Asked(words("Why does it change?"))] = ""


class KpiEntry(Form):
    """A value, as typed, and a day of the period that it is for."""

    segment: Annotated[str, Asked(words("Segment"), menu=Menu.SELECT, optional=False)] = ""
    value: Annotated[Text, Field(min_length=1, max_length=60), Asked(words("Value"), hint=words("Such as {example}."))]
    day: Annotated[date, Asked(words("Day"))]

    def in_unit(self, unit: str) -> Decimal:
        """The value in the unit of the target. Raises FormErrors beside the field."""
        try:
            return figure(self.value, unit)
        except UserError as problem:
            raise FormErrors({"value": problem.words}) from None


def figure(text: str, unit: str) -> Decimal:
    """Read a KPI's value. Raises UserError for another unit, or a number that nothing measures."""
    return measurable(value_in_unit(text, unit))
