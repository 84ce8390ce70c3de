"""Numbers as programs write them: a plain decimal, exactly, never through a float."""

import re
from decimal import Decimal

from domain.core.errors import Problem
from domain.core.wording import words
from domain.text.numbers import measurable

DIGITS, PLACES = 30, 20
_PLAIN = re.compile(r"[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d{1,3})?", re.ASCII)


def exact(value: object) -> Decimal:
    """A string or number as a Decimal. Raises Problem for what is none, or has more digits than anything measures."""
    if isinstance(value, float):
        value = repr(value)  # the shortest text that reads back as the same number: 0.1, not 0.1000000000000000055
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise _none(value)
    text = str(value).strip()
    if len(text) > 2 * DIGITS or not _PLAIN.fullmatch(text):
        raise _none(value)
    found = Decimal(text)
    _, digits, exponent = found.as_tuple()
    if len(digits) > DIGITS or not isinstance(exponent, int) or exponent < -PLACES or exponent > DIGITS:
        raise _none(value)
    return measurable(found)


def _none(value: object) -> Problem:
    return Problem(words("“{text}” is not a plain decimal number such as 2.8.", text=str(value)[:40]))
