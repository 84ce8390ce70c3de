"""What people do about an alert: take it on, silence it, say that it is no problem."""

from datetime import date, datetime

from domain.core.errors import AlreadyDone, FormProblems
from domain.core.ports import UnitOfWork
from domain.core.wording import words
from domain.kpis.alerts.cards import alert_key
from domain.kpis.alerts.forms import Acknowledgement, Dismissal, Snooze
from domain.kpis.messages import KpiAlertDeed
from domain.kpis.record import AlertClosing, Kpi, KpiAlert, KpiReading
from domain.kpis.rights import SILENCE_ALERT
from domain.people.record import Member
from domain.people.routing import today_of


def open_alert(work: UnitOfWork, alert_id: int) -> KpiAlert:
    """The alert. Raises AlreadyDone where it is over."""
    alert = work.of(KpiAlert).get(alert_id)
    if alert.closed_at is not None:
        kpi = work.of(Kpi).get(alert.kpi_id)
        raise AlreadyDone(words("This alert of {kpi} is over: {how}.", kpi=kpi.name.text, how=alert.closing or ""))
    return alert


def acknowledge(
    work: UnitOfWork, member: Member, alert_id: int, form: Acknowledgement, *, seen_by: str = "", now: datetime
) -> KpiAlert:
    """Somebody takes it on until a day; then it counts as taken on by nobody again.

    `seen_by`: who had it when the form was opened. Raises AlreadyDone where somebody else has taken it on meanwhile,
    FormProblems for a day that is over.
    """
    alert = open_alert(work, alert_id)
    if alert.acknowledged_by not in (seen_by, form.owner, ""):
        raise AlreadyDone(words("Somebody has taken this on meanwhile. Look at the alert, and ask there."))
    if form.until < today_of(member, work.workspace, now):
        raise FormProblems({"until": words("Please choose a day that is still to come.")})
    return deed(
        work,
        alert,
        "acknowledged",
        by=member.user_id,
        now=now,
        acknowledged_by=form.owner,
        acknowledged_until=form.until,
        acknowledged_at=alert.acknowledged_at or now,
        next_step=form.next_step,
        snoozed_by="",
        snoozed_until=None,
        snoozed_next=None,
    )


def snooze(work: UnitOfWork, member: Member, alert_id: int, form: Snooze, *, now: datetime) -> KpiAlert:
    """Be silent about it until the next value or a day. Raises AlreadyDone, FormProblems."""
    alert = open_alert(work, alert_id)
    may_silence_alert(work, member, alert)
    until = form.day(today_of(member, work.workspace, now))
    newest = work.of(KpiReading).find(kpi_id=alert.kpi_id, segment=alert.segment, order="-period", limit=1)
    after = (newest[0].period if newest else date.min) if until is None else None
    return deed(
        work,
        alert,
        "snoozed",
        by=member.user_id,
        now=now,
        snoozed_by=member.user_id,
        snoozed_until=until,
        snoozed_next=after,
    )


def dismiss(work: UnitOfWork, member: Member, alert_id: int, form: Dismissal, *, now: datetime) -> KpiAlert:
    """Close it as no problem, with the reason. It is not opened again before the KPI has been on target."""
    alert = open_alert(work, alert_id)
    may_silence_alert(work, member, alert)
    return close_by_hand(work, alert, AlertClosing.DISMISSED, by=member.user_id, now=now, reason=form.reason)


def close_by_hand(
    work: UnitOfWork, alert: KpiAlert, closing: AlertClosing, *, by: str, now: datetime, reason: str = ""
) -> KpiAlert:
    """Close an alert without a value that says so."""
    newest = work.of(KpiReading).find(kpi_id=alert.kpi_id, segment=alert.segment, order="-period", limit=1)
    return deed(
        work,
        alert,
        closing,
        by=by,
        now=now,
        closing=closing,
        closed_at=now,
        reason=reason,
        closed_by=newest[0].id if newest else alert.opened_by,
    )


def deed(work: UnitOfWork, alert: KpiAlert, verb: str, *, by: str, now: datetime, **fields: object) -> KpiAlert:
    """Change an alert, tell so in its thread, and edit its card."""
    changed = work.of(KpiAlert).change(alert, by=by, at=now, verb=verb, **fields)
    once = f"kpi-alert:{alert.id}:deed:{changed.activity.id}"
    card = alert.card or alert_key(alert.id)
    work.outbox.say(KpiAlertDeed(alert.id, changed.activity.id), to="", reply_to=card, once=once)
    work.outbox.refresh(card)
    return changed.record


def may_silence_alert(work: UnitOfWork, member: Member, alert: KpiAlert) -> None:
    kpi = work.of(Kpi).get(alert.kpi_id)
    SILENCE_ALERT.check(work, member, kpi)
