"""What was changed and what it brought (T4), and what people would like to see changed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.core import NumberedRecord


@dataclass(frozen=True, slots=True)
class Effect:
    """A measured effect: before and after with a unit, or a bare percentage (`percent`, positive = better)."""

    metric: str
    before: Decimal | None = None
    after: Decimal | None = None
    unit: str = ""
    higher_is_better: bool = False
    percent: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Optimization(NumberedRecord):
    letter = "O"
    date: date
    process_id: int | None = None
    background: str = ""
    measures: tuple[str, ...] = ()
    effects: tuple[Effect, ...] = ()
    owner: str = ""
    remarks: str = ""
    issue_id: int | None = None
    pilot_id: int | None = None
    channel: str = ""
    by: str = ""
