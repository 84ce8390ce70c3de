"""KPIs looked up: by name, with their last values and how they stand."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.enumerations import KpiState
from domain.ports import UnitOfWork
from domain.records.kpis import Kpi, KpiAlert, KpiReading
from domain.use_cases.kpi_alert_facts import RECENT
from domain.use_cases.kpi_missing import segments_of

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
    """One series of a KPI: its last values in order of period, and the alert that is open."""

    segment: str = ""
    state: KpiState = KpiState.NO_DATA
    recent: Sequence[KpiReading] = ()
    alert: KpiAlert | None = None

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
    return {name: kpi.id for kpi in work.kpis.find() for name in (kpi.name, kpi.name_zh) if name}


def facts_of(work: UnitOfWork, kpi: Kpi) -> KpiFacts:
    known = {series.segment: series.state for series in work.kpi_series.find(kpi_id=kpi.id)}
    names = [*segments_of(kpi), *(segment for segment in known if segment not in segments_of(kpi))]
    alerts = {alert.segment: alert for alert in work.kpi_alerts.find(kpi_id=kpi.id, closed_at=None)}
    found = []
    for segment in names:
        recent = work.kpi_readings.find(kpi_id=kpi.id, segment=segment, order="-period", limit=RECENT)[::-1]
        state = known.get(segment, KpiState.NO_DATA)
        found.append(SeriesFacts(segment, state, recent, alerts.get(segment)))
    return KpiFacts(kpi, sorted(found, key=lambda series: -WORSE.index(series.state)))
