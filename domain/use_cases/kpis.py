"""KPI values: recorded by people or programs, judged once, alerts opened and closed once."""

from datetime import date, datetime
from decimal import Decimal

from domain.enumerations import KpiState, Notice
from domain.messages import KpiAlertCard, KpiAlertNote, KpiValueMissing
from domain.ports import UnitOfWork
from domain.records.kpis import Kpi, KpiAlert, KpiReading
from domain.records.people import Member
from domain.rules.kpi_state import Verdict, missing_period, next_state, period_end
from domain.rules.permissions import may_record
from domain.rules.targets import target
from domain.rules.working_days import calendar_of
from domain.use_cases.places import channel_for, process_of, today_of


def alert_key(alert_id: int) -> str:
    return f"kpi-alert:{alert_id}"


def record_value(
    work: UnitOfWork, member: Member, kpi_id: int, value: Decimal, day: date, *, now: datetime
) -> KpiReading:
    """Keep a KPI's value for the period that `day` lies in, and judge it. A second value for it corrects the first."""
    kpi = work.kpis.get(kpi_id)
    may_record(member, kpi.owner)
    period = period_end(day, kpi.frequency)
    reading = work.kpi_readings.one(kpi_id=kpi.id, period=period)
    if reading is None:
        new = KpiReading(kpi_id=kpi.id, period=period, value=value, by=member.user_id, recorded_at=now)
        reading = work.kpi_readings.add(new, by=member.user_id, at=now)
    else:
        reading = work.kpi_readings.change(
            reading, by=member.user_id, at=now, value=value, recorded_at=now, judged_at=None
        )
    judge(work, reading, now=now)
    return reading


def judge_new_values(work: UnitOfWork, *, now: datetime, limit: int = 500) -> int:
    """Judge every value that has not been judged, whoever brought it, in order of its period. Returns how many."""
    readings = work.kpi_readings.find(judged_at=None, order="period", limit=limit)
    for reading in readings:
        judge(work, reading, now=now)
    return len(readings)


def judge(work: UnitOfWork, reading: KpiReading, *, now: datetime) -> None:
    """Compare a value with the KPI's target. Only the newest period speaks; an older value changes nothing."""
    work.kpi_readings.change(reading, by="", at=now, verb="judged", judged_at=now)
    kpi = work.kpis.get(reading.kpi_id)
    newest = work.kpi_readings.find(kpi_id=kpi.id, order="-period", limit=1)[0]
    if newest.id != reading.id:
        return
    state, verdict = next_state(reading.value, target(kpi.target), kpi.state)
    if state is not kpi.state:
        kpi = work.kpis.change(kpi, by="", at=now, verb=state, state=state)
    match verdict:
        case Verdict.OPEN:
            _open(work, kpi, reading, now)
        case Verdict.STILL_OPEN | Verdict.CLOSE:
            _go_on(work, kpi, reading, now, close=verdict is Verdict.CLOSE)
        case Verdict.NOTHING:
            pass


def ask_for_missing_values(work: UnitOfWork, *, now: datetime) -> int:
    """Ask the data owner, once a period, for a value that is late by its frequency and grace. Returns how many."""
    today, calendar = today_of(None, work.workspace, now), calendar_of(work.workspace.country)
    asked = 0
    for kpi in work.kpis.find():
        latest = work.kpi_readings.find(kpi_id=kpi.id, order="-period", limit=1)
        if not kpi.owner or not latest:
            continue
        period = missing_period(latest[0].period, today, kpi.frequency, calendar)
        if period is not None:
            once = f"kpi:{kpi.id}:missing:{period}"
            asked += work.outbox.say(KpiValueMissing(kpi.id, period), to=kpi.owner, once=once)
    return asked


def open_alert(work: UnitOfWork, kpi: Kpi) -> KpiAlert | None:
    return work.kpi_alerts.one(kpi_id=kpi.id, closed_at=None) if kpi.state is KpiState.BREACHED else None


def _open(work: UnitOfWork, kpi: Kpi, reading: KpiReading, now: datetime) -> None:
    alert = work.kpi_alerts.add(KpiAlert(kpi_id=kpi.id, opened_by=reading.id, opened_at=now), by="", at=now)
    channel = kpi.channel or channel_for(work, process_of(work, kpi.process_id), "", Notice.KPIS)
    to = channel or kpi.owner or work.workspace.triage_channel
    if to:
        work.outbox.say(KpiAlertCard(alert.id), to=to, once=alert_key(alert.id))


def _go_on(work: UnitOfWork, kpi: Kpi, reading: KpiReading, now: datetime, *, close: bool) -> None:
    alert = work.kpi_alerts.one(kpi_id=kpi.id, closed_at=None)
    if alert is None or (alert.opened_by == reading.id and not close):
        return
    if close:
        alert = work.kpi_alerts.change(alert, by="", at=now, verb="closed", closed_by=reading.id, closed_at=now)
    work.outbox.refresh(alert_key(alert.id))
    once = f"kpi-alert:{alert.id}:{reading.id}:{reading.value}"
    work.outbox.say(KpiAlertNote(alert.id, reading.id), to="", reply_to=alert_key(alert.id), once=once)
