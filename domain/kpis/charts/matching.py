"""Which change of a series that was told is which, after values came late or were corrected."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from domain.kpis.alerts.matching import NEWS
from domain.kpis.record import Frequency


class Shift(NamedTuple):
    """A change by periods: the first value of its pattern, and the last that belongs to it."""

    since: date
    last: date


@dataclass(frozen=True, slots=True)
class ShiftMatching:
    """`same`: what was told, by its id, and what it is now; `gone`: it was nothing; `new`: nobody has heard of it."""

    same: Sequence[tuple[int, Shift]] = field(default=())
    gone: Sequence[int] = field(default=())
    new: Sequence[Shift] = field(default=())


def match_shifts(shifts: Sequence[Shift], told: Sequence[tuple[int, Shift]]) -> ShiftMatching:
    """Keep what was told for the change that it shares a period with, the first that was told where there are more."""
    left = dict(sorted(told))
    same, new = [], []
    for shift in shifts:
        kept = next((told_id for told_id, was in left.items() if _meet(shift, was)), None)
        if kept is None:
            new.append(shift)
        else:
            same.append((kept, shift))
            del left[kept]
    return ShiftMatching(same, list(left), new)


def is_recent(shift: Shift, frequency: Frequency, today: date) -> bool:
    """Whether a change that nobody has heard of is told: it goes on, or did until lately."""
    return today - shift.last <= NEWS[frequency]


def _meet(one: Shift, other: Shift) -> bool:
    return one.since <= other.last and other.since <= one.last
