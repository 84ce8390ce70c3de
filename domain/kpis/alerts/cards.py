"""Where alerts are told: each in a card of its own, many at once in one table."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from domain.cards.actions import post_card
from domain.core import UnitOfWork, Urgency
from domain.kpis.messages import KpiAlertTable
from domain.kpis.record import Kpi, KpiAlert
from domain.people.record import Notice
from domain.people.routing import channel_for, process_of

T = TypeVar("T")
MANY = 5
"""More new alerts than these, in one channel and one run, are one message."""


def alert_key(alert_id: int) -> str:
    return f"kpi-alert:{alert_id}"


def card_of(alert: KpiAlert) -> str:
    """The key of the message that shows it, or will."""
    return alert.card or alert_key(alert.id)


def post_openings(work: UnitOfWork, *, now: datetime) -> Sequence[KpiAlert]:
    """Post what has not been posted yet, and return it as it is now."""
    places: dict[str, list[KpiAlert]] = defaultdict(list)
    for alert in work.of(KpiAlert).find(card=""):
        places[place_of(work, work.of(Kpi).get(alert.kpi_id))].append(alert)
    posted: list[KpiAlert] = []
    for place, alerts in places.items():
        for group in together(alerts) if place else [[alert] for alert in alerts]:
            posted += _post(work, group, place, now)
    return posted


def together(items: list[T]) -> list[list[T]]:
    """What is posted in one message: each by itself, or all of many."""
    return [items] if len(items) > MANY else [[item] for item in items]


def place_of(work: UnitOfWork, kpi: Kpi) -> str:
    """The channel of a KPI's alerts; else a person of it, else where issues are triaged."""
    channel = kpi.channel or channel_for(work, process_of(work, kpi.process_id), "", Notice.KPIS)
    return channel or kpi.owner or kpi.data_owner or work.workspace.triage_channel


def _post(work: UnitOfWork, alerts: list[KpiAlert], place: str, now: datetime) -> list[KpiAlert]:
    """One card for one alert, or a table of many."""
    first, *others = alerts
    key = f"kpi-alerts:{first.id}" if others else alert_key(first.id)
    if not others:
        post_card(work, first, place, urgency=Urgency.ALERT)
    elif place:
        work.outbox.say(KpiAlertTable(tuple(alert.id for alert in alerts)), to=place, once=key)
    return [work.of(KpiAlert).change(alert, by="", at=now, verb="told", card=key).record for alert in alerts]
