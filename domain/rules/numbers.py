"""Numbers as people type them: `3,5`, `1.234,5`, `２`, `3天`, `≤ 2 %`."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from domain.errors import Problem
from domain.wording import words

_NUMBER = re.compile(r"([-+−]?\s*[\d.,'’  \s]*\d)\s*(.*)", re.DOTALL)
_GROUPED = re.compile(r"\d{1,3}(,\d{3})+")
LONGEST = 30  # digits; nothing that a team measures needs more


class Quantity(NamedTuple):
    value: Decimal
    unit: str


def quantity(text: str) -> Quantity:
    """Read a number and the unit behind it (`3天` → 3, `天`). Raises Problem when there is no number in front.

    Where both signs occur, the last one is the decimal sign. A lone comma before exactly three digits groups
    thousands (`1,234`), any other lone comma is a decimal sign (`3,5`); a lone dot is always a decimal sign.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    match = _NUMBER.fullmatch(plain)
    if match is None or len(match[1]) > LONGEST:
        raise _not_a_number(text)
    digits = re.sub(r"[\s'’]", "", match[1].replace("−", "-"))
    try:
        return Quantity(Decimal(_with_decimal_point(digits)), match[2].strip())
    except InvalidOperation:
        raise _not_a_number(text) from None


def number(text: str) -> Decimal:
    """Read a number, whatever unit stands behind it. Raises Problem when there is none."""
    return quantity(text).value


def _with_decimal_point(digits: str) -> str:
    comma, dot = digits.rfind(","), digits.rfind(".")
    if comma >= 0 and dot >= 0:
        grouping, point = (".", ",") if comma > dot else (",", ".")
        return digits.replace(grouping, "").replace(point, ".")
    if digits.count(".") > 1:
        return digits.replace(".", "")
    if _GROUPED.fullmatch(digits.lstrip("+-")) and not digits.lstrip("+-").startswith("0"):
        return digits.replace(",", "")
    return digits.replace(",", ".")


def _not_a_number(text: str) -> Problem:
    return Problem(words("“{text}” is not a number. Write digits, such as 3, 2.5 or 1,200.", text=text[:40]))
