"""What is known of an alert when it is shown."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.enumerations import KpiState
from domain.ports import Before, UnitOfWork
from domain.records.kpis import Kpi, KpiAlert, KpiReading
from domain.rules.kpi_machine import Rules, rules_at
from domain.use_cases.kpi_missing import late_period

RECENT = 12
"""How many values a line of them shows."""


@dataclass(frozen=True, slots=True)
class AlertFacts:
    """An alert with its values in order of period, and the rules of the newest one's time.

    `late`: the newest period whose value is overdue, while the alert is open.
    """

    alert: KpiAlert
    kpi: Kpi
    rules: Rules
    opened_by: KpiReading
    latest: KpiReading
    recent: tuple[KpiReading, ...] = ()
    state: KpiState = KpiState.BREACHED
    late: date | None = None

    @property
    def is_open(self) -> bool:
        return self.alert.closed_at is None


def alert_facts(work: UnitOfWork, alert: KpiAlert, *, now: datetime) -> AlertFacts:
    """Of a closed alert: as it stood when it closed, whatever came after."""
    kpi = work.kpis.get(alert.kpi_id)
    series = {"kpi_id": kpi.id, "segment": alert.segment}
    opened_by = work.kpi_readings.get(alert.opened_by)
    closed_by = work.kpi_readings.get(alert.closed_by) if alert.closed_by else None
    last = {"period": Before(closed_by.period + timedelta(days=1))} if closed_by else {}
    recent = work.kpi_readings.find(**series, **last, order="-period", limit=RECENT)[::-1]
    latest = closed_by or (recent[-1] if recent else opened_by)
    rules = rules_at(work.kpi_versions.find(kpi_id=kpi.id), kpi, latest.period)
    state = work.kpi_series.one(**series)
    late = late_period(work, kpi, alert.segment, now=now) if closed_by is None else None
    standing = state.state if state else KpiState.NO_DATA
    return AlertFacts(alert, kpi, rules, opened_by, latest, tuple(recent), standing, late)
