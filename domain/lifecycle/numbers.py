"""Numbers of records as people type them: `I-12`, `i 12`, `12`. The letter says what kind of record it is."""

import re
from typing import Any, TypeVar

from domain.core import Command, NotFound, Numbered, Record, UnitOfWork

R = TypeVar("R", bound=Record)
_NUMBER = re.compile(r"(?:([A-Za-z])\s*-?\s*)?(\d{1,9})")


def by_number(work: UnitOfWork, record: type[R], text: str) -> R:
    """The record of a number. Raises NotFound with what to do next."""
    numbered, number, typed = _numbered(work, record), number_of(work, record, text), text.strip()
    given: dict[str, Any] = {"number": number}
    found = None if number is None else work.of(record).one(**given)
    if found is not None:
        return found
    if not typed:
        raise NotFound("Which one? Type its number behind it, such as {example}.", example=numbered.example)
    command = Command(numbered.listed_by)
    raise NotFound("There is no {typed}. Type {command} to see the numbers.", typed=typed, command=command)


def next_number(work: UnitOfWork, record: type[Record]) -> int:
    return work.next_number(_numbered(work, record).letter)


def number_in(text: str, letter: str) -> int | None:
    """The number of a record whose kind has this letter; None where the text is no number, or of another kind."""
    match = _NUMBER.fullmatch(text.strip())
    return int(match[2]) if match and (match[1] or letter).upper() == letter else None


def number_of(work: UnitOfWork, record: type[Record], text: str) -> int | None:
    """The same. Raises NotFound for the number of another kind, with the command that shows it."""
    letter, match = _numbered(work, record).letter, _NUMBER.fullmatch(text.strip())
    typed = match[1].upper() if match and match[1] else letter
    other = work.kinds.numbered(typed)
    if match is None or typed == letter or other is None:
        return number_in(text, letter)
    reference = f"{typed}-{match[2]}"
    command = Command(f"{other.shown_by} {reference}" if other.shown_by else other.listed_by)
    raise NotFound("{reference} is something else. Look at it with {command}.", reference=reference, command=command)


def _numbered(work: UnitOfWork, record: type[Record]) -> Numbered:
    numbered = work.kinds.of(record).numbered
    assert numbered is not None, f"{record.__name__} has no number"
    return numbered
