"""Where alerts are told: each in a card of its own, many at once in one table."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from domain.cards.actions import post_card
from domain.core.message import Urgency
from domain.core.ports import UnitOfWork
from domain.kpis.messages import KpiAlertTable
from domain.kpis.record import Kpi, KpiAlert
from domain.people.record import Notice
from domain.people.routing import channel_for, process_of

MANY = 5
"""More new alerts than these, in one channel and one run, are one message."""


def alert_key(alert_id: int) -> str:
    return f"kpi-alert:{alert_id}"


def missing_key(kpi_id: int, period: date) -> str:
    return f"kpi:{kpi_id}:missing:{period}"


def post_openings(work: UnitOfWork, *, now: datetime) -> Sequence[KpiAlert]:
    """Post what has not been told yet, and return it as it is now."""
    places: dict[str, list[KpiAlert]] = defaultdict(list)
    untold = work.of(KpiAlert).find(card="")
    for alert in untold:
        places[place_of(work, work.of(Kpi).get(alert.kpi_id))].append(alert)
    told: list[KpiAlert] = []
    for place, alerts in places.items():
        if len(alerts) > MANY and place:
            told += _tell_together(work, alerts, place, now)
        else:
            told += [_tell(work, alert, place, now) for alert in alerts]
    return told


def place_of(work: UnitOfWork, kpi: Kpi) -> str:
    """The channel of a KPI's alerts; else a person of it, else where issues are triaged."""
    channel = kpi.channel or channel_for(work, process_of(work, kpi.process_id), "", Notice.KPIS)
    return channel or kpi.owner or kpi.data_owner or work.workspace.triage_channel


def _tell(work: UnitOfWork, alert: KpiAlert, place: str, now: datetime) -> KpiAlert:
    post_card(work, alert, place, urgency=Urgency.ALERT)
    return work.of(KpiAlert).change(alert, by="", at=now, verb="told", card=alert_key(alert.id)).record


def _tell_together(work: UnitOfWork, alerts: list[KpiAlert], place: str, now: datetime) -> list[KpiAlert]:
    key = f"kpi-alerts:{alerts[0].id}"
    work.outbox.say(KpiAlertTable(tuple(alert.id for alert in alerts)), to=place, once=key)
    return [work.of(KpiAlert).change(alert, by="", at=now, verb="told", card=key).record for alert in alerts]
