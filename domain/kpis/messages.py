"""What is said about KPIs."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from domain.core import Message, Periodic, Urgency, Words
from domain.kpis.record import AlertLevel, AlertStory


@dataclass(frozen=True, slots=True)
class KpiAlertNote(Message):
    """In the thread of the message `card`: what the value for `period` did to its alert, or to some of its alerts."""

    urgency: ClassVar[Urgency] = Urgency.ALERT
    card: str
    story: AlertStory
    period: date


@dataclass(frozen=True, slots=True)
class KpiAlertValues(Message):
    """In the thread of an alert: the values that came since it opened. One reply, which goes on with them."""

    urgency: ClassVar[Urgency] = Urgency.ALERT
    alert_id: int


@dataclass(frozen=True, slots=True)
class KpiAlertEscalation(Message):
    """In the thread of an alert: `person` is asked, because nobody has taken it on."""

    urgency: ClassVar[Urgency] = Urgency.ESCALATION
    may_repeat: ClassVar[bool] = False
    alert_id: int
    rung: AlertLevel
    person: str


@dataclass(frozen=True, slots=True)
class KpiAlertTable(Message):
    """Many alerts that opened at once, in one message in place of their cards."""

    urgency: ClassVar[Urgency] = Urgency.ALERT
    alerts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class KpiSignal(Message):
    """That a KPI's values have left what is usual for them."""

    urgency: ClassVar[Urgency] = Urgency.DIGEST
    shift_id: int


@dataclass(frozen=True, slots=True)
class KpiSignalTable(Message):
    """Many of these that were seen at once, in one message."""

    urgency: ClassVar[Urgency] = Urgency.DIGEST
    shifts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class KpiPicture(Message):
    """A KPI's chart with its usual range up to its value for `period`; `by` asked for it."""

    kpi_id: int
    segment: str
    period: date
    by: str


@dataclass(frozen=True, slots=True)
class KpiReport(Message):
    """To a team channel: how its KPIs stood at the end of `month` (its first day). Updated by values that come late."""

    urgency: ClassVar[Urgency] = Urgency.DIGEST
    useful_for: ClassVar[timedelta | None] = timedelta(days=7)
    channel_id: str
    month: date


@dataclass(frozen=True, slots=True)
class KpiReportMore(KpiReport):
    """In the thread of a KPI report: one `part` of what it had to cut, from 0."""

    part: int


@dataclass(frozen=True, slots=True)
class KpiExport(Message):
    """To who asked for it: all KPIs (T3) in a file, `xlsx` or `csv`."""

    kind: str


@dataclass(frozen=True, slots=True)
class KpiValueMissing(Periodic):
    """To the data owner: the value for the period that ended on `period` has not come."""

    useful_for: ClassVar[timedelta | None] = timedelta(days=3)
    kpi_id: int
    period: date


@dataclass(frozen=True, slots=True)
class KpiSourceFailed(Message):
    """To the data owner: another database did not bring a KPI's values, and why; `row` of its answer, where one is."""

    kpi_id: int
    source: str
    cause: Words
    row: int = 0
