"""All KPIs with their newest values, as the monitoring table T3 has them."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.core.ports import UnitOfWork
from domain.kpis.record import Kpi, KpiReading
from domain.kpis.values.missing import segments_of
from domain.people.record import Department


@dataclass(frozen=True, slots=True)
class ExportRow:
    """A series of a KPI; `latest` is None before its first value."""

    kpi: Kpi
    segment: str
    latest: KpiReading | None
    departments: Sequence[Department] = ()


def export_rows(work: UnitOfWork) -> list[ExportRow]:
    """One row a series of the KPIs that are watched, by name."""
    departments = {department.id: department for department in work.of(Department).find()}
    rows = []
    for kpi in work.of(Kpi).find(archived_at=None, order="name"):
        answer = [departments[one] for one in kpi.departments if one in departments]
        for segment in segments_of(kpi):
            newest = work.of(KpiReading).find(kpi_id=kpi.id, segment=segment, order="-period", limit=1)
            rows.append(ExportRow(kpi, segment, newest[0] if newest else None, answer))
    return rows
