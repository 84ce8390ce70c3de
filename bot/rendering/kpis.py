"""Messages about KPIs."""

from typing import Any

from bot.rendering.base import Maker, Making
from domain.messages import KpiAlertCard, KpiAlertNote, KpiValueMissing, Message
from domain.use_cases.kpis import RECENT, missing_key
from views import kpis
from views.blocks import Rendered
from views.kpis import AlertFacts


def _facts(alert_id: int, making: Making) -> AlertFacts:
    work = making.work
    alert = work.kpi_alerts.get(alert_id)
    recent = work.kpi_readings.find(kpi_id=alert.kpi_id, order="-period", limit=RECENT)[::-1]
    latest = work.kpi_readings.get(alert.closed_by) if alert.closed_by else recent[-1]
    return AlertFacts(alert, work.kpis.get(alert.kpi_id), work.kpi_readings.get(alert.opened_by), latest, recent)


def _card(message: KpiAlertCard, making: Making) -> Rendered:
    return kpis.alert_card(_facts(message.alert_id, making), making.t)


def _note(message: KpiAlertNote, making: Making) -> Rendered:
    reading = making.work.kpi_readings.get(message.reading_id)
    return kpis.alert_note(_facts(message.alert_id, making), reading, making.t)


def _missing(message: KpiValueMissing, making: Making) -> Rendered | None:
    work = making.work
    kpi = work.kpis.get(message.kpi_id)
    reading = work.kpi_readings.one(kpi_id=kpi.id, period=message.period)
    if reading is None:
        return kpis.value_missing(kpi, message.period, making.t)
    asked = work.outbox.posted(missing_key(kpi.id, message.period)) is not None
    return kpis.value_came(kpi, reading, making.t) if asked else None


MAKERS: dict[type[Message], Maker[Any]] = {KpiAlertCard: _card, KpiAlertNote: _note, KpiValueMissing: _missing}
