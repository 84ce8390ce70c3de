"""Reading `PILOT METRIC VALUE [week n]` as people type it: names may have several words, and need no quotes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from domain.core.errors import Problem
from domain.core.ports import UnitOfWork
from domain.core.wording import words
from domain.pilots.lookup import UnknownPilot, best
from domain.pilots.record import Metric, Pilot
from domain.text.names import Match
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

    Raises Problem where there is no value or no such metric, UnknownPilot where the pilot is not clear.
    """
    rest, week = _without_week(text[:LONGEST])
    splits = list(_splits(rest))
    if not splits:
        raise Problem(words("Write the pilot, the metric and its value, such as: P-1 order cycle 3.5 days"))
    pilots = work.of(Pilot).find(order="-number")
    fitting = [(weight, pilot, split) for split in splits for weight, pilot in _pilots(split, pilots, running)]
    if not fitting:
        raise UnknownPilot(rest.strip(), list(running) or pilots)
    metrics = {pilot.id: work.of(Metric).find(pilot_id=pilot.id) for _, pilot, _ in fitting}
    readings = [
        (weight + match.weight, Meant(pilot, match.record, split.value, week))
        for weight, pilot, split in fitting
        for match in _metrics(split, metrics[pilot.id])
    ]
    if not readings:
        _, pilot, split = max(fitting, key=lambda one: one[0])
        raise _unknown_metric(pilot, split.metric, metrics[pilot.id])
    return _clearest(readings)


def _clearest(readings: Sequence[tuple[float, Meant]]) -> Meant:
    """The reading that fits best. Raises UnknownPilot where several pilots fit as well."""
    highest = max(weight for weight, _ in readings)
    meant = [reading for weight, reading in readings if weight == highest]
    pilots = {reading.pilot.id: reading.pilot for reading in meant}
    if len(pilots) > 1:
        raise UnknownPilot(meant[0].metric.name.text, list(pilots.values()))
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
    except Problem:
        return False
    return True


def _pilots(split: Split, pilots: Sequence[Pilot], running: Sequence[Pilot]) -> list[tuple[float, Pilot]]:
    """Which pilots the split may mean. Leaving it out weighs less than naming it."""
    if not split.pilot:
        return [(LEFT_OUT, pilot) for pilot in running] if len(running) == 1 else []
    return [(match.weight, match.record) for match in best(split.pilot, pilots)]


def _metrics(split: Split, metrics: Sequence[Metric]) -> list[Match[Metric]]:
    """The one metric that the split means, or none where it is not clear."""
    if not split.metric:
        return [Match(metrics[0], LEFT_OUT)] if len(metrics) == 1 else []
    found = best(split.metric, metrics)
    return found if len(found) == 1 else []


def _unknown_metric(pilot: Pilot, typed: str, metrics: Sequence[Metric]) -> Problem:
    names = ", ".join(metric.name.texts[-1 if _is_chinese(typed) else 0] for metric in metrics)
    return Problem(
        words(
            "{reference} has no metric “{typed}”, or several like it. It measures: {metrics}.",
            reference=pilot.reference,
            typed=typed[:80],
            metrics=names,
        )
    )


def _is_chinese(text: str) -> bool:
    return any("一" <= sign <= "鿿" for sign in text)
