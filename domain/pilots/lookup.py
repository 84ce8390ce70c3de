"""Finding a pilot or one of its metrics by what people call it: number, name in either language, part of it, typo."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar

from domain.core.errors import NotFound
from domain.core.ports import UnitOfWork
from domain.core.wording import words
from domain.pilots.queries import running_pilots
from domain.pilots.record import Metric, Pilot
from domain.text.names import EXACT, Match, fit, likeliest, squeezed

T = TypeVar("T", Pilot, Metric)
_NUMBER = re.compile(r"p?-?(\d{1,9})")


class UnknownPilot(NotFound):
    """Nothing is called so; `near` are those that may have been meant, the likeliest first."""

    def __init__(self, text: str, near: Sequence[Pilot]) -> None:
        super().__init__(words("There is no pilot called “{name}”.", name=text[:80]))
        self.text, self.near = text, near


def pilot_named(work: UnitOfWork, text: str, on: date, among: Sequence[Pilot] | None = None) -> Pilot | None:
    """The pilot that `text` names; without a text the only one that runs on this local date.

    None when that leaves several, or none at all. Raises UnknownPilot for a name that fits none, or several.
    """
    if not text.strip():
        running = running_pilots(work, on) if among is None else among
        return running[0] if len(running) == 1 else None
    known = work.of(Pilot).find(order="-number") if among is None else among
    found = best(text, known)
    if len(found) == 1:
        return found[0].record
    raise UnknownPilot(text.strip(), [match.record for match in found] or list(known))


def best(text: str, known: Iterable[T]) -> list[Match[T]]:
    """Those that fit `text` best; several where it does not tell them apart, none where nothing is like it."""
    return likeliest(Match(record, weight(text, record)) for record in known)


def weight(text: str, record: Pilot | Metric) -> float:
    """How well `text` fits: number or whole name, its beginning, a part of it, nearly it; 0 where it does not."""
    if isinstance(record, Pilot):
        number = _NUMBER.fullmatch(squeezed(text))
        if number and int(number[1]) == record.number:
            return EXACT
    return fit(text, record)
