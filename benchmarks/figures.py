"""How figures are taken and told."""

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from statistics import median, quantiles


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value. `goal` is the largest value at which it holds; None where it is there to be read only."""

    name: str
    value: float
    unit: str
    goal: float | None = None

    @property
    def holds(self) -> bool:
        return self.goal is None or self.value <= self.goal

    def line(self) -> str:
        return json.dumps({**asdict(self), "value": round(self.value, 3), "holds": self.holds})


def in_turn(
    *operations: Callable[[int], object],
    rounds: int,
    warm_up: int = 50,
    clock: Callable[[], float] = time.perf_counter,
) -> list[list[float]]:
    """Seconds of each operation, taken in turn (A B A B …), so that a drift of the machine hits all alike."""
    times: list[list[float]] = [[] for _ in operations]
    for number in range(-warm_up, rounds):
        for operation, taken in zip(operations, times, strict=True):
            began = clock()
            operation(number)
            if number >= 0:
                taken.append(clock() - began)
    return times


def middle(seconds: list[float]) -> float:
    return median(seconds)


def p99(seconds: list[float]) -> float:
    return quantiles(seconds, n=100)[98]
