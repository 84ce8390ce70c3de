"""What is due, and what has run."""

from dataclasses import dataclass
from datetime import datetime

from domain.core.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule(Record):
    """When a job is due for a subject (a channel, a person, the workspace): `rule` in local time of `timezone`.

    `held_until`: some process asks what a slow run needs, and no other does before then. `last_run` is business time,
    also of a look that found nothing to do; `last_outcome`: ran, nothing_to_say, skipped, failed.
    """

    job: str
    subject: str = ""
    rule: str
    timezone: str = "UTC"
    next_due: datetime
    paused: bool = False
    held_until: datetime | None = None
    last_run: datetime | None = None
    last_outcome: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleRun(Record):
    """A period of a schedule that was run, or skipped with a note. `slot` is the local date (and time) of it."""

    schedule_id: int
    slot: str
    at: datetime
    outcome: str  # ran, nothing_to_say, skipped
    note: str = ""
