"""Messages about KPIs."""

from domain.kpis.alerts.facts import AlertFacts, alert_facts
from domain.kpis.alerts.threads import later_values, story_values
from domain.kpis.messages import (
    KpiAlertEscalation,
    KpiAlertNote,
    KpiAlertTable,
    KpiAlertValues,
    KpiSourceFailed,
    KpiValueMissing,
)
from domain.kpis.record import Kpi, KpiAlert, KpiReading
from domain.kpis.values.missing import missing_key, segments_missing
from views.cards.looks import Look, Making
from views.core import Rendered
from views.kpis import (
    alerts as kpi_alerts,
    missing as kpi_missing,
    report_messages,
    signal_messages,
    sources as kpi_sources,
    stories as kpi_stories,
    threads as kpi_threads,
)


def _facts(making: Making, alert: KpiAlert) -> AlertFacts:
    return alert_facts(making.work, alert, now=making.now)


def _facts_of(alert_id: int, making: Making) -> AlertFacts:
    return _facts(making, making.work.of(KpiAlert).get(alert_id))


def _table(message: KpiAlertTable, making: Making) -> Rendered:
    return kpi_alerts.alert_table([_facts_of(alert_id, making) for alert_id in message.alerts], making.t)


def _note(message: KpiAlertNote, making: Making) -> Rendered:
    values = story_values(making.work, message.card, message.story, message.period, now=making.now)
    return kpi_threads.alert_note(values, message.story, making.t)


def _values(message: KpiAlertValues, making: Making) -> Rendered:
    alert = making.work.of(KpiAlert).get(message.alert_id)
    return kpi_threads.alert_values(*later_values(making.work, alert, now=making.now), making.t)


def _escalation(message: KpiAlertEscalation, making: Making) -> Rendered | None:
    facts = _facts_of(message.alert_id, making)
    waits = facts.is_open and not facts.alert.acknowledged_by
    return kpi_stories.escalation(facts, message.rung, message.person, making.t) if waits else None


def _missing(message: KpiValueMissing, making: Making) -> Rendered | None:
    work, period = making.work, message.period
    kpi = work.of(Kpi).get(message.kpi_id)
    missing = segments_missing(work, kpi, period)
    if missing:
        return kpi_missing.value_missing(kpi, period, missing, making.t) if kpi.archived_at is None else None
    came = work.of(KpiReading).find(kpi_id=kpi.id, period=period)
    asked = work.outbox.posted(missing_key(kpi.id, period)) is not None
    return kpi_missing.value_came(kpi, period, came, making.t) if asked else None


def _source_failed(message: KpiSourceFailed, making: Making) -> Rendered:
    kpi = making.work.of(Kpi).get(message.kpi_id)
    return kpi_sources.failed(kpi, message.source, message.cause, message.row, making.t)


KPIS: Look[Kpi, Kpi] = Look(
    "kpi",
    makers={
        KpiAlertEscalation: _escalation,
        KpiAlertNote: _note,
        KpiAlertTable: _table,
        KpiAlertValues: _values,
        KpiSourceFailed: _source_failed,
        KpiValueMissing: _missing,
        **report_messages.MAKERS,
        **signal_messages.MAKERS,
    },
)
ALERTS = Look("alert", _facts, card=kpi_alerts.alert_card, note=kpi_stories.alert_deed)
