"""Numbers of records as people type them: `I-12`, `i 12`, `12`. The letter says what kind of record it is."""

import re
from typing import TypeVar

from domain.core import Command, NotFound, NumberedRecord, UnitOfWork

R = TypeVar("R", bound=NumberedRecord)
_NUMBER = re.compile(r"(?:([A-Za-z])\s*-?\s*)?(\d{1,9})")


def by_number(work: UnitOfWork, record: type[R], text: str) -> R:
    """The record of a number. Raises NotFound with what to do next."""
    number, typed, ways = number_of(work, record, text), text.strip(), work.kinds.of(record).numbered
    match = None if number is None else work.of(record).one(number=number)
    if match is not None:
        return match
    assert ways is not None, f"{record.__name__} has no number"
    if not typed:
        example = f"{record.letter}-{ways.example}"
        raise NotFound("Which one? Type its number behind it, such as {example}.", example=example)
    command = Command(ways.listed_by)
    raise NotFound("There is no {typed}. Type {command} to see the numbers.", typed=typed, command=command)


def next_number(work: UnitOfWork, record: type[NumberedRecord]) -> int:
    return work.next_number(record.letter)


def number_in(text: str, record: type[NumberedRecord]) -> int | None:
    """The number of such a record; None where the text is no number, or one of another kind."""
    match = _NUMBER.fullmatch(text.strip())
    return int(match[2]) if match and (match[1] or record.letter).upper() == record.letter else None


def number_of(work: UnitOfWork, record: type[NumberedRecord], text: str) -> int | None:
    """The same. Raises NotFound for the number of another kind, with the command that shows it."""
    match = _NUMBER.fullmatch(text.strip())
    typed = match[1].upper() if match and match[1] else record.letter
    other = work.kinds.numbered(typed)
    if match is None or typed == record.letter or other is None:
        return number_in(text, record)
    reference = f"{typed}-{match[2]}"
    command = Command(f"{other.shown_by} {reference}" if other.shown_by else other.listed_by)
    raise NotFound("{reference} is something else. Look at it with {command}.", reference=reference, command=command)
