"""What is typed to start a pilot; its metrics come as lines."""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from domain.core.errors import Problem
from domain.core.wording import words
from domain.forms.base import LONGEST_TEXT, LONGEST_TITLE, Form, Text, cleaned
from domain.measures.scales import fits
from domain.measures.targets import target, value_in_unit

MOST_METRICS, MOST_PEOPLE = 4, 200
NONE = ("", "-", "–", "—", "－", "new", "none", "新", "无")


class MetricLine(Form):
    """`name; unit; value before or -; target`."""

    name: str
    unit: str
    baseline: Decimal | None
    target: str


class PilotForm(Form):
    """`group`, `channel`: everybody in them takes part; the pilot's card is posted in the channel."""

    name: Annotated[Text, Field(min_length=1, max_length=LONGEST_TITLE)]
    process: int | None = None
    site: Annotated[Text, Field(max_length=LONGEST_TITLE)] = ""
    starts: date
    ends: date
    owner: str = ""
    people: Annotated[tuple[str, ...], Field(max_length=MOST_PEOPLE)] = ()
    group: str = ""
    channel: str = ""
    metrics: Annotated[Text, Field(min_length=1, max_length=LONGEST_TEXT)]

    @field_validator("ends")
    @classmethod
    def _after_the_start(cls, ends: date, info: ValidationInfo) -> date:
        if "starts" in info.data and ends <= info.data["starts"]:
            raise Problem(words("The end must be after the start."))
        return ends

    @field_validator("metrics")
    @classmethod
    def _readable(cls, text: str) -> str:
        metric_lines(text)
        return text

    @property
    def lines(self) -> tuple[MetricLine, ...]:
        return metric_lines(self.metrics)


def metric_lines(text: str) -> tuple[MetricLine, ...]:
    """Read the metrics, one a line. Raises Problem that names the line and says what to write."""
    rows = [(number, row) for number, row in enumerate(text.splitlines(), 1) if cleaned(row)]
    if len(rows) > MOST_METRICS:
        raise Problem(words("At most {limit} metrics, please: one a line.", limit=MOST_METRICS))
    found = tuple(_line(number, row) for number, row in rows)
    names = [metric.name.casefold() for metric in found]
    for number, name in enumerate(names):
        if name in names[:number]:
            raise _at(rows[number][0], Problem(words("“{name}” is there twice.", name=found[number].name)))
    return found


def _line(number: int, row: str) -> MetricLine:
    parts = [cleaned(part) for part in re.split(r"[;；]", row)]
    if len(parts) != 4 or not parts[0]:
        how = words("write name; unit; value before or -; target, such as: Order cycle; days; 5.0; ≤3.0")
        raise _at(number, Problem(how))
    name, unit, before, goal = parts
    try:
        wanted = target(goal).unit
        unit = unit or wanted
        if wanted and not fits(wanted, unit):
            raise Problem(
                words(
                    "The target is in {written}, the metric in {unit}. Give both in one unit.",
                    written=wanted[:20],
                    unit=unit[:20],
                )
            )
        baseline = None if before.casefold() in NONE else value_in_unit(before, unit)
    except Problem as problem:
        raise _at(number, problem) from None
    return MetricLine(name=name[:LONGEST_TITLE], unit=unit[:30], baseline=baseline, target=goal)


def _at(number: int, problem: Problem) -> Problem:
    return Problem(words("Line {line}: {problem}", line=number, problem=problem.words))
