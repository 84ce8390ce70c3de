"""What became of something that a reminder named."""

from datetime import date
from enum import StrEnum

from domain.commitments.queries import Commitment


class Became(StrEnum):
    """What became of something owed since the reminder was sent."""

    OPEN = "open"
    DONE = "done"
    MOVED = "moved"
    SNOOZED = "snoozed"
    HANDED_OVER = "handed_over"


def became(owed: Commitment, day: date, *, last_due: date, was_owner: str) -> Became:
    """`last_due`: the latest due day that the reminder of `day` takes in; `was_owner`: whose it is, empty for all."""
    if owed.finished:
        return Became.DONE
    if was_owner and owed.owner != was_owner:
        return Became.HANDED_OVER
    if owed.due is None or owed.due > last_due:
        return Became.MOVED
    return Became.SNOOZED if owed.snoozed(day) else Became.OPEN
