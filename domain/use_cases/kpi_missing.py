"""Values that have not come: their data owner is asked, and nothing is resolved by their absence."""

from datetime import date, datetime

from domain.enumerations import KpiState
from domain.messages import KpiValueMissing
from domain.ports import UnitOfWork
from domain.records.kpis import Kpi, KpiSeries
from domain.rules.kpi_machine import when_late
from domain.rules.kpi_state import missing_period, previous_end
from domain.rules.working_days import calendar_of
from domain.use_cases.kpi_telling import missing_key
from domain.use_cases.places import today_of


def ask_for_missing_values(work: UnitOfWork, *, now: datetime) -> int:
    """Ask the data owner, once a period, for values that are late by frequency and grace. Returns how many."""
    asked = 0
    for kpi in work.kpis.find(archived_at=None, derived=None):
        late = [late_period(work, kpi, segment, now=now) for segment in segments_of(kpi)]
        for segment, period in zip(segments_of(kpi), late, strict=True):
            if period is not None:
                _note_late(work, kpi, segment, now)
        periods = [period for period in late if period is not None]
        if periods and kpi.data_owner:
            asked += _ask(work, kpi, max(periods))
    return asked


def late_period(work: UnitOfWork, kpi: Kpi, segment: str, *, now: datetime) -> date | None:
    """The newest period of a series whose value is late today (in the workspace's zone)."""
    today, calendar = today_of(None, work.workspace, now), calendar_of(work.workspace.country)
    newest = work.kpi_readings.find(kpi_id=kpi.id, segment=segment, order="-period", limit=1)
    if newest:
        return missing_period(newest[0].period, today, kpi.frequency, calendar)
    added = work.activities.find(subject="kpis", subject_id=kpi.id, limit=1)
    since = added[0].at.date() if added else today
    return missing_period(previous_end(since, kpi.frequency, calendar), today, kpi.frequency, calendar)


def segments_missing(work: UnitOfWork, kpi: Kpi, period: date) -> list[str]:
    """The segments that have no value for a period; `""` where the KPI has none at all."""
    there = {reading.segment for reading in work.kpi_readings.find(kpi_id=kpi.id, period=period)}
    return [segment for segment in segments_of(kpi) if segment not in there]


def segments_of(kpi: Kpi) -> tuple[str, ...]:
    return kpi.segments or ("",)


def _ask(work: UnitOfWork, kpi: Kpi, period: date) -> int:
    """Ask, and let the cards of open alerts say that nothing newer came."""
    message, once = KpiValueMissing(kpi.id, period), missing_key(kpi.id, period)
    if not work.outbox.say(message, to=kpi.data_owner, once=once):
        return 0
    for alert in work.kpi_alerts.find(kpi_id=kpi.id, closed_at=None):
        work.outbox.refresh(alert.card)
    return 1


def _note_late(work: UnitOfWork, kpi: Kpi, segment: str, now: datetime) -> None:
    """The series is stale, but for one that has an alert."""
    known = work.kpi_series.one(kpi_id=kpi.id, segment=segment)
    state = when_late(known.state if known else KpiState.NO_DATA)
    if known is None:
        work.kpi_series.add(KpiSeries(kpi_id=kpi.id, segment=segment, state=state), by="", at=now)
    elif state is not known.state:
        work.kpi_series.change(known, by="", at=now, state=state)
