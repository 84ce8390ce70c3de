"""Segments that a KPI has no more: nobody can bring their values, so nothing is open about them."""

from datetime import datetime

from domain.core.ports import UnitOfWork
from domain.kpis.alerts.actions import close_by_hand
from domain.kpis.record import AlertClosing, Kpi, KpiAlert, KpiSeries, KpiState
from domain.kpis.values.missing import segments_of


def let_go_of_segments(work: UnitOfWork, before: Kpi, after: Kpi, *, by: str, now: datetime) -> None:
    """Close the alerts of segments that were taken out. Their values stay."""
    gone = tuple(segment for segment in segments_of(before) if segment not in segments_of(after))
    if not gone:
        return
    for alert in work.of(KpiAlert).find(kpi_id=after.id, segment=gone, closed_at=None):
        close_by_hand(work, alert, AlertClosing.ARCHIVED, by=by, now=now)
    for series in work.of(KpiSeries).find(kpi_id=after.id, segment=gone):
        work.of(KpiSeries).change(series, by="", at=now, state=KpiState.NO_DATA, late=None)
