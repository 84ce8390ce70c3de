"""One series as it is judged: its newest values in order of period, and its alerts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.core import UnitOfWork
from domain.kpis.alerts.machine import WINDOW, Episode
from domain.kpis.charts.xmr import Point
from domain.kpis.matching import PostedAlert
from domain.kpis.record import NEVER_POSTED, AlertClosing, Kpi, KpiAlert, KpiReading

OVER = (AlertClosing.CORRECTED, AlertClosing.ARCHIVED)
"""Ways of closing after which an alert is no part of the series' story any more."""


@dataclass(frozen=True, slots=True)
class JudgedSeries:
    """`points` is never empty. `at`: the id of the reading for each; `periods`: those of readings by their id, of what
    alerts name, too.
    """

    kpi: Kpi
    segment: str
    points: Sequence[Point]
    alerts: dict[int, KpiAlert]
    periods: dict[int, date]
    at: dict[date, int]

    @property
    def first(self) -> date:
        return self.points[0].period

    @property
    def newest(self) -> date:
        return self.points[-1].period

    def posted(self) -> list[PostedAlert]:
        """The alerts that these values can still change."""
        made = [_by_periods(alert, self.periods) for alert in self.alerts.values() if alert.closing not in OVER]
        return [posted for posted in made if posted.until is None or posted.until >= self.first]

    def already(self) -> Episode | None:
        """The alert that was open before the first of these values."""
        if len(self.points) < WINDOW:
            return None
        older = [posted for posted in self.posted() if posted.since < self.first and not posted.dismissed]
        return Episode(older[-1].since, older[-1].severity) if older else None


def series_of(work: UnitOfWork, kpi: Kpi, segment: str) -> JudgedSeries | None:
    """None where it has no value."""
    series: dict[str, Any] = {"kpi_id": kpi.id, "segment": segment}
    rows = work.of(KpiReading).pick("id", "period", "value", **series, order="-period", limit=WINDOW)
    if not rows:
        return None
    points = [Point(period, value) for _, period, value in reversed(rows)]
    at = {period: reading_id for reading_id, period, _ in rows}
    alerts = work.of(KpiAlert).find(**series)
    periods = {reading_id: period for period, reading_id in at.items()}
    further = {id_ for alert in alerts for id_ in (alert.opened_by, alert.closed_by) if id_} - set(periods)
    if further:
        periods |= dict(work.of(KpiReading).pick("id", "period", id=tuple(further)))
    return JudgedSeries(kpi, segment, points, {alert.id: alert for alert in alerts}, periods, at)


def _by_periods(alert: KpiAlert, periods: dict[int, date]) -> PostedAlert:
    until = None if alert.closed_at is None else periods.get(alert.closed_by or 0, date.min)
    since = periods.get(alert.opened_by, date.min)
    dismissed, silent = alert.closing is AlertClosing.DISMISSED, alert.card == NEVER_POSTED
    return PostedAlert(alert.id, since, alert.severity, until, dismissed, silent)
