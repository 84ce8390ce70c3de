"""KPIs looked up: by name, with their last values and how they stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.core.errors import Problem
from domain.core.ports import UnitOfWork
from domain.kpis.alerts.facts import RECENT
from domain.kpis.alerts.machine import rules_at
from domain.kpis.record import Kpi, KpiAlert, KpiReading, KpiSeries, KpiState, KpiVersion
from domain.kpis.values.missing import segments_of
from domain.measures.targets import Target

WORSE = (
    KpiState.NO_DATA,
    KpiState.OK,
    KpiState.STALE,
    KpiState.PENDING,
    KpiState.RECOVERING,
    KpiState.WARNED,
    KpiState.BREACHED,
)
"""States from the one that needs nobody to the one that needs somebody most."""


@dataclass(frozen=True, slots=True)
class SeriesFacts:
    """One series of a KPI: its last values in order of period, and the alert that is open.

    `goal` is the target that the newest of them is judged by; None where another program made it unreadable.
    """

    segment: str = ""
    state: KpiState = KpiState.NO_DATA
    recent: Sequence[KpiReading] = ()
    alert: KpiAlert | None = None
    goal: Target | None = None

    @property
    def latest(self) -> KpiReading | None:
        return self.recent[-1] if self.recent else None


@dataclass(frozen=True, slots=True)
class KpiFacts:
    """A KPI with its series, the one that needs somebody most first."""

    kpi: Kpi
    series: Sequence[SeriesFacts] = ()

    @property
    def worst(self) -> SeriesFacts:
        return self.series[0] if self.series else SeriesFacts()

    @property
    def state(self) -> KpiState:
        return self.worst.state

    @property
    def recent(self) -> Sequence[KpiReading]:
        return self.worst.recent

    @property
    def latest(self) -> KpiReading | None:
        return self.worst.latest


def names_of(work: UnitOfWork) -> dict[str, int]:
    """The names of all KPIs, in both languages, archived ones included."""
    return {name: kpi.id for kpi in work.of(Kpi).find() for name in kpi.name.texts}


def facts_of(work: UnitOfWork, kpi: Kpi) -> KpiFacts:
    known = {series.segment: series.state for series in work.of(KpiSeries).find(kpi_id=kpi.id)}
    others = [name for name, state in known.items() if name not in segments_of(kpi) and state is not KpiState.NO_DATA]
    names = [*segments_of(kpi), *others]
    alerts = {alert.segment: alert for alert in work.of(KpiAlert).find(kpi_id=kpi.id, closed_at=None)}
    versions = work.of(KpiVersion).find(kpi_id=kpi.id)
    found = []
    for segment in names:
        recent = work.of(KpiReading).find(kpi_id=kpi.id, segment=segment, order="-period", limit=RECENT)[::-1]
        state = known.get(segment, KpiState.NO_DATA)
        goal = _goal_at(kpi, versions, recent[-1].period) if recent else None
        found.append(SeriesFacts(segment, state, recent, alerts.get(segment), goal))
    return KpiFacts(kpi, sorted(found, key=lambda series: -WORSE.index(series.state)))


def _goal_at(kpi: Kpi, versions: Sequence[KpiVersion], period: date) -> Target | None:
    try:
        return rules_at(versions, kpi, period).goal
    except Problem:
        return None
