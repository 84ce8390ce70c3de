"""Alerts brought to what values say: opened, made worse, closed, each told once (`domain.rules.kpi_machine`)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.enumerations import AlertClosing, AlertSeverity, AlertStory, KpiState
from domain.errors import Problem
from domain.messages import KpiAlertNote
from domain.ports import UnitOfWork
from domain.records.kpis import Kpi, KpiAlert, KpiReading, KpiSeries
from domain.rules.kpi_machine import WINDOW, Episode, Judged, Judgement, Rules, RulesOfTime, judge
from domain.rules.kpi_told import Told, is_news, match
from domain.use_cases.kpi_signals import signals_after, tell_all
from domain.use_cases.kpi_telling import alert_key, missing_key

OVER = (AlertClosing.CORRECTED, AlertClosing.ARCHIVED)
"""Ways of closing after which an alert is no part of the series' story any more."""


def judge_new_values(work: UnitOfWork, *, now: datetime, limit: int = 5_000) -> int:
    """Judge every value that has not been judged, whoever brought it. Returns how many."""
    readings = work.kpi_readings.find(judged_at=None, order="period", limit=limit)
    first: dict[tuple[int, str], date] = {}
    for reading in readings:
        first.setdefault((reading.kpi_id, reading.segment), reading.period)
        work.outbox.refresh(missing_key(reading.kpi_id, reading.period))
    work.kpi_readings.change_all([{"id": reading.id, "judged_at": now} for reading in readings])
    kpis = {kpi.id: kpi for kpi in work.kpis.find(id=tuple({kpi_id for kpi_id, _ in first}))} if first else {}
    for (kpi_id, segment), since in first.items():
        if kpi_id in kpis:
            judge_series(work, kpis[kpi_id], segment, since=since, now=now)
    tell_all(work, now=now)
    return len(readings)


def judge_series(work: UnitOfWork, kpi: Kpi, segment: str, *, since: date, now: datetime) -> None:
    """Judge one series after values from the period `since` on came or changed; `tell_all` then posts new cards.

    A KPI that is archived, or whose target another program made unreadable, stays as it is.
    """
    series = _series(work, kpi, segment)
    if kpi.archived_at is not None or not series.readings:
        return
    try:
        rules = RulesOfTime(kpi, work.kpi_versions.find(kpi_id=kpi.id))
    except Problem:
        return
    values = [Judged(reading.period, reading.value, rules.at(reading.period)) for reading in series.readings]
    judgement = judge(values, series.already())
    keep_state(work, kpi, segment, judgement.state, now=now)
    matching = match(judgement.episodes, series.told())
    for alert_id in matching.gone:
        _correct(work, series.alerts[alert_id], now)
    for alert_id, episode in sorted(matching.same, key=lambda pair: pair[1].until is None):  # close, then reopen
        _bring_up(work, series, series.alerts[alert_id], episode, since, now)
    for episode in matching.new:
        if is_news(episode, kpi.frequency, series.readings[-1].period):
            _add(work, series, episode, now)
    _say_newest(work, series, judgement, values[-1].rules, now)
    signals_after(work, kpi, segment, since=since, now=now)


def keep_state(work: UnitOfWork, kpi: Kpi, segment: str, state: KpiState, *, now: datetime) -> None:
    """Note how a series stands."""
    known = work.kpi_series.one(kpi_id=kpi.id, segment=segment)
    if known is None:
        work.kpi_series.add(KpiSeries(kpi_id=kpi.id, segment=segment, state=state), by="", at=now)
    elif known.state is not state:
        work.kpi_series.change(known, by="", at=now, state=state)


@dataclass(frozen=True, slots=True)
class _Series:
    """One series: its newest values in order of period, and its alerts."""

    kpi: Kpi
    segment: str
    readings: Sequence[KpiReading]
    alerts: dict[int, KpiAlert]
    known: dict[int, date]  # reading → period, of the alerts too
    at: dict[date, KpiReading]

    def told(self) -> list[Told]:
        """The alerts that these values can still change."""
        first = self.readings[0].period
        made = [_told(alert, self.known) for alert in self.alerts.values() if alert.closing not in OVER]
        return [told for told in made if told.until is None or told.until >= first]

    def already(self) -> Episode | None:
        """The alert that was open before the first of these values."""
        if len(self.readings) < WINDOW:
            return None
        first = self.readings[0].period
        older = [told for told in self.told() if told.since < first and not told.dismissed]
        return Episode(older[-1].since, older[-1].severity) if older else None

    def reading_at(self, period: date, otherwise: int) -> int:
        return self.at[period].id if period in self.at else otherwise


def _series(work: UnitOfWork, kpi: Kpi, segment: str) -> _Series:
    readings = work.kpi_readings.find(kpi_id=kpi.id, segment=segment, order="-period", limit=WINDOW)[::-1]
    alerts = work.kpi_alerts.find(kpi_id=kpi.id, segment=segment)
    known = {reading.id: reading.period for reading in readings}
    further = {id_ for alert in alerts for id_ in (alert.opened_by, alert.closed_by) if id_} - set(known)
    if further:
        known |= {reading.id: reading.period for reading in work.kpi_readings.find(id=tuple(further))}
    at = {reading.period: reading for reading in readings}
    return _Series(kpi, segment, readings, {alert.id: alert for alert in alerts}, known, at)


