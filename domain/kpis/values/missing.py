"""Values that have not come: their data owner is asked, and nothing is resolved by their absence."""

from dataclasses import replace
from datetime import date, datetime

from domain.calendars.working_days import calendar_of
from domain.core import Activity, UnitOfWork
from domain.kpis.alerts.machine import when_late
from domain.kpis.messages import KpiValueMissing
from domain.kpis.record import Kpi, KpiAlert, KpiReading, KpiSeries, KpiState
from domain.kpis.values.periods import missing_period, previous_end
from domain.people.routing import today_of, zone
from domain.people.working_hours import people_work


def missing_key(kpi_id: int, period: date) -> str:
    return f"kpi:{kpi_id}:missing:{period}"


def ask_for_missing_values(work: UnitOfWork, *, now: datetime) -> int:
    """Ask the data owner, once a period and in working hours, for values that are late by frequency and grace.

    That they are late is noted at any hour. Returns how many were asked.
    """
    asked, asks = 0, people_work(work, now)
    for kpi in work.of(Kpi).find(archived_at=None, derived=None):
        stored = {one.segment: one for one in work.of(KpiSeries).find(kpi_id=kpi.id)}
        late = {segment: late_period(work, kpi, segment, now=now) for segment in kpi.series}
        for segment, period in late.items():
            _note_late(work, stored.get(segment) or KpiSeries(kpi_id=kpi.id, segment=segment), period, now)
        periods = [period for period in late.values() if period is not None]
        if asks and periods and kpi.data_owner:
            message, once = KpiValueMissing(kpi.id, max(periods)), missing_key(kpi.id, max(periods))
            asked += work.outbox.say(message, to=kpi.data_owner, once=once)
    return asked


def late_period(work: UnitOfWork, kpi: Kpi, segment: str, *, now: datetime) -> date | None:
    """The newest period of a series whose value is late today (in the workspace's zone).

    What is worked out from our own records comes in time, or there was nothing to count.
    """
    if kpi.derived is not None:
        return None
    today, calendar = today_of(None, work.workspace, now), calendar_of(work.workspace.country)
    newest = work.of(KpiReading).find(kpi_id=kpi.id, segment=segment, order="-period", limit=1)
    if newest:
        return missing_period(newest[0].period, today, kpi.frequency, calendar)
    added = work.of(Activity).find(subject="kpis", subject_id=kpi.id, order="id", limit=1)
    since = added[0].at.astimezone(zone(work.workspace.timezone)).date() if added else today
    return missing_period(previous_end(since, kpi.frequency, calendar), today, kpi.frequency, calendar)


def segments_missing(work: UnitOfWork, kpi: Kpi, period: date) -> list[str]:
    """The segments that have no value for a period; `""` where the KPI has none at all."""
    there = {reading.segment for reading in work.of(KpiReading).find(kpi_id=kpi.id, period=period)}
    return [segment for segment in kpi.series if segment not in there]


def record_state(work: UnitOfWork, series: KpiSeries, state: KpiState, late: date | None, *, now: datetime) -> None:
    """Note how a series stands now. `series`: as it was noted before, or a new one."""
    if not series.id:
        work.of(KpiSeries).add(replace(series, state=state, late=late), by="", at=now)
    elif (series.state, series.late) != (state, late):
        work.of(KpiSeries).change(series, by="", at=now, state=state, late=late)


def _note_late(work: UnitOfWork, series: KpiSeries, period: date | None, now: datetime) -> None:
    """The series is stale; one that has an alert keeps its state, and the card says that nothing newer came."""
    if period == series.late:
        return
    record_state(work, series, when_late(series.state) if period else series.state, period, now=now)
    for alert in work.of(KpiAlert).find(kpi_id=series.kpi_id, segment=series.segment, closed_at=None):
        work.outbox.refresh(alert.card)
