"""How often a chart cries wolf, and how soon it sees a change, with limits from 12, 20 and 12 to 20 values.

Prints the table of docs/kpis.md: `python -m benchmarks.spc [CHARTS]`. Normal values without correlation, the product's
own rules, a seed, so that a run gives the same table again.
"""

import sys
from collections.abc import Iterator
from decimal import Decimal
from random import Random
from statistics import median
from typing import NamedTuple

from domain.kpis.charts.usual_range import LEAST_POINTS, MOST_POINTS
from domain.kpis.charts.xmr import Watch
from domain.kpis.record import Signals

SEED, CHARTS, LONGEST, YEAR = 1924, 1000, 1000, 52
SIGMA = 1000  # in steps: whole numbers keep the sums short
BASES = {"12": (12, 12), "20": (20, 20), "12 to 20": (LEAST_POINTS, MOST_POINTS), "12 to 30": (LEAST_POINTS, 30)}


class Row(NamedTuple):
    """Of many charts: values to the first false alarm (median), the share with one within 52 values, and the values
    until a shift is seen (median and 90th percentile)."""

    quiet: float
    false: float
    half: float
    one: float
    one_at_worst: float
    two: float


def main(charts: int) -> None:
    out = sys.stdout.write
    out("| limits from | rules | first false alarm (median) | false alarm within 52 values | sees 0.5 σ after |")
    out(" sees 1 σ after | nine times of ten after | sees 2 σ after |\n")
    out("| --- " * 8 + "|\n")
    for name, (least, most) in BASES.items():
        for rules in (Signals.DEFAULT, Signals.NHS):
            row = figures(rules, least, most, charts)
            out(f"| {name} | {rules} | {row.quiet:.0f} | {row.false:.0%} | {row.half:.0f} | {row.one:.0f} |")
            out(f" {row.one_at_worst:.0f} | {row.two:.0f} |\n")
            sys.stdout.flush()


def figures(rules: Signals, least: int, most: int, charts: int) -> Row:
    alarms = [first_signal(rules, least, most, 0, number) for number in range(charts)]
    shifts = {size: seen_after(rules, least, most, size, charts) for size in (0.5, 1, 2)}
    return Row(
        median(alarms),
        sum(alarm <= YEAR for alarm in alarms) / charts,
        median(shifts[0.5]),
        median(shifts[1]),
        sorted(shifts[1])[int(len(shifts[1]) * 0.9)],
        median(shifts[2]),
    )


def first_signal(rules: Signals, least: int, most: int, shift: float, number: int) -> int:
    """Values after the first `least` until the first signal; the limits stay at `most`. At most LONGEST."""
    watch = Watch(rules, least=least, most=most)
    for position, value in enumerate(values(number, most, shift)):
        watch.see(value)
        if watch.episodes or position - least >= LONGEST:
            return position - least + 1
    raise AssertionError


def seen_after(rules: Signals, least: int, most: int, shift: float, charts: int) -> list[int]:
    """Values of a shift until it is seen, of charts that were quiet until the shift came, after their `most` values."""
    found = (first_signal(rules, least, most, shift, number) - (most - least) for number in range(charts))
    return [after for after in found if after > 0]


def values(number: int, steady: int, shift: float) -> Iterator[Decimal]:
    """So many steady values, then shifted ones."""
    chance = Random(f"{SEED}:{number}")
    for position in range(steady + LONGEST + 1):
        yield Decimal(round((chance.gauss() + (shift if position >= steady else 0)) * SIGMA))


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else CHARTS)