def _told(alert: KpiAlert, known: dict[int, date]) -> Told:
    until = None if alert.closed_at is None else known.get(alert.closed_by or 0, date.min)
    since = known.get(alert.opened_by, date.min)
    return Told(alert.id, since, alert.severity, until, dismissed=alert.closing is AlertClosing.DISMISSED)


def _add(work: UnitOfWork, series: _Series, episode: Episode, now: datetime) -> None:
    """Open it; or keep it as one that was over before anybody knew of it."""
    alert = KpiAlert(
        kpi_id=series.kpi.id,
        segment=series.segment,
        severity=episode.severity,
        opened_by=series.at[episode.since].id,
        opened_at=now,
    )
    if episode.until is not None:
        over = series.at[episode.until].id
        alert = replace(alert, closed_by=over, closed_at=now, closing=AlertClosing.RECOVERED)
    work.kpi_alerts.add(alert, by="", at=now, verb="opened")


def _bring_up(work: UnitOfWork, series: _Series, alert: KpiAlert, episode: Episode, since: date, now: datetime) -> None:
    """Bring an alert to what its values say now, and tell the one thing of it that matters most."""
    was_open, was_severity = alert.closed_at is None, alert.severity
    changes: dict[str, object] = {"opened_by": series.reading_at(episode.since, alert.opened_by)}
    changes["severity"] = episode.severity
    changes = {name: value for name, value in changes.items() if getattr(alert, name) != value}
    if episode.until is None and not was_open:
        changes |= {"closed_by": None, "closed_at": None, "closing": None, "unattended_since": now, "escalated": ()}
    if changes:
        alert = work.kpi_alerts.change(alert, by="", at=now, verb="judged", **changes)
    if episode.until is not None and (was_open or alert.closed_by != series.at[episode.until].id):
        alert = _close(work, alert, AlertClosing.RECOVERED, series.at[episode.until].id, now)
        if was_open:
            _note(work, alert, series.at[episode.until], AlertStory.RECOVERED)
    elif episode.until is None and not was_open:
        _note(work, alert, series.readings[-1], AlertStory.AGAIN)
    elif episode.worse and (was_severity, episode.severity) == (AlertSeverity.WARNING, AlertSeverity.BREACH):
        _note(work, alert, series.at[episode.worse], AlertStory.WORSE)
    if alert.card and (episode.until is None or episode.until >= since):
        work.outbox.refresh(alert.card)


def _correct(work: UnitOfWork, alert: KpiAlert, now: datetime) -> None:
    """The values that opened it were wrong."""
    closed_by = alert.closed_by or alert.opened_by
    alert = _close(work, alert, AlertClosing.CORRECTED, closed_by, now)
    _note(work, alert, work.kpi_readings.get(alert.opened_by), AlertStory.CORRECTED)
    if alert.card:
        work.outbox.refresh(alert.card)


def _close(work: UnitOfWork, alert: KpiAlert, closing: AlertClosing, closed_by: int, now: datetime) -> KpiAlert:
    at = alert.closed_at or now
    return work.kpi_alerts.change(
        alert, by="", at=now, verb="closed", closed_by=closed_by, closed_at=at, closing=closing
    )


def _say_newest(work: UnitOfWork, series: _Series, judgement: Judgement, rules: Rules, now: datetime) -> None:
    """In the thread of the open alert: that a further value came, once for its period. A snoozed one is silent."""
    newest, episode = series.readings[-1], judgement.open
    alert = work.kpi_alerts.one(kpi_id=series.kpi.id, segment=series.segment, closed_at=None)
    if alert is None or episode is None or newest.judged_at != now or newest.period in (episode.since, episode.worse):
        return  # nothing new in it
    if alert.id in series.alerts and series.alerts[alert.id].opened_by == newest.id:
        return  # the card told it
    if alert.snoozed_next is not None and newest.period > alert.snoozed_next:
        alert = work.kpi_alerts.change(
            alert, by="", at=now, verb="woken", snoozed_by="", snoozed_next=None, unattended_since=now
        )
    if alert.snoozed_next is None and alert.snoozed_until is None:
        _note(work, alert, newest, AlertStory.STILL if rules.beyond(newest.value) else AlertStory.BETTER)


def _note(work: UnitOfWork, alert: KpiAlert, reading: KpiReading, story: AlertStory) -> None:
    """At most once for a period; what changes the alert, once for each value that does."""
    once_a_period = story in (AlertStory.STILL, AlertStory.BETTER)
    about = f"{reading.period}" if once_a_period else f"{story}:{reading.id}:{reading.value}"
    note = KpiAlertNote(alert.id, reading.id, story)
    work.outbox.say(note, to="", reply_to=alert.card or alert_key(alert.id), once=f"kpi-alert:{alert.id}:{about}")
