"""KPIs looked up: by name, how they stand, whose business they are, and as rows of the monitoring table T3."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.core import UnitOfWork, UserError
from domain.kpis.alerts.facts import RECENT
from domain.kpis.alerts.machine import rules_at
from domain.kpis.record import Kpi, KpiAlert, KpiReading, KpiSeries, KpiState, KpiVersion
from domain.kpis.values.missing import late_period
from domain.measures.targets import Target
from domain.people.record import Department, Member
from domain.people.routing import link_to
from domain.processes.record import Process


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


@dataclass(frozen=True, slots=True)
class HomeKpi:
    """`late`: the newest period of which a value is missing, where they bring it; `link` leads to the alert's card."""

    facts: KpiFacts
    late: date | None = None
    link: str = ""


@dataclass(frozen=True, slots=True)
class ExportRow:
    """A series of a KPI; `latest` is None before its first value."""

    kpi: Kpi
    segment: str
    latest: KpiReading | None
    departments: Sequence[Department] = ()


def names_of(work: UnitOfWork) -> dict[str, int]:
    """The names of all KPIs, in both languages, archived ones included."""
    return {name: kpi.id for kpi in work.of(Kpi).find() for name in kpi.name.texts}


def facts_of(work: UnitOfWork, kpi: Kpi) -> KpiFacts:
    states = {series.segment: series.state for series in work.of(KpiSeries).find(kpi_id=kpi.id)}
    others = [name for name, state in states.items() if name not in kpi.series and state is not KpiState.NO_DATA]
    names = [*kpi.series, *others]
    alerts = {alert.segment: alert for alert in work.of(KpiAlert).find(kpi_id=kpi.id, closed_at=None)}
    versions = work.of(KpiVersion).find(kpi_id=kpi.id)
    series = []
    for segment in names:
        recent = work.of(KpiReading).find(kpi_id=kpi.id, segment=segment, order="-period", limit=RECENT)[::-1]
        state = states.get(segment, KpiState.NO_DATA)
        goal = _goal_at(kpi, versions, recent[-1].period) if recent else None
        series.append(SeriesFacts(segment, state, recent, alerts.get(segment), goal))
    return KpiFacts(kpi, sorted(series, key=lambda series: -series.state.need))


def kpis_on_home(work: UnitOfWork, member: Member, most: int, *, now: datetime) -> tuple[Sequence[HomeKpi], int]:
    """Those that are their business, at most so many, and how many there are.

    First those with open alerts, then those whose values are missing, then the rest.
    """
    theirs = _theirs(work, member.user_id)
    if not theirs:
        return [], 0
    ids = tuple(kpi.id for kpi in theirs)
    alerts = {alert.kpi_id for alert in work.of(KpiAlert).find(kpi_id=ids, closed_at=None)}
    missing = {series.kpi_id for series in work.of(KpiSeries).find(kpi_id=ids, state=KpiState.STALE)}
    ordered = sorted(theirs, key=lambda kpi: (kpi.id not in alerts, kpi.id not in missing, kpi.name, kpi.id))
    return [_for_home(work, member, kpi, now) for kpi in ordered[:most]], len(ordered)


def export_rows(work: UnitOfWork) -> list[ExportRow]:
    """One row a series of the KPIs that are watched, by name."""
    departments = {department.id: department for department in work.of(Department).find()}
    rows = []
    for kpi in work.of(Kpi).find(archived_at=None, order="name"):
        answer = [departments[one] for one in kpi.departments if one in departments]
        for segment in kpi.series:
            newest = work.of(KpiReading).find(kpi_id=kpi.id, segment=segment, order="-period", limit=1)
            rows.append(ExportRow(kpi, segment, newest[0] if newest else None, answer))
    return rows


def _goal_at(kpi: Kpi, versions: Sequence[KpiVersion], period: date) -> Target | None:
    try:
        return rules_at(versions, kpi, period).goal
    except UserError:
        return None


def _theirs(work: UnitOfWork, user_id: str) -> list[Kpi]:
    processes = {process.id for process in work.of(Process).find(owner=user_id)}
    departments = {department.id for department in work.of(Department).find(head=user_id)}
    return [
        kpi
        for kpi in work.of(Kpi).find(archived_at=None)
        if user_id in (kpi.owner, kpi.data_owner)
        or kpi.process_id in processes
        or not departments.isdisjoint(kpi.departments)
    ]


def _for_home(work: UnitOfWork, member: Member, kpi: Kpi, now: datetime) -> HomeKpi:
    facts = facts_of(work, kpi)
    card = next((series.alert.card for series in facts.series if series.alert), "")
    brings = kpi.data_owner == member.user_id and kpi.derived is None
    late = [late_period(work, kpi, series.segment, now=now) for series in facts.series] if brings else []
    return HomeKpi(facts, max((period for period in late if period), default=None), link_to(work, card) if card else "")
