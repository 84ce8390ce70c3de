"""How well a text fits what something is called: whole name, its beginning, a part, a typo; in either language."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Generic, Protocol, TypeVar

T = TypeVar("T")
EXACT, BEGINNING, PART, NEARLY = 1.0, 0.9, 0.8, 0.75
SHORTEST_PART = 2  # characters; one letter is part of every name
ALIKE = 0.72


class Named(Protocol):
    """A record that has a name in one language or in both."""

    @property
    def name(self) -> str: ...

    @property
    def name_zh(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Match(Generic[T]):
    """A record with how surely it was meant (1: by its number or whole name)."""

    record: T
    weight: float


def fit(text: str, record: Named) -> float:
    """From 1 (its whole name) down to 0 (nothing like it)."""
    typed = squeezed(text)
    return max(_fit(typed, squeezed(name)) for name in (record.name, record.name_zh))


def likeliest(weighed: Iterable[Match[T]]) -> list[Match[T]]:
    """Those of the highest weight; several where it does not tell them apart, none where nothing is like it."""
    found = list(weighed)
    highest = max((match.weight for match in found), default=0.0)
    return [match for match in found if match.weight == highest] if highest else []


def folded(text: str) -> str:
    """As it is compared word by word: no case, one space between words, one width."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def squeezed(text: str) -> str:
    """As it is compared: no case, no spaces, no quotes, one width."""
    return re.sub(r"[\s\"'“”‘’「」《》]+", "", unicodedata.normalize("NFKC", text).casefold())


def _fit(typed: str, name: str) -> float:
    if not typed or not name:
        return 0.0
    if typed == name:
        return EXACT
    if len(typed) >= SHORTEST_PART and typed in name:
        return BEGINNING if name.startswith(typed) else PART
    ratio = SequenceMatcher(None, typed, name).ratio()
    return ratio * NEARLY if ratio >= ALIKE else 0.0
