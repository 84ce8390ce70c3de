"""Numbers of records as people type them: `I-12`, `i 12`, `12`. The letter says what kind of record it is."""

import re

from domain.core.errors import NotFound
from domain.core.wording import Command, words

_NUMBER = re.compile(r"(?:([A-Za-z])\s*-?\s*)?(\d{1,9})")
_SHOWN_BY = {"I": "issue show", "O": "optimize show", "P": "gemba pilot show", "S": "suggest status"}
_LISTED_BY = {"T": "gemba task list"}


def number_in(text: str, letter: str) -> int | None:
    """The number of a record whose kind has this letter; None where the text is no number, or of another kind."""
    match = _NUMBER.fullmatch(text.strip())
    return int(match[2]) if match and (match[1] or letter).upper() == letter else None


def number_of(text: str, letter: str) -> int | None:
    """The same. Raises NotFound for the number of another kind, with the command that shows it."""
    match = _NUMBER.fullmatch(text.strip())
    kind = match[1].upper() if match and match[1] else letter
    if match is None or kind == letter or kind not in (*_SHOWN_BY, *_LISTED_BY):
        return number_in(text, letter)
    reference = f"{kind}-{match[2]}"
    command = f"{_SHOWN_BY[kind]} {reference}" if kind in _SHOWN_BY else _LISTED_BY[kind]
    raise NotFound(
        words(
            "{reference} is something else. Look at it with {command}.", reference=reference, command=Command(command)
        )
    )
