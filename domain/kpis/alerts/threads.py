"""What the thread of an alert tells: one reply with the values that came since, and one for each change of the alert.

A reply is a function of the values as they are: it is posted once for the story and the period that it tells of, and
edited when another value, late or corrected, makes it another. So any order of arrival ends in the same thread.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from domain.core.ports import Since, UnitOfWork
from domain.kpis.alerts.cards import alert_key
from domain.kpis.messages import KpiAlertNote, KpiAlertValues
from domain.kpis.record import AlertClosing, AlertStory, KpiAlert, KpiReading


def values_key(alert_id: int) -> str:
    return f"{alert_key(alert_id)}:values"


def note_key(card: str, story: AlertStory, period: date) -> str:
    return f"{card}:{story}:{period}"


def update_thread(work: UnitOfWork, alert: KpiAlert, was: KpiAlert | None = None, *, since: date = date.min) -> None:
    """Bring the thread of an alert that is told to what it is now. `was`: what it was before; None if it is new.

    `since` is the first period whose value is new or corrected. Many alerts that opened at once share one message: that
    shows how each stands, so its thread tells only what changes them afterwards, in one reply for all that change in
    the same way with the same period.
    """
    alone = alert.card == alert_key(alert.id)
    if was is None and not alone:
        return
    periods = _periods(work, alert, was or alert)
    if alone:
        _tell_values(work, alert, periods)
    before, after = _told(was, periods) if was else set(), _told(alert, periods)
    for story, period in sorted(before - after):
        work.outbox.refresh(note_key(alert.card, story, period))
    for story, period in sorted(after, key=lambda told: told[1]):
        if (story, period) not in before:
            _tell(work, alert, story, period)
        elif alert != was or period >= since:
            work.outbox.refresh(note_key(alert.card, story, period))


def stories_of(alert: KpiAlert) -> dict[AlertStory, int]:
    """What there is to tell of an alert, each with the reading that did it."""
    if alert.closing is AlertClosing.CORRECTED:
        return {AlertStory.CORRECTED: alert.opened_by}
    over = alert.closed_by if alert.closing is AlertClosing.RECOVERED else None
    told = {AlertStory.WORSE: alert.worsened_by, AlertStory.AGAIN: alert.reopened, AlertStory.RECOVERED: over}
    return {story: reading_id for story, reading_id in told.items() if reading_id is not None}


def _told(alert: KpiAlert, periods: Mapping[int, date]) -> set[tuple[AlertStory, date]]:
    return {(story, periods[reading_id]) for story, reading_id in stories_of(alert).items()}


def _tell(work: UnitOfWork, alert: KpiAlert, story: AlertStory, period: date) -> None:
    note, key = KpiAlertNote(alert.card, story, period), note_key(alert.card, story, period)
    if not work.outbox.say(note, to="", reply_to=alert.card, once=key):
        work.outbox.refresh(key)


def _tell_values(work: UnitOfWork, alert: KpiAlert, periods: Mapping[int, date]) -> None:
    """A snoozed alert starts no reply; one that stands there is kept up to date."""
    key, silent = values_key(alert.id), alert.snoozed_next is not None or alert.snoozed_until is not None
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
