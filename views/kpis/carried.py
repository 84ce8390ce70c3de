"""What the buttons of KPIs carry."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from views.core.carried import Carried, Id


@dataclass(frozen=True, slots=True)
class SeriesOf(Carried):
    """A KPI's series: its chart, its usual range."""

    kpi: Id
    segment: str = ""


@dataclass(frozen=True, slots=True)
class ValueOf(Carried):
    """A value to be entered: of a period that was asked for, of a segment."""

    kpi: Id
    period: date | None = None
    segment: str | None = None


@dataclass(frozen=True, slots=True)
class ReportOf(Carried):
    """A channel's monthly report; `month` is its first day."""

    sign: ClassVar[str] = "|"
    channel: str
    month: date
