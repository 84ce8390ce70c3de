"""Reading what a person sees: which English sentences of ours are left in it."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from bot.example.loading import RECORDS
from tools.catalogues import collected

SHORTEST = 12
"""Shorter pieces (`File`, `due`) also occur in what people type."""


def english_left(seen: Any) -> list[str]:
    """Pieces of our English messages in a payload that a Chinese reader sees."""
    text = "\n".join(_texts(seen))
    return [piece for piece in _pieces() if piece in text and piece not in _example()]


@cache
def _pieces() -> tuple[str, ...]:
    messages = [message.id for message in collected() if isinstance(message.id, str)]
    pieces = {piece.strip() for message in messages for piece in re.split(r"\{\w*\}|`[^`]*`|\n", message)}
    return tuple(sorted(piece for piece in pieces if len(piece) >= SHORTEST and " " in piece))


@cache
def _example() -> str:
    """The example data is partly English, and some of it stands in our placeholders too."""
    return RECORDS.read_text("utf-8")


def _texts(seen: Any) -> Iterator[str]:
    """What is shown of a payload: the values of its text, not its ids."""
    if isinstance(seen, dict):
        for name, value in seen.items():
            if name in ("text", "alt_text") and isinstance(value, str):
                yield value
            else:
                yield from _texts(value)
    elif isinstance(seen, list):
        for value in seen:
            yield from _texts(value)
