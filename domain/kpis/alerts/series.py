"""One series as it is judged: its newest values in order of period, and its alerts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from domain.core.ports import UnitOfWork
from domain.kpis.alerts.machine import WINDOW, Episode
from domain.kpis.alerts.matching import PostedAlert
from domain.kpis.charts.xmr import Point
from domain.kpis.record import NEVER_POSTED, AlertClosing, Kpi, KpiAlert, KpiReading

OVER = (AlertClosing.CORRECTED, AlertClosing.ARCHIVED)
"""Ways of closing after which an alert is no part of the series' story any more."""


class Seen(NamedTuple):
    """A value, and the id of the reading that holds it."""

    id: int
    period: date
    value: Decimal


@dataclass(frozen=True, slots=True)
class JudgedSeries:
    """`readings` is never empty; `periods`: of readings by their id, those that alerts name among them."""

    kpi: Kpi
    segment: str
    readings: Sequence[Seen]
    alerts: dict[int, KpiAlert]
    periods: dict[int, date]
    at: dict[date, int]

    @property
    def first(self) -> date:
        return self.readings[0].period

    @property
    def newest(self) -> date:
        return self.readings[-1].period

    def points(self) -> list[Point]:
        return [Point(reading.period, reading.value) for reading in self.readings]

    def told(self) -> list[PostedAlert]:
        """The alerts that these values can still change."""
        made = [_told(alert, self.periods) for alert in self.alerts.values() if alert.closing not in OVER]
        return [told for told in made if told.until is None or told.until >= self.first]

    def already(self) -> Episode | None:
        """The alert that was open before the first of these values."""
        if len(self.readings) < WINDOW:
            return None
        older = [told for told in self.told() if told.since < self.first and not told.dismissed]
        return Episode(older[-1].since, older[-1].severity) if older else None


def series_of(work: UnitOfWork, kpi: Kpi, segment: str) -> JudgedSeries | None:
    """None where it has no value."""
    series: dict[str, Any] = {"kpi_id": kpi.id, "segment": segment}
    rows = work.of(KpiReading).pick("id", "period", "value", **series, order="-period", limit=WINDOW)
    if not rows:
        return None
    readings = [Seen(*row) for row in reversed(rows)]
    alerts = work.of(KpiAlert).find(**series)
    periods = {reading.id: reading.period for reading in readings}
    further = {id_ for alert in alerts for id_ in (alert.opened_by, alert.closed_by) if id_} - set(periods)
    if further:
        periods |= dict(work.of(KpiReading).pick("id", "period", id=tuple(further)))
    at = {reading.period: reading.id for reading in readings}
    return JudgedSeries(kpi, segment, readings, {alert.id: alert for alert in alerts}, periods, at)


def _told(alert: KpiAlert, periods: dict[int, date]) -> PostedAlert:
    until = None if alert.closed_at is None else periods.get(alert.closed_by or 0, date.min)
    since = periods.get(alert.opened_by, date.min)
    dismissed, silent = alert.closing is AlertClosing.DISMISSED, alert.card == NEVER_POSTED
    return PostedAlert(alert.id, since, alert.severity, until, dismissed, silent)
