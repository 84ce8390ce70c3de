"""What the bot can say by itself. A message names records; it is put into words from their state when it is sent."""

from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum
from typing import Any, ClassVar


class Urgency(IntEnum):
    """Lower goes first when the rate of Slack is what limits."""

    REPLY = 0
    ESCALATION = 1
    ALERT = 2
    DIGEST = 3


@dataclass(frozen=True, slots=True)
class Message:
    """`urgency` is its place in the queue; `may_repeat`: what to do when nobody can tell whether it went out.

    `useful_for`: how long after it was said it is still of use; None means for ever.
    """

    urgency: ClassVar[Urgency] = Urgency.REPLY
    may_repeat: ClassVar[bool] = True
    useful_for: ClassVar[timedelta | None] = None

    @staticmethod
    def earlier(about: dict[str, Any]) -> dict[str, Any]:
        """What a row holds that was written by an earlier version, as this one would have written it."""
        return about


@dataclass(frozen=True, slots=True)
class Periodic(Message):
    """What comes by itself each day or week: everything else goes first, and rather it does not come than twice."""

    urgency: ClassVar[Urgency] = Urgency.DIGEST
    may_repeat: ClassVar[bool] = False
    useful_for: ClassVar[timedelta | None] = timedelta(days=1)
