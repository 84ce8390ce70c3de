"""What values do to an alert: open it, make it worse, close it, open it again, or take it back."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from domain.core.ports import UnitOfWork
from domain.kpis.alerts.machine import Episode
from domain.kpis.alerts.series import JudgedSeries
from domain.kpis.alerts.threads import update_thread
from domain.kpis.record import NEVER_POSTED, AlertClosing, KpiAlert


def add_alert(
    work: UnitOfWork, series: JudgedSeries, episode: Episode, now: datetime, *, quietly: bool = False
) -> None:
    """Keep a time off target that nobody has heard of, over or not; `post_news` posts its card.

    `quietly`: not if it is over.
    """
    new = KpiAlert(
        kpi_id=series.kpi.id,
        segment=series.segment,
        severity=episode.severity,
        opened_by=series.at[episode.since],
        opened_at=now,
    )
    over: dict[str, Any] = {}
    if episode.until is not None:
        over = {
            "closed_by": series.at[episode.until],
            "closed_at": now,
            "closing": AlertClosing.RECOVERED,
            "card": NEVER_POSTED if quietly else "",
        }
    worse = series.at[episode.worse] if episode.worse else None
    work.of(KpiAlert).add(replace(new, worsened_by=worse, **over), by="", at=now, verb="opened")


def reconcile(
    work: UnitOfWork, series: JudgedSeries, alert: KpiAlert, episode: Episode, *, since: date, now: datetime
) -> None:
    """Bring an alert to what its values say now; `since` is the first period whose value is new or corrected."""
    wanted = _lines(series, alert, episode) | _ending(series, alert, episode, now) | _waking(series, alert, now)
    changes = {name: value for name, value in wanted.items() if getattr(alert, name) != value}
    changed = alert
    if changes:
        verb = "closed" if changes.get("closing") else "judged"
        changed = work.of(KpiAlert).change(alert, by="", at=now, verb=verb, **changes).record
    if alert.is_posted and (changes or episode.until is None or episode.until >= since):
        work.outbox.refresh(alert.card)
        update_thread(work, changed, alert, since=since)


def retract(work: UnitOfWork, alert: KpiAlert, now: datetime) -> None:
    """The values that opened it were wrong, or not all there."""
    changed = (
        work.of(KpiAlert)
        .change(
            alert,
            by="",
            at=now,
            verb="closed",
            closed_by=alert.closed_by or alert.opened_by,
            closed_at=alert.closed_at or now,
            closing=AlertClosing.CORRECTED,
        )
        .record
    )
    if alert.is_posted:
        work.outbox.refresh(alert.card)
        update_thread(work, changed, alert)


def _lines(series: JudgedSeries, alert: KpiAlert, episode: Episode) -> dict[str, Any]:
    """Which value opened it, how bad it is, and with which value it became so."""
    if episode.since < series.first:  # older than the values that are looked at
        worse = alert.worsened_by if episode.worse is None else series.at[episode.worse]
        return {"severity": episode.severity, "worsened_by": worse}
    worse = None if episode.worse is None else series.at[episode.worse]
    return {"opened_by": series.at[episode.since], "severity": episode.severity, "worsened_by": worse}


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
