"""What is due, and what has run."""

from dataclasses import dataclass
from datetime import datetime

from domain.core import Record
from domain.people.routing import zone
from domain.schedules.slots import Slot, rule


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

    @property
    def is_interval(self) -> bool:
        """Due every so many minutes, not at a time of day."""
        return self.rule.startswith("every")

    def latest(self, now: datetime) -> Slot:
        """The newest period that is due at `now`."""
        return rule(self.rule).latest(now, zone(self.timezone))

    def following(self, now: datetime) -> Slot:
        """The first period that is due after `now`."""
        return rule(self.rule).following(now, zone(self.timezone))


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleRun(Record):
    """A period of a schedule that was run, or skipped with a note. `slot` is the local date (and time) of it."""

    schedule_id: int
    slot: str
    at: datetime
    outcome: str  # ran, nothing_to_say, skipped
    note: str = ""
