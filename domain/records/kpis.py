"""KPIs (T3), their values, and the alerts that values beyond their target open."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from domain.enumerations import Frequency, KpiState
from domain.records.base import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Kpi(Record):
    """A figure that is watched. `target` as people write it (`≤3 days`); direction and unit follow from it."""

    name: str
    name_zh: str = ""
    formula: str = ""
    source: str = ""
    frequency: Frequency = Frequency.WEEKLY
    target: str
    process_id: int | None = None
    departments: tuple[int, ...] = ()
    channel: str = ""
    owner: str = ""  # who brings the values, and is asked for missing ones
    state: KpiState = KpiState.NO_DATA


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiReading(Record):
    """A KPI's value for the period that ends on `period`. Anything may write one; `judged_at` is ours."""

    kpi_id: int
    period: date
    value: Decimal
    by: str = ""
    recorded_at: datetime | None = None
    judged_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiAlert(Record):
    """One breach, from the value that opened it to the value that closed it."""

    kpi_id: int
    opened_by: int  # the reading
    opened_at: datetime
    closed_by: int | None = None
    closed_at: datetime | None = None
