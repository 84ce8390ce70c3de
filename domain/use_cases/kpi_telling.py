"""Where alerts are told: each in a card of its own, many at once in one table."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from domain.enumerations import Notice
from domain.messages import KpiAlertCard, KpiAlertTable
from domain.ports import UnitOfWork
from domain.records.kpis import Kpi, KpiAlert
from domain.use_cases.places import channel_for, process_of

MANY = 5
"""More new alerts than these, in one channel and one run, are one message."""


def alert_key(alert_id: int) -> str:
    return f"kpi-alert:{alert_id}"


def missing_key(kpi_id: int, period: date) -> str:
    return f"kpi:{kpi_id}:missing:{period}"


def tell_openings(work: UnitOfWork, *, now: datetime) -> Sequence[KpiAlert]:
    """Post what has not been told yet, and return it."""
    places: dict[str, list[KpiAlert]] = defaultdict(list)
    untold = work.kpi_alerts.find(card="")
    for alert in untold:
        places[place_of(work, work.kpis.get(alert.kpi_id))].append(alert)
    for place, alerts in places.items():
        if len(alerts) > MANY and place:
            _tell_together(work, alerts, place, now)
        else:
            for alert in alerts:
                _tell(work, alert, place, now)
    return untold


def place_of(work: UnitOfWork, kpi: Kpi) -> str:
    """The channel of a KPI's alerts; else a person of it, else where issues are triaged."""
    channel = kpi.channel or channel_for(work, process_of(work, kpi.process_id), "", Notice.KPIS)
    return channel or kpi.owner or kpi.data_owner or work.workspace.triage_channel


def _tell(work: UnitOfWork, alert: KpiAlert, place: str, now: datetime) -> None:
    key = alert_key(alert.id)
    work.kpi_alerts.change(alert, by="", at=now, verb="told", card=key)
    if place:
        work.outbox.say(KpiAlertCard(alert.id), to=place, once=key)


def _tell_together(work: UnitOfWork, alerts: list[KpiAlert], place: str, now: datetime) -> None:
    key = f"kpi-alerts:{alerts[0].id}"
    for alert in alerts:
        work.kpi_alerts.change(alert, by="", at=now, verb="told", card=key)
    work.outbox.say(KpiAlertTable(tuple(alert.id for alert in alerts)), to=place, once=key)
