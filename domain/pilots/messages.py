"""What is said about pilots alone."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from domain.core import Periodic


@dataclass(frozen=True, slots=True)
class FeedbackAsk(Periodic):
    """To a pilot's participant: how was this week? `week` is its Monday; `nudge`: the second and last time."""

    useful_for: ClassVar[timedelta | None] = timedelta(days=3)
    pilot_id: int
    member: str
    week: date
    nudge: bool = False
