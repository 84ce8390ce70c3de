"""What is said about the weekly sync."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from domain.core.message import Message, Urgency


@dataclass(frozen=True, slots=True)
class SyncAsk(Message):
    """To a person, the day before: done, next, blocked? `week` is the local date of the sync."""

    urgency: ClassVar[Urgency] = Urgency.DIGEST
    may_repeat: ClassVar[bool] = False
    useful_for: ClassVar[timedelta | None] = timedelta(days=1)
    channel_id: str
    member: str
    week: date


@dataclass(frozen=True, slots=True)
class WeeklySync(Message):
    """To a team channel. `week` is the local date of the period."""

    urgency: ClassVar[Urgency] = Urgency.DIGEST
    may_repeat: ClassVar[bool] = False
    useful_for: ClassVar[timedelta | None] = timedelta(days=3)
    channel_id: str
    week: date


@dataclass(frozen=True, slots=True)
class WeeklySyncDetail(Message):
    """In the thread of the sync: one section (`closed`, `new`, `late`, `notes`, …) in full."""

    urgency: ClassVar[Urgency] = Urgency.DIGEST
    may_repeat: ClassVar[bool] = False
    useful_for: ClassVar[timedelta | None] = timedelta(days=3)
    channel_id: str
    week: date
    section: str


@dataclass(frozen=True, slots=True)
class SyncReport(Message):
    """The weekly sync of a channel on demand, for the week that ends with `day`; `by` asked for it."""

    channel_id: str
    day: date
    by: str
