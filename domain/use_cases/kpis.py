"""KPI values: recorded by people or programs, judged once, alerts opened and closed once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from domain.enumerations import Notice
from domain.errors import FormProblems, Problem
from domain.forms.kpis import KpiForm
from domain.messages import KpiAlertCard, KpiAlertNote, KpiValueMissing
from domain.ports import UnitOfWork
from domain.records.kpis import Kpi, KpiAlert, KpiReading
from domain.records.people import Member
from domain.rules.kpi_entry import known_by
from domain.rules.kpi_state import Verdict, missing_period, next_state, period_end, previous_end
from domain.rules.permissions import may_add_kpi, may_record
from domain.rules.targets import target
from domain.rules.working_days import WorkingCalendar, calendar_of
from domain.use_cases.places import channel_for, process_of, today_of
from domain.wording import words

RECENT = 12
"""How many values a line of them shows."""


def alert_key(alert_id: int) -> str:
    return f"kpi-alert:{alert_id}"


def missing_key(kpi_id: int, period: date) -> str:
    return f"kpi:{kpi_id}:missing:{period}"


def add_kpi(work: UnitOfWork, member: Member, form: KpiForm, *, now: datetime) -> Kpi:
    """Watch a further figure. Raises FormProblems where its name, in either language, is taken."""
    process = process_of(work, form.process)
    may_add_kpi(member, [process] if process else [])
    taken = names_of(work)
    for field, name in (("name", form.name), ("name_zh", form.name_zh)):
        if name and known_by(name, taken) is not None:
            raise FormProblems({field: words("There is a KPI of this name already. Choose another one.")})
    links = {"process": "process_id"}
    new = Kpi(**{links.get(name, name): getattr(form, name) for name in KpiForm.model_fields})
    return work.kpis.add(new, by=member.user_id, at=now)


def names_of(work: UnitOfWork) -> dict[str, int]:
    """The names of all KPIs, in both languages."""
    return {name: kpi.id for kpi in work.kpis.find() for name in (kpi.name, kpi.name_zh) if name}


def record_value(
    work: UnitOfWork, member: Member, kpi_id: int, value: Decimal, day: date, *, now: datetime
) -> KpiReading:
    """Keep a KPI's value for the period that `day` lies in, and judge it. A second value for it corrects the first.

    Raises Problem for a day after `now` (in the member's zone).
    """
    kpi = work.kpis.get(kpi_id)
    may_record(member, kpi.owner)
    if day > today_of(member, work.workspace, now):
        raise Problem(words("{day} is still to come. Give a day that is over, or today.", day=day))
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
    kpi = work.kpis.one(id=reading.kpi_id)
    if kpi is None or not reading.value.is_finite():  # a program wrote nonsense: it must not hold up the others
        return
    work.outbox.refresh(missing_key(kpi.id, reading.period))
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
        if kpi.owner:
            period = missing_period(_latest_period(work, kpi, calendar, today), today, kpi.frequency, calendar)
            if period is not None:
                asked += work.outbox.say(
                    KpiValueMissing(kpi.id, period), to=kpi.owner, once=missing_key(kpi.id, period)
                )
    return asked


def _latest_period(work: UnitOfWork, kpi: Kpi, calendar: WorkingCalendar, today: date) -> date:
    """The period of the newest value; of a KPI without one, the period before it was added."""
    newest = work.kpi_readings.find(kpi_id=kpi.id, order="-period", limit=1)
    if newest:
        return newest[0].period
    added = work.activities.find(subject="kpis", subject_id=kpi.id, limit=1)
    return previous_end(added[0].at.date() if added else today, kpi.frequency, calendar)


@dataclass(frozen=True, slots=True)
class KpiFacts:
    """A KPI with its last values in order of period."""

    kpi: Kpi
    recent: Sequence[KpiReading] = ()

    @property
    def latest(self) -> KpiReading | None:
        return self.recent[-1] if self.recent else None


def facts_of(work: UnitOfWork, kpi: Kpi) -> KpiFacts:
    return KpiFacts(kpi, work.kpi_readings.find(kpi_id=kpi.id, order="-period", limit=RECENT)[::-1])


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
