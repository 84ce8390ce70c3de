"""What the replies in an alert's thread show, from the values as they are."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from domain.core.ports import Before, Since, UnitOfWork
from domain.kpis.alerts.facts import AlertFacts, alert_facts
from domain.kpis.alerts.machine import WINDOW, Rules, rules_at
from domain.kpis.alerts.threads import stories_of
from domain.kpis.record import AlertClosing, AlertStory, KpiAlert, KpiReading, KpiVersion

VALUES_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Turn:
    """A value in the story of an alert, with the rules of its time."""

    facts: AlertFacts
    reading: KpiReading
    rules: Rules


def turns_of(work: UnitOfWork, card: str, story: AlertStory, period: date, *, now: datetime) -> list[Turn]:
    """Of which alerts in the message `card` it is so, with the value for `period`; of none, if it is so no more."""
    turns = []
    for alert in work.of(KpiAlert).find(card=card):
        reading_id = stories_of(alert).get(story)
        reading = work.of(KpiReading).get(reading_id) if reading_id else None
        if reading and reading.period == period:
            turns += _turns(work, alert, [reading], now)
    return turns


def values_of(work: UnitOfWork, alert: KpiAlert, *, now: datetime) -> tuple[list[Turn], int]:
    """The newest values after the one that opened it, in order of period, and how many come before them.

    Values that have replies of their own are not among them.
    """
    if alert.closing is AlertClosing.CORRECTED:
        return [], 0
    since = work.of(KpiReading).get(alert.opened_by).period
    until = work.of(KpiReading).get(alert.closed_by).period + timedelta(days=1) if alert.closed_by else None
    series: dict[str, Any] = {"kpi_id": alert.kpi_id, "segment": alert.segment}
    there = Since(since) if until is None else Before(until)
    found = work.of(KpiReading).find(**series, period=there, order="-period", limit=WINDOW)
    own = {alert.opened_by, *(id_ for story, id_ in stories_of(alert).items() if story is not AlertStory.AGAIN)}
    values = [one for one in found if one.period > since and one.id not in own]
    shown = values[:VALUES_SHOWN][::-1]
    return _turns(work, alert, shown, now), len(values) - len(shown)


def _turns(work: UnitOfWork, alert: KpiAlert, readings: list[KpiReading], now: datetime) -> list[Turn]:
    facts, versions = alert_facts(work, alert, now=now), work.of(KpiVersion).find(kpi_id=alert.kpi_id)
    return [Turn(facts, reading, rules_at(versions, facts.kpi, reading.period)) for reading in readings]
