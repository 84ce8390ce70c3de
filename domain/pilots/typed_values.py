"""Reading `PILOT METRIC VALUE [week n]` as people type it: names may have several words, and need no quotes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from domain.core import UnitOfWork, UserError
from domain.pilots.lookup import T, best
from domain.pilots.record import Metric, Pilot
from domain.text.lookup import UnknownName
from domain.text.numbers import quantity

LONGEST, MOST_WORDS = 300, 24
LEFT_OUT = 0.5
_WEEK = re.compile(
    r"[\s,，]*(?:(?:week|wk)\s*(\d{1,3})|第\s*(\d{1,3}|[一二三四五六七八九十])\s*[周週])\s*$", re.IGNORECASE
)
_CHINESE = "一二三四五六七八九十"
_WORDS = re.compile(r"\"[^\"]*\"|“[^”]*”|「[^」]*」|'[^']*'|\S+")
_BEFORE_NUMBER = re.compile(r"(?<=[一-鿿])(?=[-+−]?\d)")


class Split(NamedTuple):
    """One way to read the words: which name the pilot, which the metric, which are the value."""

    pilot: str
    metric: str
    value: str


@dataclass(frozen=True, slots=True)
class Meant:
    """What was typed, understood. `week` None: the present one."""

    pilot: Pilot
    metric: Metric
    value: str
    week: int | None


def read(work: UnitOfWork, text: str, running: Sequence[Pilot]) -> Meant:
    """Understand what was typed; the pilot may be left out where only one runs, the metric where there is one.

    Raises UserError where there is no value or no such metric, UnknownName where the pilot is not clear.
    """
    rest, week = _without_week(text[:LONGEST])
    splits = list(_splits(rest))
    if not splits:
        raise UserError("Write the pilot, the metric and its value, such as: P-1 order cycle 3.5 days")
    pilots = work.of(Pilot).find(order="-number")
    fitting = [
        (weight, pilot, split) for split in splits for pilot, weight in _named(split.pilot, pilots, by_default=running)
    ]
    if not fitting:
        raise UnknownName(rest.strip(), list(running) or pilots)
    metrics = {pilot.id: work.of(Metric).find(pilot_id=pilot.id) for _, pilot, _ in fitting}
    readings = [
        (weight + clearness, Meant(pilot, metric, split.value, week))
        for weight, pilot, split in fitting
        if len(near := _named(split.metric, metrics[pilot.id], by_default=metrics[pilot.id])) == 1
        for metric, clearness in near
    ]
    if not readings:
        _, pilot, split = max(fitting, key=lambda one: one[0])
        raise _unknown_metric(pilot, split.metric, metrics[pilot.id])
    return _clearest(readings)


def _clearest(readings: Sequence[tuple[float, Meant]]) -> Meant:
    """The reading that fits best. Raises UnknownName where several pilots fit as well."""
    highest = max(weight for weight, _ in readings)
    meant = [reading for weight, reading in readings if weight == highest]
    pilots = {reading.pilot.id: reading.pilot for reading in meant}
    if len(pilots) > 1:
        raise UnknownName(meant[0].metric.name.text, list(pilots.values()))
    return meant[0]


def _without_week(text: str) -> tuple[str, int | None]:
    """Take `week 2` off the end, unless it is a metric's name with its value (`orders a week 35`)."""
    match = _WEEK.search(text)
    if match is None or not any(_splits(text[: match.start()])):
        return text, None
    said = match[1] or match[2]
    return text[: match.start()], _CHINESE.index(said) + 1 if said in _CHINESE else int(said)


def _splits(text: str) -> Iterator[Split]:
    """Every way to read it: a value at the end, before it words for the metric, before them words for the pilot."""
    for reading in dict.fromkeys((text, _BEFORE_NUMBER.sub(" ", text))):
        tokens = _WORDS.findall(reading)[:MOST_WORDS]
        for at in range(len(tokens)):
            if _starts_value(tokens[at]):
                for cut in range(at + 1):
                    yield Split(" ".join(tokens[:cut]), " ".join(tokens[cut:at]), " ".join(tokens[at:]))


def _starts_value(word: str) -> bool:
    try:
        quantity(word)
    except UserError:
        return False
    return True


def _named(name: str, records: Sequence[T], *, by_default: Sequence[T]) -> list[tuple[T, float]]:
    """Which of them the words may mean; without words the only one `by_default`, which weighs less than naming it."""
    if name:
        return best(name, records)
    return [(by_default[0], LEFT_OUT)] if len(by_default) == 1 else []


def _unknown_metric(pilot: Pilot, typed: str, metrics: Sequence[Metric]) -> UserError:
    is_chinese = any("一" <= sign <= "鿿" for sign in typed)
    names = ", ".join(metric.name.texts[-1 if is_chinese else 0] for metric in metrics)
    return UserError(
        "{reference} has no metric “{typed}”, or several like it. It measures: {metrics}.",
        reference=pilot.reference,
        typed=typed[:80],
        metrics=names,
    )
