"""From a message to what is posted: the records are read as they are now, then the view, in the reader's language."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from domain.cards.messages import AboutRecord, Given, Note, Receipt
from domain.commitments.queries import Commitment, commitment_of
from domain.core import Activity, Message, Record, UnitOfWork
from domain.people.routing import link_to
from views.cards import plain
from views.core import Language, Rendered

M = TypeVar("M", bound=Message)
R = TypeVar("R", bound=Record)
F = TypeVar("F")


@dataclass(frozen=True, slots=True)
class Making:
    """The records as they are now, and who reads."""

    work: UnitOfWork
    t: Language
    now: datetime

    @property
    def today(self) -> date:
        """The reader's local date."""
        return self.now.astimezone(self.t.zone).date()

    def link_of(self, owed: Commitment) -> str:
        """The address of the card of something promised; empty where it has none."""
        return link_to(self.work, owed.card) if owed.card else ""


Maker = Callable[[M, Making], Rendered | None]
"""None where there is nothing to say any more."""
View = Callable[[F, Language], Rendered]
Makers = Mapping[type[Message], Maker[Any]]


@dataclass(frozen=True, slots=True)
class Look(Generic[R, F]):
    """How records of the kind of this name look in the messages that all kinds have; `facts` is what these views need.

    What is left out looks as everything does that somebody has promised. `makers` are of the messages that only this
    kind has.
    """

    kind: str
    facts: Callable[[Making, R], F] | None = None
    card: View[F] | None = None
    receipt: View[F] | None = None
    note: Callable[[F, Activity, Language], Rendered | None] | None = None
    given: View[F] | None = None
    makers: Makers = field(default_factory=dict)

    def made(self, own: View[F] | None, plainly: View[Commitment], record: R, making: Making) -> Rendered:
        if own is None or self.facts is None:
            return plainly(commitment_of(making.work, record), making.t)
        return own(self.facts(making, record), making.t)

    def draw_card(self, record: R, making: Making) -> Rendered:
        """Its card."""
        return self.made(self.card, plain.card, record, making)

    def noted(self, record: R, activity: Activity, making: Making) -> Rendered | None:
        if self.note is None or self.facts is None:
            return plain.note(activity, making.t)
        return self.note(self.facts(making, record), activity, making.t)


class Looks:
    """All messages, and how each is made."""

    def __init__(self, looks: Iterable[Look[Any, Any]], of_no_kind: Iterable[Makers] = ()) -> None:
        self._looks = {look.kind: look for look in looks}
        apart = [*of_no_kind, *(look.makers for look in self._looks.values())]
        self._makers = {message: maker for makers in apart for message, maker in makers.items()}

    def make(self, message: Message, making: Making) -> Rendered | None:
        """Raises NotFound where a record that it is about is gone."""
        if isinstance(message, AboutRecord):
            return self._about_record(message, making)
        return self._makers[type(message)](message, making)

    def _about_record(self, message: AboutRecord, making: Making) -> Rendered | None:
        work, look = making.work, self._looks[message.record.kind]
        record: Any = work.of(work.kinds.named(message.record.kind).record).get(message.record.id)
        match message:
            case Receipt():
                return look.made(look.receipt, plain.receipt, record, making)
            case Given():
                finished = getattr(record, "finished", False)
                return None if finished else look.made(look.given, plain.given, record, making)
            case Note():
                return look.noted(record, work.of(Activity).get(message.activity_id), making)
        return look.draw_card(record, making)
