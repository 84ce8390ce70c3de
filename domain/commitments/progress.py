"""Whether a person works on a day, and what became of something that a reminder named."""

from datetime import date
from enum import StrEnum


class Became(StrEnum):
    """What became of something owed since the reminder was sent."""

    OPEN = "open"
    DONE = "done"
    MOVED = "moved"
    SNOOZED = "snoozed"
    HANDED_OVER = "handed_over"


def became(
    *,
    finished: bool,
    due: date | None,
    snoozed_until: date | None,
    owner: str,
    was_owner: str,
    last_due: date,
    day: date,
) -> Became:
    """`last_due`: the latest due day that the reminder of `day` takes in."""
    if finished:
        return Became.DONE
    if was_owner and owner != was_owner:
        return Became.HANDED_OVER
    if due is None or due > last_due:
        return Became.MOVED
    return Became.SNOOZED if snoozed_until is not None and snoozed_until > day else Became.OPEN
