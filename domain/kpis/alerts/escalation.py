"""What time does to alerts: what was promised lapses, silences end, and who comes next is asked."""

from collections.abc import Iterator
from datetime import datetime

from domain.calendars.working_days import calendar_of
from domain.core import UnitOfWork
from domain.kpis.alerts.cards import card_of
from domain.kpis.messages import KpiAlertEscalation
from domain.kpis.record import AlertLevel, Kpi, KpiAlert
from domain.lifecycle.moves import move
from domain.people.record import Department
from domain.people.routing import department_of, process_of, today_of, zone
from domain.people.working_hours import people_work

OWNER_DAYS, PROCESS_OWNER_DAYS = 1, 2
"""Working days without an answer; the head and the sponsor have theirs in the settings (`escalate_days`, …)."""


def end_silences(work: UnitOfWork, *, now: datetime) -> int:
    """End acknowledgements whose day has passed, and snoozes whose day has come, in working hours. Returns how many.

    What is snoozed does not lapse meanwhile.
    """
    if not people_work(work, now):
        return 0
    today, ended = today_of(None, work.workspace, now), 0
    for alert in work.of(KpiAlert).find(closed_at=None):
        if alert.snoozed_until is not None and alert.snoozed_until <= today:
            move(work, alert, by="", now=now, verb="woken", snoozed_by="", snoozed_until=None, unattended_since=now)
            ended += 1
        elif not alert.snoozed_by and alert.acknowledged_until is not None and alert.acknowledged_until < today:
            move(
                work,
                alert,
                by="",
                now=now,
                verb="lapsed",
                acknowledged_by="",
                acknowledged_until=None,
                next_step="",
                unattended_since=now,
                escalated=(),
            )
            ended += 1
    return ended


def escalate_alerts(work: UnitOfWork, *, now: datetime) -> int:
    """Ask whoever comes next, once each, where nobody has taken an alert on. Returns how many were asked."""
    if not people_work(work, now):
        return 0
    local, calendar = now.astimezone(zone(work.workspace.timezone)), calendar_of(work.workspace.country)
    asked = 0
    for alert in work.of(KpiAlert).find(closed_at=None, acknowledged_by="", snoozed_by=""):
        since = (alert.unattended_since or alert.opened_at).astimezone(local.tzinfo).date()
        waited = calendar.between(since, local.date())
        asked += _ask_next(work, alert, waited, now)
    return asked


def _ask_next(work: UnitOfWork, alert: KpiAlert, waited: int, now: datetime) -> int:
    """Ask each level that has come and was not asked yet."""
    kpi = work.of(Kpi).get(alert.kpi_id)
    levels = escalation_levels(work, kpi)
    new = [(level, person) for level, person, days in levels if waited >= days and level not in alert.escalated]
    if not new:
        return 0
    escalated = (*alert.escalated, *(level.value for level, _ in new))
    work.of(KpiAlert).change(alert, by="", at=now, verb="escalated", escalated=escalated)
    card, since = card_of(alert), (alert.unattended_since or alert.opened_at).date()
    asked = 0
    for level, person in new:
        if person:
            message, once = KpiAlertEscalation(alert.id, level, person), f"kpi-alert:{alert.id}:{since}:{level}"
            asked += work.outbox.say(message, to="", reply_to=card, once=once)
    return asked


def escalation_levels(work: UnitOfWork, kpi: Kpi) -> Iterator[tuple[AlertLevel, str, int]]:
    """Who is asked after how many working days: each person once, on the lowest level."""
    process = process_of(work, kpi.process_id)
    department = department_of(work, process)
    if department is None and kpi.departments:
        department = work.of(Department).one(id=kpi.departments[0])
    settings = work.workspace
    levels = (
        (AlertLevel.OWNER, kpi.owner, OWNER_DAYS),
        (AlertLevel.PROCESS_OWNER, process.owner if process else "", PROCESS_OWNER_DAYS),
        (AlertLevel.HEAD, department.head if department else "", settings.escalate_days),
        (AlertLevel.SPONSOR, settings.sponsor, settings.sponsor_days),
    )
    met: set[str] = set()
    for level, person, days in levels:
        yield level, "" if person in met else person, days
        met.add(person)
