"""Forms: what a person typed, checked. A form that does not hold says what to do, field by field."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Annotated, Any, Self
from unicodedata import category

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from domain.core import FormErrors, UserError, Words, words
from domain.text.numbers import number

LONGEST_TEXT = 3_000
LONGEST_TITLE = 150
INVISIBLE = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
"""Unicode's categories of control signs, format signs and spaces."""

_HALVES = re.compile("[\ud800-\udfff]")


class Form(BaseModel):
    """Base of all forms. Field names are the block ids of the modal."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    @classmethod
    def read(cls, values: Mapping[str, Any]) -> Self:
        """Check what was typed; a field left empty takes its default. Raises FormErrors.

        What is wrong with all of it together stands beside the first field.
        """
        given = {name: value for name, value in values.items() if value not in (None, "", [], ())}
        try:
            return cls.model_validate(given)
        except ValidationError as error:
            first = next(iter(cls.model_fields))
            raise FormErrors(
                {str(detail["loc"][0] if detail["loc"] else first): _said(detail) for detail in error.errors()}
            ) from None


def cleaned(text: str) -> str:
    """What a person typed, as it is: only outer white space goes, and what no database stores (NUL, half a surrogate).

    What nobody can see (zero-width signs alone) is nothing.
    """
    kept = _HALVES.sub("\ufffd", text.replace("\x00", "")).strip(" \t\r\n")
    return kept if any(category(sign) not in INVISIBLE for sign in kept) else ""


def typed(read: Callable[[str], object]) -> BeforeValidator:
    """In the annotation of a field: how what a person types is read. `read` raises UserError."""
    return BeforeValidator(lambda value: read(value) if isinstance(value, str) else value)


Text = Annotated[str, typed(cleaned)]
Title = Annotated[Text, Field(min_length=1, max_length=LONGEST_TITLE)]
Short = Annotated[Text, Field(min_length=1, max_length=500)]
"""A sentence or two."""
Longer = Annotated[Text, Field(max_length=LONGEST_TEXT)]
Number = Annotated[Decimal, typed(number)]


def _said(detail: ErrorDetails) -> Words:
    context = detail.get("ctx", {})
    match detail["type"]:
        case "value_error" if isinstance(context.get("error"), UserError):
            problem: UserError = context["error"]
            return problem.words
        case "missing" | "string_too_short" | "too_short":
            return words("Please fill this in.")
        case "string_too_long":
            return words("At most {limit} characters, please.", limit=context["max_length"])
        case "greater_than_equal":
            return words("This must be at least {limit}.", limit=context["ge"])
        case "less_than_equal":
            return words("This must be at most {limit}.", limit=context["le"])
        case "enum" | "literal_error":
            return words("Please choose one of the options.")
    return words("This cannot be used as it is. Please check it.")
