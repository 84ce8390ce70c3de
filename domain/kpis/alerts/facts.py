"""What is known of an alert when it is shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.core import Before, UnitOfWork
from domain.kpis.alerts.machine import Rules, rules_at
from domain.kpis.record import Kpi, KpiAlert, KpiReading, KpiSeries, KpiState, KpiVersion
from domain.kpis.values.missing import late_period

RECENT = 12
"""How many values a line of them shows."""


@dataclass(frozen=True, slots=True)
class AlertFacts:
    """An alert with its values in order of period, and the rules of the newest one's time.

    `late`: the newest period whose value is overdue, while the alert is open. `opener_wrong`: the value that opened it
    was corrected since, to a good one by the rules that it was told by.
    """

    alert: KpiAlert
    kpi: Kpi
    rules: Rules
    opened_by: KpiReading
    latest: KpiReading
    recent: tuple[KpiReading, ...] = ()
    state: KpiState = KpiState.BREACHED
    late: date | None = None
    opener_wrong: bool = False

    @property
    def is_open(self) -> bool:
        return self.alert.closed_at is None


def alert_facts(work: UnitOfWork, alert: KpiAlert, *, now: datetime) -> AlertFacts:
    """Of a closed alert: as it stood when it closed, whatever came after."""
    kpi = work.of(Kpi).get(alert.kpi_id)
    series = {"kpi_id": kpi.id, "segment": alert.segment}
    opened_by = work.of(KpiReading).get(alert.opened_by)
    closed_by = work.of(KpiReading).get(alert.closed_by) if alert.closed_by else None
    last = {"period": Before(closed_by.period + timedelta(days=1))} if closed_by else {}
    recent = work.of(KpiReading).find(**series, **last, order="-period", limit=RECENT)[::-1]
    latest = closed_by or (recent[-1] if recent else opened_by)
    versions = work.of(KpiVersion).find(kpi_id=kpi.id, order="id")
    rules = rules_at(versions, kpi, latest.period)
    state = work.of(KpiSeries).one(**series)
    late = late_period(work, kpi, alert.segment, now=now) if closed_by is None else None
    standing = state.state if state else KpiState.NO_DATA
    wrong = _rules_told_by(versions, kpi, alert, opened_by.period).beyond(opened_by.value) is None
    return AlertFacts(alert, kpi, rules, opened_by, latest, tuple(recent), standing, late, wrong)


def _rules_told_by(versions: Sequence[KpiVersion], kpi: Kpi, alert: KpiAlert, period: date) -> Rules:
    """The rules of a period as they were when the alert opened. The first version is written with the first change."""
    then = [version for version in versions if version.at <= alert.opened_at] or versions[:1]
    return rules_at(then, kpi, period)
