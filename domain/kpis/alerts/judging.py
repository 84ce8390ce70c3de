"""Series judged, and their alerts and signals brought to what the values say (`domain.kpis.alerts.machine`).

Values open an alert, make it worse, close it, open it again, or retract it.
"""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from domain.core import UnitOfWork
from domain.kpis.alerts.machine import Episode, Judged, judge, readable_rules, when_late
from domain.kpis.alerts.series import JudgedSeries, series_of
from domain.kpis.alerts.threads import update_thread
from domain.kpis.charts.signals import post_news, signals_after
from domain.kpis.matching import is_news, match
from domain.kpis.record import NEVER_POSTED, AlertClosing, Kpi, KpiAlert, KpiReading, KpiSeries, KpiState, KpiVersion
from domain.kpis.values.missing import missing_key, record_state
from domain.kpis.values.periods import period_end


def judge_new_values(work: UnitOfWork, *, now: datetime, limit: int = 5_000) -> int:
    """Judge every value that has not been judged, whoever brought it. Returns how many."""
    readings = work.of(KpiReading).find(judged_at=None, order="period", limit=limit)
    first: dict[tuple[int, str], date] = {}
    for reading in readings:
        first.setdefault((reading.kpi_id, reading.segment), reading.period)
        work.outbox.refresh(missing_key(reading.kpi_id, reading.period))
    work.of(KpiReading).change_all([{"id": reading.id, "judged_at": now} for reading in readings])
    kpis = {kpi.id: kpi for kpi in work.of(Kpi).find(id=tuple({kpi_id for kpi_id, _ in first}))} if first else {}
    for (kpi_id, segment), since in first.items():
        if kpi_id in kpis:
            judge_series(work, kpis[kpi_id], segment, since=since, now=now)
    post_news(work, now=now)
    return len(readings)


def judge_series(
    work: UnitOfWork, kpi: Kpi, segment: str, *, since: date, now: datetime, quietly: bool = False
) -> None:
    """Judge one series after values from the period `since` on came or changed; `post_news` then posts what is new.

    `quietly`: the values are the same, and are judged in another way. What was off target by that, and is over, is no
    news.
    A KPI that is archived, or whose target another program made unreadable, stays as it is.
    """
    series = series_of(work, kpi, segment) if kpi.archived_at is None else None
    rules = readable_rules(kpi, work.of(KpiVersion).find(kpi_id=kpi.id)) if series else None
    if series is None or rules is None:
        return
    values = [Judged(point.period, point.value, rules.at(point.period)) for point in series.points]
    judgement = judge(values, series.already())
    _record_state(work, series, judgement.state, now)
    matching = match(judgement.episodes, series.posted())
    for alert_id in matching.gone:
        _retract(work, series.alerts[alert_id], now)
    for alert_id, episode in sorted(matching.same, key=lambda pair: pair[1].until is None):  # close, then reopen
        _reconcile(work, series, series.alerts[alert_id], episode, since=since, now=now)
    for episode in matching.new:
        if is_news(episode, kpi.frequency, series.newest):
            _add(work, series, episode, now, quietly=quietly)
    signals_after(work, kpi, segment, since=since, now=now, newest=series.points)


def _record_state(work: UnitOfWork, series: JudgedSeries, state: KpiState, now: datetime) -> None:
    """The series stays late where its newest value is not the one missing."""
    kpi, segment = series.kpi, series.segment
    stored = work.of(KpiSeries).one(kpi_id=kpi.id, segment=segment) or KpiSeries(kpi_id=kpi.id, segment=segment)
    late = stored.late if stored.late and period_end(series.newest, kpi.frequency) < stored.late else None
    record_state(work, stored, when_late(state) if late else state, late, now=now)


def _add(work: UnitOfWork, series: JudgedSeries, episode: Episode, now: datetime, *, quietly: bool) -> None:
    """Keep a time off target that nobody has heard of, over or not; `post_news` posts its card.

    `quietly`: not if it is over.
    """
    alert = KpiAlert(
        kpi_id=series.kpi.id,
        segment=series.segment,
        severity=episode.severity,
        opened_by=series.at[episode.since],
        opened_at=now,
        worsened_by=series.at[episode.worse] if episode.worse else None,
    )
    if episode.until is not None:
        alert = replace(alert, **_ending(series, alert, episode, now), card=NEVER_POSTED if quietly else "")
    work.of(KpiAlert).add(alert, by="", at=now, verb="opened")


def _reconcile(
    work: UnitOfWork, series: JudgedSeries, alert: KpiAlert, episode: Episode, *, since: date, now: datetime
) -> None:
    """Bring an alert to what its values say now; `since` is the first period whose value is new or corrected."""
    wanted = _lines(series, alert, episode) | _ending(series, alert, episode, now) | _waking(series, alert, now)
    changes = {name: value for name, value in wanted.items() if getattr(alert, name) != value}
    changed = alert
    if changes:
        verb = "closed" if changes.get("closing") else "judged"
        changed = work.of(KpiAlert).change(alert, by="", at=now, verb=verb, **changes).record
    if changes or episode.until is None or episode.until >= since:
        _show(work, changed, alert, since)


def _retract(work: UnitOfWork, alert: KpiAlert, now: datetime) -> None:
    """The values that opened it were wrong, or not all there."""
    changed = work.of(KpiAlert).change(
        alert,
        by="",
        at=now,
        verb="closed",
        closed_by=alert.closed_by or alert.opened_by,
        closed_at=alert.closed_at or now,
        closing=AlertClosing.CORRECTED,
    )
    _show(work, changed.record, alert)


def _show(work: UnitOfWork, alert: KpiAlert, was: KpiAlert, since: date = date.min) -> None:
    if was.is_posted:
        work.outbox.refresh(was.card)
        update_thread(work, alert, was, since=since)


def _lines(series: JudgedSeries, alert: KpiAlert, episode: Episode) -> dict[str, Any]:
    """Which value opened it, how bad it is, and with which value it became so."""
    if episode.since < series.first:  # older than the values that are looked at
        opened_by, worse = alert.opened_by, alert.worsened_by
    else:
        opened_by, worse = series.at[episode.since], None
    worse = series.at[episode.worse] if episode.worse else worse
    return {"opened_by": opened_by, "severity": episode.severity, "worsened_by": worse}


def _ending(series: JudgedSeries, alert: KpiAlert, episode: Episode, now: datetime) -> dict[str, Any]:
    if episode.until is not None:
        at = alert.closed_at or now
        return {"closed_by": series.at[episode.until], "closed_at": at, "closing": AlertClosing.RECOVERED}
    if alert.closed_at is None:
        return {}
    nobodys = {"unattended_since": now, "escalated": ()}
    if not alert.is_posted:  # it is news
        return {"closed_by": None, "closed_at": None, "closing": None, "card": "", "opened_at": now, **nobodys}
    return {"closed_by": None, "closed_at": None, "closing": None, "reopened": alert.closed_by, **nobodys}


def _waking(series: JudgedSeries, alert: KpiAlert, now: datetime) -> dict[str, Any]:
    """It was silent until the next value."""
    if alert.snoozed_next is None or series.newest <= alert.snoozed_next:
        return {}
    return {"snoozed_by": "", "snoozed_next": None, "unattended_since": now}
