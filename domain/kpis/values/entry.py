"""`NAME VALUE …` as people type it: names have several words, in either language, and may be misspelt."""

import re
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import NamedTuple

from domain.core import UserError
from domain.text.likeness import ALIKE, likeness, nearest_name, tokens
from domain.text.lookup import folded
from domain.text.periods import day_in
from domain.text.typed_days import Split, split_day

OFFERED = 3
_VALUE = re.compile(r"\s*[-+−]?\s*\d")
_FIRST_VALUE = re.compile(r"(?:(?<=\s)|(?<=[^\x00-\x7f]))[-+−]?\d")
_GAP = re.compile(r"(?<=\S)(?:\s+|(?<=\D)(?=\d{4}年))")
_QUOTES = {'"': '"', "“": "”", "「": "」", "《": "》", "'": "'"}


class Named(NamedTuple):
    """`record_id` is that of the record whose name it is, None where no name fits; `rest` is what stands behind."""

    record_id: int | None
    name: str
    rest: str


def split_name(text: str, names: Mapping[str, int]) -> Named:
    """Take a known name off the front, the longest that fits; else all before the first number."""
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    closing = _QUOTES.get(plain[:1], "")
    quoted, _, behind = plain[1:].partition(closing) if closing else ("", "", "")
    if behind or quoted:
        return Named(known_by(quoted, names), quoted.strip(), behind.strip())
    for name in sorted(names, key=len, reverse=True):
        rest = plain[len(name) :]
        if folded(plain[: len(name)]) == folded(name) and (not rest or _VALUE.match(rest)):
            return Named(names[name], name, rest.strip())
    value = _FIRST_VALUE.search(plain)
    at = value.start() if value else len(plain)
    return Named(None, plain[:at].strip(), plain[at:].strip())


def split_value(text: str, today: date) -> Split:
    """Take the day or period off the end of `VALUE [PERIOD]`: `20.11.`, `yesterday`, and as files have it (`2026-10`).

    Raises UserError for a day that does not exist.
    """
    typed = split_day(text, today)
    if typed.days:
        return typed
    for gap in _GAP.finditer(text):
        with suppress(UserError):
            return Split(text[: gap.start()], (day_in(text[gap.end() :]),), True)
    return typed


def names_like(text: str, names: Mapping[str, int]) -> list[str]:
    """Up to three names that may be meant, the likeliest first, each record once."""
    wanted, typed = tokens(text), folded(text)
    by_folded_name = {folded(name): name for name in names}
    near = nearest_name(typed, by_folded_name)
    weighed = {name: likeness(wanted, tokens(name)) for name in names}
    likely = [by_folded_name[near]] if near else []
    likely += [name for called, name in by_folded_name.items() if typed and (typed in called or called in typed)]
    likely += sorted((name for name, weight in weighed.items() if weight >= ALIKE), key=lambda name: -weighed[name])
    first = {names[name]: name for name in reversed(likely)}
    return sorted(first.values(), key=likely.index)[:OFFERED]


def known_by(text: str, names: Mapping[str, int]) -> int | None:
    """The record of exactly this name, however it is cased or spaced."""
    return next((record for name, record in names.items() if folded(name) == folded(text)), None)
