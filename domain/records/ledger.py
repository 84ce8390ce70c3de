"""The bot's own book-keeping: what changed, what is to be said, what is due."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop(Record):
    """What Slack lets nothing through to until somebody mends it. Messages for it wait.

    `target` is a channel or person, an action (`pin`, say), or empty for the whole workspace; `error` is Slack's name.
    `times` counts how often it stopped, so that each time is told once; `held` is False while it is tried again.
    """

    target: str = ""
    error: str
    since: datetime
    times: int = 1
    told: tuple[str, ...] = ()
    held: bool = True
    tried_by: str = ""
    mended_at: datetime | None = None
