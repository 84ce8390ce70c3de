"""Pilots: which run, in which week they are, and how far their metrics have come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.calendars.working_days import week_on
from domain.core import UnitOfWork
from domain.measures.improvement import improvement
from domain.measures.targets import Target, target
from domain.pilots.record import Metric, MetricStatus, Pilot, Reading
from domain.pilots.status import metric_status

WHOLE = Decimal(1)
"""Weekly averages are no finer than a percent (15 → 8 days: 47 %)."""


@dataclass(frozen=True, slots=True)
class MetricStanding:
    """A row of T7. `values` by week; `improvement` in whole percent, None without a baseline or a value."""

    metric: Metric
    goal: Target
    values: Mapping[int, Decimal]
    status: MetricStatus
    improvement: Decimal | None

    @property
    def latest_week(self) -> int | None:
        return max(self.values, default=None)

    @property
    def latest(self) -> Decimal | None:
        return None if self.latest_week is None else self.values[self.latest_week]


@dataclass(frozen=True, slots=True)
class PilotStanding:
    """How a pilot stands on the local date `on`. `week` is its week then: 0 before it starts, at most its last one."""

    pilot: Pilot
    on: date
    week: int
    metrics: Sequence[MetricStanding]


def week_of(pilot: Pilot, on: date) -> int:
    """The pilot's week on a local date: 1 from `starts` on; 0 before it, and its last week after its end."""
    return week_on(pilot.starts, pilot.ends, on)


def weeks_in(pilot: Pilot) -> int:
    """How many weeks it lasts."""
    return week_of(pilot, pilot.ends)


def is_running(pilot: Pilot, on: date) -> bool:
    return pilot.starts <= on <= pilot.ends


def running_pilots(work: UnitOfWork, on: date) -> list[Pilot]:
    """The pilots under way on a local date, by number."""
    return [pilot for pilot in work.of(Pilot).find(order="number") if is_running(pilot, on)]


def pilot_standing(work: UnitOfWork, pilot: Pilot, on: date) -> PilotStanding:
    """The pilot's table (T7) as it is on a local date."""
    metrics = work.of(Metric).find(pilot_id=pilot.id)
    return PilotStanding(pilot, on, week_of(pilot, on), [_standing(work, metric) for metric in metrics])


def _standing(work: UnitOfWork, metric: Metric) -> MetricStanding:
    goal = target(metric.target)
    values = {reading.week: reading.value for reading in work.of(Reading).find(metric_id=metric.id, order="week")}
    better = None
    if metric.baseline is not None and values:
        latest = values[max(values)]
        better = improvement(metric.baseline, latest, lower_is_better=goal.lower_is_better, step=WHOLE)
    return MetricStanding(metric, goal, values, metric_status(metric.baseline, list(values.values()), goal), better)
