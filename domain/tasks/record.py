"""A task: what a person promises by a day."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.commitments.ladder import EscalationLevel
from domain.core import NumberedRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Task(NumberedRecord):
    """Something a person promised a team by a local date."""

    letter = "T"
    title: str
    owner: str
    due: date
    channel: str = ""
    issue_id: int | None = None
    created_by: str = ""
    created_at: datetime
    done_at: datetime | None = None
    done_by: str = ""
    reason: str = ""  # of the last change of date
    snoozed_until: date | None = None
    escalated: tuple[EscalationLevel, ...] = ()

    @property
    def finished(self) -> bool:
        return self.done_at is not None
