"""Where a record's card stands, and what is said beside it: the same for all kinds."""

from typing import Any

from domain.cards.messages import Card, Given, Note, Receipt
from domain.core import Changed, Record, UnitOfWork, Urgency

SNOOZED = "snoozed"
"""Of what somebody has promised: that is between them and the bot, and no card and no thread tells it."""


def card_of(work: UnitOfWork, record: Record) -> str:
    """The key of the message that its card stands in; empty where it has none."""
    return work.kinds.of(type(record)).card_of(record)


def post_card(work: UnitOfWork, record: Record, to: str, *, urgency: Urgency | None = None) -> str:
    """Show it in a channel; returns the key of its card, empty where there is no channel."""
    key = card_of(work, record) if to else ""
    if not key:
        return ""
    work.outbox.say(Card(work.kinds.ref(record)), to=to, once=key, urgency=urgency)
    return key


def confirm(work: UnitOfWork, record: Record, verb: str, *, to: str, channel: str, card: str = "") -> None:
    """Tell who added it its number, once its `card` is out."""
    ref = work.kinds.ref(record)
    work.outbox.whisper(Receipt(ref), to=to, channel=channel, once=f"{ref.kind}:{ref.id}:{verb}", after=card)


def give(work: UnitOfWork, record: Record, occasion: str, *, to: str) -> None:
    """Tell somebody that it is theirs, once for the occasion (`given`, `handed:12`)."""
    ref = work.kinds.ref(record)
    work.outbox.say(Given(ref), to=to, once=f"{ref.kind}:{ref.id}:{occasion}")


def redraw_card(work: UnitOfWork, change: Changed[Any]) -> None:
    if key := _card_to_change(work, change):
        work.outbox.refresh(key)


def note_in_thread(work: UnitOfWork, change: Changed[Any]) -> None:
    """What was done, in the thread of its card, if it has one."""
    if key := _card_to_change(work, change):
        ref, activity = work.kinds.ref(change.record), change.activity
        work.outbox.say(Note(ref, activity.id), to="", reply_to=key, once=f"{ref.kind}:{ref.id}:note:{activity.id}")


def _card_to_change(work: UnitOfWork, change: Changed[Any]) -> str:
    """The key of its card; empty where it has none, and where the change is nobody else's concern."""
    private = change.activity.verb == SNOOZED and work.kinds.of(type(change.record)).promises is not None
    return "" if private else card_of(work, change.record)
