"""Sentences that the domain has to say, as message keys with values; the views put them into a language."""

from dataclasses import dataclass
from typing import Any


class Command(str):
    """What a person types to the bot, without the slash: `gemba task list`. Workspaces may have a prefix for it."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Words:
    """A message of the catalogue, in English with `{named}` places, and what stands in them."""

    message: str
    values: dict[str, Any]


def words(message: str, **values: Any) -> Words:
    """Say `message` later, in the reader's language. The catalogues collect the literal given here."""
    return Words(message, values)
