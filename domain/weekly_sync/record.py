"""What somebody says about their week."""

from dataclasses import dataclass, field
from datetime import date, datetime

from domain.core import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncNote(Record):
    """What a person adds to the weekly sync of a channel. `week` is the local date of the sync's period."""

    channel_id: str
    member: str
    week: date
    done: str = ""
    next: str = ""
    blocked: str = ""
    at: datetime = field(kw_only=True)
