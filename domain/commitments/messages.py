"""What is said about what people have promised."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from domain.core.message import Message, Urgency


@dataclass(frozen=True, slots=True)
class Digest(Message):
    """To a person: what she owes, on the local day `day`. What was in it stays in it, done or not.

    `to_deputy`: read by who stands in, for `member` is away.
    """

    urgency: ClassVar[Urgency] = Urgency.DIGEST
    may_repeat: ClassVar[bool] = False
    useful_for: ClassVar[timedelta | None] = timedelta(days=1)
    member: str
    day: date
    issues: tuple[int, ...] = ()
    tasks: tuple[int, ...] = ()
    to_deputy: bool = False


@dataclass(frozen=True, slots=True)
class OverdueBoard(Message):
    """To a team channel: what is overdue there on the local day `day`, by owner. Updated as it gets done."""

    urgency: ClassVar[Urgency] = Urgency.DIGEST
    may_repeat: ClassVar[bool] = False
    useful_for: ClassVar[timedelta | None] = timedelta(days=1)
    channel_id: str
    day: date
    issues: tuple[int, ...] = ()
    tasks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Escalation(Message):
    """To a department head or sponsor, or her deputy: what has been overdue for too long, on the local day `day`."""

    urgency: ClassVar[Urgency] = Urgency.ESCALATION
    member: str
    day: date
    issues: tuple[int, ...] = ()
    tasks: tuple[int, ...] = ()
    to_deputy: bool = False
