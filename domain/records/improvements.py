"""What was changed and what it brought (T4), and what people would like to see changed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.core.record import Record
from domain.enumerations import SuggestionMode, SuggestionState


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
class Optimization(Record):
    number: int
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

    @property
    def reference(self) -> str:
        return f"O-{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion(Record):
    """Something from the box. An anonymous one has no author and only a day; `code_hash` finds it by its code."""

    number: int
    text: str
    mode: SuggestionMode
    author: str = ""
    code_hash: str | None = None
    state: SuggestionState = SuggestionState.COLLECTED
    reason: str = ""
    decided_by: str = ""
    issue_id: int | None = None
    box_id: int | None = None
    on: date

    @property
    def reference(self) -> str:
        return f"S-{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Box(Record):
    """A suggestion box standing in a channel: a pinned message with a button. `signs`: how often it was posted."""

    channel_id: str
    put_by: str = ""
    signs: int = 1
