"""The messages that all kinds have: a record's card, and what is said about it to people and in its thread."""

from dataclasses import dataclass

from domain.core import Message, Ref


@dataclass(frozen=True, slots=True)
class AboutRecord(Message):
    record: Ref


@dataclass(frozen=True, slots=True)
class Card(AboutRecord):
    """A record as it stands, where a team sees it."""


@dataclass(frozen=True, slots=True)
class Receipt(AboutRecord):
    """To who added it: its number and where its card is."""


@dataclass(frozen=True, slots=True)
class Note(AboutRecord):
    """In the thread of the card: what somebody, or time, did (`activity_id`)."""

    activity_id: int


@dataclass(frozen=True, slots=True)
class Given(AboutRecord):
    """To its new owner. Nothing where it has ended by then."""


FOR_ALL_KINDS: tuple[type[AboutRecord], ...] = (Card, Receipt, Note, Given)
