"""Finding a record by what people call it: whole name, its beginning, a part, a typo; in either language."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher
from typing import Any, Protocol, TypeVar

from domain.core import Bilingual, NotFound, words

EXACT, BEGINNING, PART, NEARLY = 1.0, 0.9, 0.8, 0.75
SHORTEST_PART = 2  # characters; one letter is part of every name
ALIKE = 0.72


class Named(Protocol):
    """A record that has a name in one language or in both."""

    @property
    def name(self) -> Bilingual: ...


N = TypeVar("N", bound=Named)


class UnknownName(NotFound):
    """Nothing is called so, or several are; `near` are those that may have been meant, the likeliest first."""

    def __init__(self, text: str, near: Sequence[Any]) -> None:
        super().__init__(words("Nothing here is called “{name}”.", name=text[:80]))
        self.text, self.near = text, near


def called(text: str, records: Sequence[N]) -> N:
    """The one that `text` names, wholly or in part. Raises UnknownName for a name that fits none, or several."""
    near = likeliest(text, records)
    if len(near) == 1 and near[0][1] >= PART:
        return near[0][0]
    raise UnknownName(text.strip(), [record for record, _ in near])


def like(text: str, records: Sequence[N]) -> list[N]:
    """Those that a menu offers while one types: all, those whose name has it, else those whose name is like it."""
    if not text.strip():
        return list(records)
    near = [(record, weight) for record in records if (weight := fit(text, record))]
    having = [record for record, weight in near if weight >= PART]
    return having or [record for record, _ in near]


def folded(text: str) -> str:
    """As it is compared word by word: no case, one space between words, one width."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def fit(text: str, record: Named) -> float:
    """From 1 (its whole name) down to 0 (nothing like it)."""
    typed = squeezed(text)
    return max((_fit(typed, squeezed(name)) for name in record.name.texts), default=0.0)


def likeliest(text: str, records: Iterable[N], weigh: Callable[[str, N], float] = fit) -> list[tuple[N, float]]:
    """Those that fit `text` best, with how well; several where it tells no difference, none where none is like it."""
    weighed = [(record, weigh(text, record)) for record in records]
    highest = max((weight for _, weight in weighed), default=0.0)
    return [(record, weight) for record, weight in weighed if weight == highest > 0]


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
