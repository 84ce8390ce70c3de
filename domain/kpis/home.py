"""The KPIs that are a person's business: they act on its alerts, bring its values, or lead what it measures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.core.ports import UnitOfWork
from domain.kpis.queries import KpiFacts, facts_of
from domain.kpis.record import Kpi, KpiAlert, KpiSeries, KpiState
from domain.kpis.values.missing import late_period
from domain.people.record import Department, Member
from domain.people.routing import link_to
from domain.processes.record import Process


@dataclass(frozen=True, slots=True)
class HomeKpi:
    """`late`: the newest period of which a value is missing, where they bring it; `link` leads to the alert's card."""

    facts: KpiFacts
    late: date | None = None
    link: str = ""


def kpis_on_home(work: UnitOfWork, member: Member, most: int, *, now: datetime) -> tuple[Sequence[HomeKpi], int]:
    """Theirs, at most so many, and how many there are: open alerts, then values that are missing, then the rest."""
    theirs = _theirs(work, member.user_id)
    if not theirs:
        return [], 0
    ids = tuple(kpi.id for kpi in theirs)
    alerts = {alert.kpi_id for alert in work.of(KpiAlert).find(kpi_id=ids, closed_at=None)}
    missing = {series.kpi_id for series in work.of(KpiSeries).find(kpi_id=ids, state=KpiState.STALE)}
    ordered = sorted(theirs, key=lambda kpi: (kpi.id not in alerts, kpi.id not in missing, kpi.name, kpi.id))
    return [_shown(work, member, kpi, now) for kpi in ordered[:most]], len(ordered)


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


def _shown(work: UnitOfWork, member: Member, kpi: Kpi, now: datetime) -> HomeKpi:
    facts = facts_of(work, kpi)
    card = next((series.alert.card for series in facts.series if series.alert), "")
    brings = kpi.data_owner == member.user_id and kpi.derived is None
    late = [late_period(work, kpi, series.segment, now=now) for series in facts.series] if brings else []
    return HomeKpi(facts, max((period for period in late if period), default=None), link_to(work, card) if card else "")
