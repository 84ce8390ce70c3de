"""What is said where Slack lets nothing through."""

from dataclasses import dataclass
from typing import ClassVar

from domain.core import Message, Urgency


@dataclass(frozen=True, slots=True)
class TargetStopped(Message):
    """To `member`, who can mend it: Slack lets nothing through to a channel, a person or the whole workspace."""

    urgency: ClassVar[Urgency] = Urgency.ESCALATION
    stop_id: int
    member: str
