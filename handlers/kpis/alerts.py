"""What people do with the buttons of a KPI alert."""

from collections.abc import Callable
from typing import Any

from domain.calendars.working_days import calendar_of
from domain.kpis.alerts import actions as use
from domain.kpis.alerts.facts import alert_facts
from domain.kpis.alerts.forms import Acknowledgement, Dismissal, Snooze
from domain.kpis.record import KpiAlert
from domain.people.routing import link_to
from handlers import issues
from handlers.core import Done, Open, Reply, Request, Routes, Say, form_of, metadata_of
from views.kpis import alert_dialogs as kpi_alert_dialogs, alerts as kpi_alerts

routes = Routes()
WORKING_DAYS_TO_ACT = 3


@routes.action("kpi.alert")
def show_alert(request: Request) -> Reply:
    """'Open' in a table of alerts, or in the list: the card, in private."""
    with request.reading() as work:
        facts = alert_facts(work, work.of(KpiAlert).get(request.record_id), now=request.now)
    return Say(kpi_alerts.alert_card(facts, request.t))


@routes.action("kpi.acknowledge")
def open_acknowledgement(request: Request) -> Reply:
    with request.reading() as work:
        facts = alert_facts(work, use.still_open(work, request.record_id), now=request.now)
        today = request.today(work)
        until = facts.alert.acknowledged_until or calendar_of(work.workspace.country).after(today, WORKING_DAYS_TO_ACT)
    kept = metadata_of(alert=facts.alert.id, seen=facts.alert.acknowledged_by)
    me, day = request.member.user_id, until.isoformat()
    return Open(kpi_alert_dialogs.acknowledge_form(facts, request.t, kept, person=me, until=day))


@routes.submission("kpi.acknowledge")
def acknowledge(request: Request) -> Reply:
    form, kept = form_of(request, Acknowledgement), request.metadata
    with request.writing() as work:
        use.acknowledge(work, request.member, kept["alert"], form, seen_by=kept.get("seen", ""), now=request.now)
    return Done()


@routes.action("kpi.snooze")
def open_snooze(request: Request) -> Reply:
    return _open(request, kpi_alert_dialogs.snooze_form)


@routes.submission("kpi.snooze")
def snooze(request: Request) -> Reply:
    form = form_of(request, Snooze)
    with request.writing() as work:
        use.snooze(work, request.member, request.metadata["alert"], form, now=request.now)
    return Done()


@routes.action("kpi.dismiss")
def open_dismissal(request: Request) -> Reply:
    return _open(request, kpi_alert_dialogs.dismiss_form)


@routes.submission("kpi.dismiss")
def dismiss(request: Request) -> Reply:
    form = form_of(request, Dismissal)
    with request.writing() as work:
        use.dismiss(work, request.member, request.metadata["alert"], form, now=request.now)
    return Done()


@routes.action("kpi.issue")
def open_issue_form(request: Request) -> Reply:
    """'File an issue': the form, with what the alert says. The issue links to the card, its thread to the issue."""
    with request.reading() as work:
        facts = alert_facts(work, work.of(KpiAlert).get(request.record_id), now=request.now)
        channel, ts = work.outbox.posted(facts.alert.card) or ("", "")
        link = link_to(work, facts.alert.card)
    draft = kpi_alerts.issue_draft(facts.kpi, facts.alert.segment, facts.latest, facts.rules, request.t)
    place = {"channel": request.channel_id, "message_channel": channel, "message_ts": ts, "permalink": link}
    return issues.form_with(request, draft, **place)


def _open(request: Request, form: Callable[..., dict[str, Any]]) -> Reply:
    with request.reading() as work:
        facts = alert_facts(work, use.silenceable(work, request.member, request.record_id), now=request.now)
    return Open(form(facts, request.t, metadata_of(alert=facts.alert.id)))
