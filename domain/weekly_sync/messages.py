"""What is said about the weekly sync."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from domain.core import Message, Periodic


@dataclass(frozen=True, slots=True)
class SyncAsk(Periodic):
    """To a person, the day before: done, next, blocked? `week` is the local date of the sync."""

    channel_id: str
    member: str
    week: date


@dataclass(frozen=True, slots=True)
class WeeklySync(Periodic):
    """To a team channel. `week` is the local date of the period."""

    useful_for: ClassVar[timedelta | None] = timedelta(days=3)
    channel_id: str
    week: date


@dataclass(frozen=True, slots=True)
class WeeklySyncDetail(WeeklySync):
    """In the thread of the sync: one section (`closed`, `new`, `late`, `notes`, …) in full."""

    section: str


@dataclass(frozen=True, slots=True)
class SyncReport(Message):
    """The weekly sync of a channel on demand, for the week that ends with `day`; `by` asked for it."""

    channel_id: str
    day: date
    by: str
