"""Finding a pilot or one of its metrics by what people call it: number, name in either language, part of it, typo."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Generic, TypeVar

from domain.errors import NotFound
from domain.ports import UnitOfWork
from domain.records.pilots import Metric, Pilot
from domain.use_cases.pilots import running_pilots
from domain.wording import words

T = TypeVar("T", Pilot, Metric)
EXACT, BEGINNING, PART, NEARLY = 1.0, 0.9, 0.8, 0.75
SHORTEST_PART = 2  # characters; one letter is part of every name
ALIKE = 0.72
_NUMBER = re.compile(r"p?-?(\d{1,9})")


class UnknownPilot(NotFound):
    """Nothing is called so; `near` are those that may have been meant, the likeliest first."""

    def __init__(self, text: str, near: Sequence[Pilot]) -> None:
        super().__init__(words("There is no pilot called “{name}”.", name=text[:80]))
        self.text, self.near = text, near


@dataclass(frozen=True, slots=True)
class Match(Generic[T]):
    """A record with how surely it was meant (1: by its number or whole name)."""

    record: T
    weight: float


def pilot_named(work: UnitOfWork, text: str, on: date, among: Sequence[Pilot] | None = None) -> Pilot | None:
    """The pilot that `text` names; without a text the only one that runs on this local date.

    None when that leaves several, or none at all. Raises UnknownPilot for a name that fits none, or several.
    """
    if not text.strip():
        running = running_pilots(work, on) if among is None else among
        return running[0] if len(running) == 1 else None
    known = work.pilots.find(order="-number") if among is None else among
    found = best(text, known)
    if len(found) == 1:
        return found[0].record
    raise UnknownPilot(text.strip(), [match.record for match in found] or list(known))


def best(text: str, known: Iterable[T]) -> list[Match[T]]:
    """Those that fit `text` best; several where it does not tell them apart, none where nothing is like it."""
    weighed = [Match(record, weight(text, record)) for record in known]
    highest = max((match.weight for match in weighed), default=0.0)
    return [match for match in weighed if match.weight == highest] if highest else []


def weight(text: str, record: Pilot | Metric) -> float:
    """How well `text` fits: number or whole name, its beginning, a part of it, nearly it; 0 where it does not."""
    typed = squeezed(text)
    if isinstance(record, Pilot):
        number = _NUMBER.fullmatch(typed)
        if number and int(number[1]) == record.number:
            return EXACT
    return max(_fit(typed, squeezed(name)) for name in (record.name, record.name_zh))


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
