"""Who did what to a record, and when."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.core.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity(Record):
    """Who changed what, from what to what. `by` is empty for time itself and for anonymous people."""

    at: datetime
    by: str = ""
    verb: str
    subject: str  # table
    subject_id: int
    before: dict[str, Any]
    after: dict[str, Any]
