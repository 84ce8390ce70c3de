"""Suggestion boxes that stand in channels: a pinned message with a button, and what it counts."""

from dataclasses import dataclass
from datetime import datetime

from domain.core import AlreadyDone, UnitOfWork
from domain.people.record import Member
from domain.suggestions.messages import BoxSign
from domain.suggestions.record import Box, Suggestion, SuggestionState


@dataclass(frozen=True, slots=True)
class Tally:
    """What came into a box, and how much of it was answered (accepted or declined)."""

    came: int
    answered: int


def sign_key(box: Box) -> str:
    return f"box:{box.id}:sign:{box.signs}"


def put_box(work: UnitOfWork, member: Member, channel_id: str, *, now: datetime) -> Box:
    """Put a box into a channel. Raises AlreadyDone where one stands."""
    if work.of(Box).count(channel_id=channel_id):
        raise AlreadyDone("The suggestion box of this channel is already here.")
    box = work.of(Box).add(Box(channel_id=channel_id, put_by=member.user_id), by=member.user_id, at=now, verb="put")
    _say_sign(work, box)
    return box


def put_again(work: UnitOfWork, member: Member, box_id: int, signs: int, *, now: datetime) -> Box:
    """Post the sign anew where the old one was deleted. `signs` is how many there were when the person looked."""
    box = work.of(Box).get(box_id)
    if box.signs != signs:
        raise AlreadyDone("The box was put up again a moment ago.")
    box = work.of(Box).change(box, by=member.user_id, at=now, verb="put", signs=signs + 1).record
    _say_sign(work, box)
    return box


def tally(work: UnitOfWork, box: Box) -> Tally:
    came = work.of(Suggestion).count(box_id=box.id)
    return Tally(came, came - work.of(Suggestion).count(box_id=box.id, state=SuggestionState.COLLECTED))


def refresh_sign(work: UnitOfWork, suggestion: Suggestion) -> None:
    """Count anew on the sign, where the suggestion came from a box."""
    box = work.of(Box).one(id=suggestion.box_id) if suggestion.box_id is not None else None
    if box is not None:
        work.outbox.refresh(sign_key(box))


def _say_sign(work: UnitOfWork, box: Box) -> None:
    work.outbox.say(BoxSign(box.id), to=box.channel_id, once=sign_key(box))
    work.outbox.pin(sign_key(box))
