"""What programs push, and what they are answered: checked, and described in OpenAPI, by the same models."""

import json
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, NamedTuple

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, WithJsonSchema
from pydantic_core import ErrorDetails

from domain.core import UserError
from domain.text.numbers import exact
from domain.text.periods import iso_day
from views.core import language

MOST_READINGS = 10_000
MOST_ERRORS = 100

Period = Annotated[
    date,
    BeforeValidator(lambda value: iso_day(str(value))),
    WithJsonSchema(
        {
            "type": "string",
            "description": "The period that the value is for: any day of it (2026-11-20), or 2026-W47, 2026-11,"
            " 2026-Q4.",
            "examples": ["2026-11-20"],
        }
    ),
]
Value = Annotated[
    Decimal,
    BeforeValidator(exact),
    WithJsonSchema(
        {
            "type": ["string", "number"],
            "description": "A plain decimal number, kept exactly; as a string no program on the way can round it.",
            "examples": ["2.8"],
        }
    ),
]


class PushedReading(BaseModel):
    """One value of a KPI."""

    model_config = ConfigDict(extra="forbid")

    period: Period
    value: Value
    unit: str = Field("", max_length=30, description="If it is given, it must be the KPI's: nothing is converted.")
    segment: str = Field("", max_length=80, description="Of a KPI that has segments: which one.")


class PushedBatch(BaseModel):
    """Up to 10,000 values of a KPI; all of them are kept, or none."""

    model_config = ConfigDict(extra="forbid")

    readings: list[PushedReading] = Field(min_length=1, max_length=MOST_READINGS)


class PushResult(BaseModel):
    """What became of the values. The same request again counts them all as `same`."""

    kpi: str
    new: int
    corrected: int
    same: int


class RowError(BaseModel):
    """What is wrong with one value."""

    pointer: str = Field(description="Where in the request, as a JSON pointer.", examples=["/readings/3/value"])
    detail: str


class ProblemDetails(BaseModel):
    """Why nothing was kept (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[RowError] = []


class Unacceptable(Exception):
    """Values that cannot be taken, each with its reason; `status` as HTTP has it."""

    def __init__(self, detail: str, errors: list[RowError] | None = None, status: int = 422) -> None:
        super().__init__(detail)
        self.detail, self.errors, self.status = detail, errors or [], status


class Pushed(NamedTuple):
    """What was sent: one reading, or a batch."""

    readings: list[PushedReading]
    in_batch: bool

    def pointer(self, at: int, field: str) -> str:
        return f"/readings/{at}/{field}" if self.in_batch else f"/{field}"


def read_push(body: bytes) -> Pushed:
    """Raises Unacceptable for what is no JSON, or not as described."""
    try:
        text = body.decode()
        sent = json.loads(text, parse_float=Decimal, parse_constant=_no_number)
        if "\\ud" in text.lower():  # halves of characters, which nothing can keep
            json.dumps(sent, default=str, ensure_ascii=False).encode()
    except (ValueError, ArithmeticError, RecursionError):
        raise Unacceptable("The body is no JSON.", status=400) from None
    try:
        if isinstance(sent, dict) and "readings" in sent:
            return Pushed(PushedBatch.model_validate(sent).readings, in_batch=True)
        return Pushed([PushedReading.model_validate(sent)], in_batch=False)
    except ValidationError as error:
        errors = [_error(one) for one in error.errors()[:MOST_ERRORS]]
        raise Unacceptable("Nothing was kept: see errors.", errors) from None


def in_english(problem: UserError) -> str:
    return language("en").words(problem.words)


def _no_number(text: str) -> Any:
    raise ValueError(f"{text} is no number")


def _error(detail: ErrorDetails) -> RowError:
    where = "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in detail["loc"])
    problem = detail.get("ctx", {}).get("error")
    return RowError(pointer=where, detail=in_english(problem) if isinstance(problem, UserError) else detail["msg"])
