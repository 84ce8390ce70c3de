"""Finding a pilot or one of its metrics by what people call it: number, name in either language, part of it, typo."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar

from domain.core import UnitOfWork
from domain.pilots.queries import running_pilots
from domain.pilots.record import Metric, Pilot
from domain.text.lookup import EXACT, UnknownName, fit, likeliest, squeezed

T = TypeVar("T", Pilot, Metric)
_NUMBER = re.compile(r"p?-?(\d{1,9})")


def pilot_named(work: UnitOfWork, text: str, on: date, among: Sequence[Pilot] | None = None) -> Pilot | None:
    """The pilot that `text` names; without a text the only one that runs on this local date.

    None when that leaves several, or none at all. Raises UnknownName for a name that fits none, or several.
    """
    if not text.strip():
        running = running_pilots(work, on) if among is None else among
        return running[0] if len(running) == 1 else None
    pilots = work.of(Pilot).find(order="-number") if among is None else among
    near = best(text, pilots)
    if len(near) == 1:
        return near[0][0]
    raise UnknownName(text.strip(), [pilot for pilot, _ in near] or list(pilots))


def best(text: str, records: Iterable[T]) -> list[tuple[T, float]]:
    """Those that fit `text` best, with how well: by number or name, its beginning, a part of it, nearly it."""
    return likeliest(text, records, _weight)


def _weight(text: str, record: Pilot | Metric) -> float:
    number = _NUMBER.fullmatch(squeezed(text))
    if isinstance(record, Pilot) and number and int(number[1]) == record.number:
        return EXACT
    return fit(text, record)
