"""Messages about KPIs."""

from typing import Any

from bot.rendering.base import Maker, Making
from domain.messages import (
    KpiAlertCard,
    KpiAlertDeed,
    KpiAlertEscalation,
    KpiAlertNote,
    KpiAlertTable,
    KpiSourceFailed,
    KpiValueMissing,
    Message,
)
from domain.use_cases.kpi_alert_facts import AlertFacts, alert_facts
from domain.use_cases.kpi_missing import segments_missing
from domain.use_cases.kpi_telling import missing_key
from views import kpi_alerts, kpi_sources, kpi_stories, kpis
from views.blocks import Rendered


def _facts(alert_id: int, making: Making) -> AlertFacts:
    return alert_facts(making.work, making.work.kpi_alerts.get(alert_id), now=making.now)


def _card(message: KpiAlertCard, making: Making) -> Rendered:
    return kpi_alerts.alert_card(_facts(message.alert_id, making), making.t)


def _table(message: KpiAlertTable, making: Making) -> Rendered:
    return kpi_alerts.alert_table([_facts(alert_id, making) for alert_id in message.alerts], making.t)


def _note(message: KpiAlertNote, making: Making) -> Rendered:
    reading = making.work.kpi_readings.get(message.reading_id)
    return kpi_stories.alert_note(_facts(message.alert_id, making), reading, message.story, making.t)


def _deed(message: KpiAlertDeed, making: Making) -> Rendered | None:
    deed = making.work.activities.get(message.activity_id)
    return kpi_stories.alert_deed(_facts(message.alert_id, making), deed, making.t)


def _escalation(message: KpiAlertEscalation, making: Making) -> Rendered | None:
    facts = _facts(message.alert_id, making)
    waits = facts.is_open and not facts.alert.acknowledged_by
    return kpi_stories.escalation(facts, message.rung, message.person, making.t) if waits else None


def _missing(message: KpiValueMissing, making: Making) -> Rendered | None:
    work, period = making.work, message.period
    kpi = work.kpis.get(message.kpi_id)
    missing = segments_missing(work, kpi, period)
    if missing:
        return kpis.value_missing(kpi, period, missing, making.t) if kpi.archived_at is None else None
    came = work.kpi_readings.find(kpi_id=kpi.id, period=period)
    asked = work.outbox.posted(missing_key(kpi.id, period)) is not None
    return kpis.value_came(kpi, period, came, making.t) if asked else None


def _source_failed(message: KpiSourceFailed, making: Making) -> Rendered:
    return kpi_sources.failed(making.work.kpis.get(message.kpi_id), message.source, message.cause, making.t)


MAKERS: dict[type[Message], Maker[Any]] = {
    KpiAlertCard: _card,
    KpiAlertDeed: _deed,
    KpiAlertEscalation: _escalation,
    KpiAlertNote: _note,
    KpiAlertTable: _table,
    KpiSourceFailed: _source_failed,
    KpiValueMissing: _missing,
}
