"""What is typed to start a pilot, whose metrics come as lines, and what who takes part says about its week."""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from domain.core import Severity, UserError, words
from domain.forms.asked import Asked, Menu
from domain.forms.base import LONGEST_TITLE, Form, Longer, Text, Title, cleaned
from domain.measures.scales import fits
from domain.measures.targets import target, value_in_unit

MOST_METRICS, MOST_PEOPLE = 4, 200
ENTERS_VALUES = words("Enters the values, with triagers and leads.")
ARE_ASKED = words("They are asked once a week how it is going.")
ALL_OF_THEM = words("Everybody in it takes part too, whoever that is by then.")
ALL_IN_IT = words("Everybody in it takes part too, and the pilot's card is posted there.")
ONE_A_LINE = words("One a line, at most {most}: name; unit; value before, or - for none; target", most=MOST_METRICS)
COSTS = words("What happens, where, and what it costs you")
NAMELESS = words("The summary shows what you write without your name.")
NONE = ("", "-", "–", "—", "－", "new", "none", "新", "无")


class MetricLine(Form):
    """`name; unit; value before or -; target`."""

    name: str
    unit: str
    baseline: Decimal | None
    target: str


class PilotForm(Form):
    """`group`, `channel`: everybody in them takes part; the pilot's card is posted in the channel."""

    name: Annotated[Title, Asked(words("Name"))]
    process: Annotated[int | None, Asked(words("Process"))] = None
    site: Annotated[
        Text, Field(max_length=LONGEST_TITLE), Asked(words("Site"), placeholder=words("Where it is tried"))
    ] = ""
    starts: Annotated[date, Asked(words("First day"))]
    ends: Annotated[date, Asked(words("Last day"))]
    owner: Annotated[str, Asked(words("Owner"), hint=ENTERS_VALUES, menu=Menu.PERSON)] = ""
    people: Annotated[
        tuple[str, ...],
        Field(max_length=MOST_PEOPLE),
        Asked(words("People who take part"), hint=ARE_ASKED, menu=Menu.PEOPLE),
    ] = ()
    group: Annotated[str, Asked(words("User group"), hint=ALL_OF_THEM)] = ""
    channel: Annotated[str, Asked(words("Channel"), hint=ALL_IN_IT, menu=Menu.CHANNEL)] = ""
    metrics: Annotated[
        Longer,
        Field(min_length=1),
        Asked(words("Metrics"), hint=ONE_A_LINE, placeholder=words("Order cycle; days; 5.0; ≤3.0"), lines=True),
    ]

    @field_validator("ends")
    @classmethod
    def _after_the_start(cls, ends: date, info: ValidationInfo) -> date:
        if "starts" in info.data and ends <= info.data["starts"]:
            raise UserError("The end must be after the start.")
        return ends

    @field_validator("metrics")
    @classmethod
    def _readable(cls, text: str) -> str:
        metric_lines(text)
        return text

    @property
    def lines(self) -> tuple[MetricLine, ...]:
        return metric_lines(self.metrics)


class FeedbackForm(Form):
    """`severity` is how bad it is what gets in the way."""

    pilot: int
    rating: Annotated[int, Field(ge=1, le=5), Asked(words("How did this week go?"))]
    works: Annotated[Longer, Asked(words("What works?"), lines=True)] = ""
    hinders: Annotated[Longer, Asked(words("What gets in the way?"), placeholder=COSTS, lines=True)] = ""
    severity: Annotated[Severity | None, Asked(words("How bad is that?"))] = None
    wish: Annotated[Longer, Asked(words("A wish"), hint=NAMELESS, lines=True)] = ""


def metric_lines(text: str) -> tuple[MetricLine, ...]:
    """Read the metrics, one a line. Raises UserError that names the line and says what to write."""
    rows = [(number, row) for number, row in enumerate(text.splitlines(), 1) if cleaned(row)]
    if len(rows) > MOST_METRICS:
        raise UserError("At most {limit} metrics, please: one a line.", limit=MOST_METRICS)
    metrics = tuple(_line(number, row) for number, row in rows)
    names = [metric.name.casefold() for metric in metrics]
    for number, name in enumerate(names):
        if name in names[:number]:
            raise _at(rows[number][0], UserError("“{name}” is there twice.", name=metrics[number].name))
    return metrics


def _line(number: int, row: str) -> MetricLine:
    parts = [cleaned(part) for part in re.split(r"[;；]", row)]
    if len(parts) != 4 or not parts[0]:
        how = words("write name; unit; value before or -; target, such as: Order cycle; days; 5.0; ≤3.0")
        raise _at(number, UserError(how))
    name, unit, before, goal = parts
    try:
        wanted = target(goal).unit
        unit = unit or wanted
        if wanted and not fits(wanted, unit):
            raise UserError(
                "The target is in {written}, the metric in {unit}. Give both in one unit.",
                written=wanted[:20],
                unit=unit[:20],
            )
        baseline = None if before.casefold() in NONE else value_in_unit(before, unit)
    except UserError as problem:
        raise _at(number, problem) from None
    return MetricLine(name=name[:LONGEST_TITLE], unit=unit[:30], baseline=baseline, target=goal)


def _at(number: int, problem: UserError) -> UserError:
    return UserError("Line {line}: {problem}", line=number, problem=problem.words)
