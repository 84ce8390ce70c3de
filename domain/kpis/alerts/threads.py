"""The thread of an alert: one reply with the values that came since, and one for each change of the alert.

A reply is a function of the values as they are: it is posted once for the story and the period that it tells of, and
edited when another value, late or corrected, makes it another. So any order of arrival ends in the same thread.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from domain.core import Before, Since, UnitOfWork
from domain.kpis.alerts.cards import alert_key
from domain.kpis.alerts.facts import AlertFacts, alert_facts
from domain.kpis.alerts.machine import WINDOW, Rules, rules_at
from domain.kpis.messages import KpiAlertNote, KpiAlertValues
from domain.kpis.record import AlertClosing, AlertStory, KpiAlert, KpiReading, KpiVersion

VALUES_SHOWN = 10


@dataclass(frozen=True, slots=True)
class ThreadValue:
    """A value in the story of an alert, with the rules of its time."""

    facts: AlertFacts
    reading: KpiReading
    rules: Rules


def note_key(card: str, story: AlertStory, period: date) -> str:
    return f"{card}:{story}:{period}"


def update_thread(work: UnitOfWork, alert: KpiAlert, was: KpiAlert | None = None, *, since: date = date.min) -> None:
    """Bring the thread of an alert that is posted to what it is now. `was`: what it was before; None if it is new.

    `since` is the first period whose value is new or corrected. Many alerts that opened at once share one message: that
    shows how each stands, so its thread tells only what changes them afterwards, in one reply for all that change in
    the same way with the same period.
    """
    alone = alert.card == alert_key(alert.id)
    if was is None and not alone:
        return
    periods = _periods(work, alert, was or alert)
    if alone:
        _post_values(work, alert, periods)
    before, after = _stories(was, periods) if was else set(), _stories(alert, periods)
    for story, period in sorted(before - after):
        work.outbox.refresh(note_key(alert.card, story, period))
    for story, period in sorted(after, key=lambda one: one[1]):
        if (story, period) not in before:
            _post_note(work, alert, story, period)
        elif alert != was or period >= since:
            work.outbox.refresh(note_key(alert.card, story, period))


def stories_of(alert: KpiAlert) -> dict[AlertStory, int]:
    """What there is to tell of an alert, each with the reading that did it."""
    if alert.closing is AlertClosing.CORRECTED:
        return {AlertStory.CORRECTED: alert.opened_by}
    over = alert.closed_by if alert.closing is AlertClosing.RECOVERED else None
    by = {AlertStory.WORSE: alert.worsened_by, AlertStory.AGAIN: alert.reopened, AlertStory.RECOVERED: over}
    return {story: reading_id for story, reading_id in by.items() if reading_id is not None}


def story_values(work: UnitOfWork, card: str, story: AlertStory, period: date, *, now: datetime) -> list[ThreadValue]:
    """Of which alerts in the message `card` it is so, with the value for `period`; of none, if it is so no more."""
    values = []
    for alert in work.of(KpiAlert).find(card=card):
        reading_id = stories_of(alert).get(story)
        reading = work.of(KpiReading).get(reading_id) if reading_id else None
        if reading and reading.period == period:
            values += _with_rules(work, alert, [reading], now)
    return values


def later_values(work: UnitOfWork, alert: KpiAlert, *, now: datetime) -> tuple[list[ThreadValue], int]:
    """The newest values after the one that opened it, in order of period, and how many come before them.

    Values that have replies of their own are not among them.
    """
    if alert.closing is AlertClosing.CORRECTED:
        return [], 0
    since = work.of(KpiReading).get(alert.opened_by).period
    until = work.of(KpiReading).get(alert.closed_by).period + timedelta(days=1) if alert.closed_by else None
    series: dict[str, Any] = {"kpi_id": alert.kpi_id, "segment": alert.segment}
    there = Since(since) if until is None else Before(until)
    readings = work.of(KpiReading).find(**series, period=there, order="-period", limit=WINDOW)
    own = {alert.opened_by, *(id_ for story, id_ in stories_of(alert).items() if story is not AlertStory.AGAIN)}
    values = [one for one in readings if one.period > since and one.id not in own]
    newest = values[:VALUES_SHOWN][::-1]
    return _with_rules(work, alert, newest, now), len(values) - len(newest)


def _stories(alert: KpiAlert, periods: Mapping[int, date]) -> set[tuple[AlertStory, date]]:
    return {(story, periods[reading_id]) for story, reading_id in stories_of(alert).items()}


def _post_note(work: UnitOfWork, alert: KpiAlert, story: AlertStory, period: date) -> None:
    note, key = KpiAlertNote(alert.card, story, period), note_key(alert.card, story, period)
    if not work.outbox.say(note, to="", reply_to=alert.card, once=key):
        work.outbox.refresh(key)


def _post_values(work: UnitOfWork, alert: KpiAlert, periods: Mapping[int, date]) -> None:
    """A snoozed alert starts no reply; one that stands there is kept up to date."""
    key, silent = f"{alert_key(alert.id)}:values", alert.snoozed_next is not None or alert.snoozed_until is not None
    new = not silent and _has_values(work, alert, periods)
    if not new or not work.outbox.say(KpiAlertValues(alert.id), to="", reply_to=alert.card, once=key):
        work.outbox.refresh(key)


def _has_values(work: UnitOfWork, alert: KpiAlert, periods: Mapping[int, date]) -> bool:
    """Whether a value came after the one that opened it, but for those that have replies of their own."""
    if alert.closing is AlertClosing.CORRECTED:
        return False
    until = periods[alert.closed_by] if alert.closed_by is not None else date.max
    after = Since(periods[alert.opened_by] + timedelta(days=1))
    series = {"kpi_id": alert.kpi_id, "segment": alert.segment, "period": after}
    next_two = work.of(KpiReading).pick("id", "period", **series, order="period", limit=2)
    return any(period < until and reading_id != alert.worsened_by for reading_id, period in next_two)


def _periods(work: UnitOfWork, *alerts: KpiAlert) -> dict[int, date]:
    ids = {one for alert in alerts for one in (alert.opened_by, alert.closed_by, *stories_of(alert).values()) if one}
    return dict(work.of(KpiReading).pick("id", "period", id=tuple(ids)))


def _with_rules(work: UnitOfWork, alert: KpiAlert, readings: list[KpiReading], now: datetime) -> list[ThreadValue]:
    facts, versions = alert_facts(work, alert, now=now), work.of(KpiVersion).find(kpi_id=alert.kpi_id)
    return [ThreadValue(facts, reading, rules_at(versions, facts.kpi, reading.period)) for reading in readings]
