"""Numbers as people type them (`3,5`, `1.234,5`, `２`, `3天`, `≤ 2 %`), and as programs do, exactly."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from domain.core import UserError

_PLAIN = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
_NUMBER = re.compile(r"([-+−]?)\s*([.,]?\d+(?:[.,'’\s]\d+)*)\.?\s*(.*)", re.DOTALL)
_GROUPED = re.compile(r"\d{1,3}([., '])(?:\d{2,3}\1)*\d{3}")  # by thousands, or as in India (1,23,456)
_FIGURES_IN_UNIT = re.compile(r"(?:of|per|/|每)\s*\d+\D*|\D*[a-df-wyz][23]\D*", re.IGNORECASE)  # of 5, /100 orders, m2
_EXACT = re.compile(r"[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d{1,3})?", re.ASCII)
_SIGN = re.compile(r"\D")
_DIGIT = re.compile(r"\d")
LARGEST = Decimal(10) ** 12
LONGEST, PLACES = 30, 20  # digits; nothing that a team measures needs more


class Quantity(NamedTuple):
    value: Decimal
    unit: str


def quantity(text: str) -> Quantity:
    """Read a number and the unit behind it (`3天` → 3, `天`). Raises UserError when there is no number in front.

    Where both signs occur, the last one is the decimal sign. A lone comma before exactly three digits groups
    thousands (`1,234`), any other lone comma is a decimal sign (`3,5`); a lone dot is always a decimal sign.
    A second number behind it (`3-4`, `3:30`, `2026-11-23`) is refused, for it would be lost.
    """
    if len(text) <= LONGEST and _PLAIN.fullmatch(text):  # as programs write it; files have many of them
        return Quantity(Decimal(text), "")
    plain = unicodedata.normalize("NFKC", text).strip()
    match = _NUMBER.fullmatch(plain)
    if match is None or len(match[2]) > LONGEST:
        raise _not_a_number(text)
    sign, digits, unit = match[1].replace("−", "-"), re.sub(r"\s", " ", match[2].replace("’", "'")), match[3]
    if _DIGIT.search(unit) and not _FIGURES_IN_UNIT.fullmatch(unit):
        raise _not_a_number(text)
    try:
        return Quantity(Decimal(sign + _with_decimal_point(digits)), unit.strip())
    except InvalidOperation:
        raise _not_a_number(text) from None


def number(text: str) -> Decimal:
    """Read a number, whatever unit stands behind it. Raises UserError when there is none, or another number (`1/2`)."""
    value, unit = quantity(text)
    if _DIGIT.search(unit):
        raise _not_a_number(text)
    return value


def measurable(value: Decimal) -> Decimal:
    """The number itself. Raises UserError for one that is larger than anything a team measures."""
    if abs(value) > LARGEST:
        raise UserError("This must be at most {limit}.", limit=LARGEST)
    return value


def exact(value: object) -> Decimal:
    """A string or number as a Decimal. Raises UserError for what is none, or has more digits than anything measures."""
    if isinstance(value, float):
        value = repr(value)  # the shortest text that reads back as the same number: 0.1, not 0.1000000000000000055
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise _not_exact(value)
    text = str(value).strip()
    if len(text) > 2 * LONGEST or not _EXACT.fullmatch(text):
        raise _not_exact(value)
    amount = Decimal(text)
    _, digits, exponent = amount.as_tuple()
    if len(digits) > LONGEST or not isinstance(exponent, int) or exponent < -PLACES or exponent > LONGEST:
        raise _not_exact(value)
    return measurable(amount)


def _with_decimal_point(digits: str) -> str:
    """The digits as Python writes them. Raises InvalidOperation where signs group nothing (`1,2,3`)."""
    point = _decimal_sign(digits)
    whole, _, fraction = digits.rpartition(point) if point else (digits, "", "")
    if not _GROUPED.fullmatch(whole) and _SIGN.search(whole):
        raise InvalidOperation(digits)
    return f"{_SIGN.sub('', whole)}.{fraction}"


def _decimal_sign(digits: str) -> str:
    signs = _SIGN.findall(digits)
    if not signs or signs[-1] not in ".," or signs.count(signs[-1]) > 1:
        return ""
    grouping = signs == [","] and _GROUPED.fullmatch(digits) and not digits.startswith("0")
    return "" if grouping else str(signs[-1])


def _not_a_number(text: str) -> UserError:
    return UserError("“{text}” is not a number. Write digits, such as 3, 2.5 or 1,200.", text=text[:40])


def _not_exact(value: object) -> UserError:
    return UserError("“{text}” is not a plain decimal number such as 2.8.", text=str(value)[:40])
