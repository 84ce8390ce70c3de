"""What people do about an alert: take it on, silence it, say that it is no problem."""

from datetime import date, datetime

from domain.core import AlreadyDone, FormErrors, UnitOfWork, words
from domain.kpis.alerts.forms import Acknowledgement, Dismissal, Snooze
from domain.kpis.record import AlertClosing, Kpi, KpiAlert, KpiReading
from domain.kpis.rights import SILENCE_ALERT
from domain.lifecycle.moves import move
from domain.people.record import Member
from domain.people.routing import today_of


def still_open(work: UnitOfWork, alert_id: int) -> KpiAlert:
    """An alert that is not over. Raises AlreadyDone where it is over."""
    alert = work.of(KpiAlert).get(alert_id)
    if alert.closed_at is not None:
        kpi = work.of(Kpi).get(alert.kpi_id)
        raise AlreadyDone("This alert of {kpi} is over: {how}.", kpi=kpi.name.text, how=alert.closing or "")
    return alert


def silenceable(work: UnitOfWork, member: Member, alert_id: int) -> KpiAlert:
    """The same for somebody who may silence it. Raises AlreadyDone, NotAllowed."""
    alert = still_open(work, alert_id)
    SILENCE_ALERT.check(work, member, work.of(Kpi).get(alert.kpi_id))
    return alert


def acknowledge(
    work: UnitOfWork, member: Member, alert_id: int, form: Acknowledgement, *, seen_by: str = "", now: datetime
) -> KpiAlert:
    """Somebody takes it on until a day; then it counts as taken on by nobody again.

    `seen_by`: who had it when the form was opened. Raises AlreadyDone where somebody else has taken it on meanwhile,
    FormErrors for a day that is over.
    """
    alert = still_open(work, alert_id)
    if alert.acknowledged_by not in (seen_by, form.owner, ""):
        raise AlreadyDone("Somebody has taken this on meanwhile. Look at the alert, and ask there.")
    if form.until < today_of(member, work.workspace, now):
        raise FormErrors({"until": words("Please choose a day that is still to come.")})
    taken = {"acknowledged_by": form.owner, "acknowledged_until": form.until, "next_step": form.next_step}
    awake = {"snoozed_by": "", "snoozed_until": None, "snoozed_next": None}
    since = alert.acknowledged_at or now
    by, verb = member.user_id, "acknowledged"
    return move(work, alert, by=by, now=now, verb=verb, acknowledged_at=since, **taken, **awake).record


def snooze(work: UnitOfWork, member: Member, alert_id: int, form: Snooze, *, now: datetime) -> KpiAlert:
    """Be silent about it until the next value or a day. Raises AlreadyDone, FormErrors."""
    alert = silenceable(work, member, alert_id)
    until = form.day(today_of(member, work.workspace, now))
    newest = work.of(KpiReading).find(kpi_id=alert.kpi_id, segment=alert.segment, order="-period", limit=1)
    after = (newest[0].period if newest else date.min) if until is None else None
    by = member.user_id
    return move(
        work, alert, by=by, now=now, verb="snoozed", snoozed_by=by, snoozed_until=until, snoozed_next=after
    ).record


def dismiss(work: UnitOfWork, member: Member, alert_id: int, form: Dismissal, *, now: datetime) -> KpiAlert:
    """Close it as no problem, with the reason. It is not opened again before the KPI has been on target."""
    alert = silenceable(work, member, alert_id)
    return close_by_hand(work, alert, AlertClosing.DISMISSED, by=member.user_id, now=now, reason=form.reason)


def close_by_hand(
    work: UnitOfWork, alert: KpiAlert, closing: AlertClosing, *, by: str, now: datetime, reason: str = ""
) -> KpiAlert:
    """Close an alert without a value that says so."""
    newest = work.of(KpiReading).find(kpi_id=alert.kpi_id, segment=alert.segment, order="-period", limit=1)
    closed_by = newest[0].id if newest else alert.opened_by
    closed = {"closing": closing, "closed_at": now, "reason": reason, "closed_by": closed_by}
    return move(work, alert, by=by, now=now, verb=closing, **closed).record
