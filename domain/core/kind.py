"""A kind of record: said once, and handed to the wiring, so that what all kinds share loops over them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from domain.core.errors import AlreadyDone, NotFound
from domain.core.message import Message
from domain.core.record import Record
from domain.core.reference import Ref
from domain.core.severity import Severity
from domain.core.stored import Stored
from domain.core.wording import Words

if TYPE_CHECKING:  # a unit of work knows the kinds it was built with
    from domain.core.ports import Changed, UnitOfWork
    from domain.people.record import Member

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Promises(Generic[R]):
    """How records of a kind are promised: digest, board, escalation, sync and lists follow from it.

    Its records have what a `Commitment` takes from them (`domain.commitments.queries`), such as `due`, a local day, and
    `escalated`, who was told that it is overdue. `since` is the field that says when it was promised, `until` the one
    that has a value once it has ended; `kept` whether it ended well (else: always). `finish` ends it so. `process` is
    the field with the process that it belongs to, empty where it has none.
    """

    since: str
    until: str
    finish: "Callable[[UnitOfWork, Member, int, datetime], object]"
    kept: Callable[[R], bool] | None = None
    process: str = ""
    severity: Callable[[R], Severity | None] | None = None

    @property
    def open(self) -> dict[str, Any]:
        """The condition that it has not ended."""
        return {self.until: None}

    def process_of(self, record: R) -> int | None:
        return getattr(record, self.process) if self.process else None


@dataclass(frozen=True, slots=True)
class Numbered:
    """How people number records of a kind: `example` is a number such as theirs, the others are commands."""

    example: int
    listed_by: str
    shown_by: str = ""
    done_by: str = ""


@dataclass(frozen=True, slots=True)
class Kind(Generic[R]):
    """`name` is its word in references, in the values of buttons and in keys, `word` what people call its records.
    The first that is `stored` is its own record, the others are parts of it.

    `may_change` raises NotAllowed. `already` says how a record that has ended did, and by whose hand. `after` is what
    has to be told or redrawn once a record was changed. `own_card` is the key of the message that its card stands in,
    where it is not `risk:12:card`; empty where it has none. `messages` are those that no other kind has; `said_as` the
    words by which rows of the outbox name those that all kinds have, where that is not `RiskCard`, `RiskReceipt`, …
    """

    name: str
    word: Words = field(hash=False)
    stored: tuple[Stored, ...]
    numbered: Numbered | None = None
    may_change: "Callable[[UnitOfWork, Member, R], None] | None" = None
    already: "Callable[[UnitOfWork, R], AlreadyDone] | None" = None
    after: "tuple[Callable[[UnitOfWork, Changed[R]], None], ...]" = ()
    promises: Promises[R] | None = None
    own_card: Callable[[R], str] | None = None
    messages: tuple[type[Message], ...] = ()
    said_as: Mapping[type[Message], str] = field(default_factory=dict, hash=False)

    @property
    def record(self) -> type[R]:
        return cast("type[R]", self.stored[0].record)

    @property
    def letter(self) -> str:
        """What its numbers begin with; empty where it has none."""
        return getattr(self.record, "letter", "")

    def card_of(self, record: R) -> str:
        """The key of the message that its card stands in; empty where it has none."""
        if self.own_card:
            return self.own_card(record)
        return Ref(self.name, record.id).card if getattr(record, "channel", True) else ""

    def word_for(self, message: type[Message]) -> str:
        """How rows of the outbox name a message that all kinds have."""
        return self.said_as.get(message) or f"{self.name.title()}{message.__name__}"


class Kinds:
    """The kinds that a program was built with."""

    def __init__(self, kinds: tuple[Kind[Any], ...]) -> None:
        self._by_name = {kind.name: kind for kind in kinds}
        self._by_record = {kind.record: kind for kind in kinds}

    def __iter__(self) -> Iterator[Kind[Any]]:
        return iter(self._by_name.values())

    def named(self, name: str) -> Kind[Any]:
        """Raises NotFound for a kind that this program does not have."""
        kind = self._by_name.get(name)
        if kind is None:
            raise NotFound("This is no longer here. Open the list again.")
        return kind

    def of(self, record: type[Record]) -> Kind[Any]:
        return self._by_record[record]

    def numbered(self, letter: str) -> Numbered | None:
        """How the kind is numbered whose numbers begin with this letter."""
        return next((kind.numbered for kind in self if kind.numbered and kind.letter == letter), None)

    def ref(self, record: Record) -> Ref:
        return Ref(self.of(type(record)).name, record.id)

    def promised(self, name: str) -> tuple[Kind[Any], Promises[Any]]:
        """Raises NotFound for a kind that this program does not have, or whose records nobody promises."""
        for kind, promises in self.promising():
            if kind.name == name:
                return kind, promises
        raise NotFound("This is no longer here. Open the list again.")

    def promising(self) -> Iterator[tuple[Kind[Any], Promises[Any]]]:
        """Those whose records somebody can promise, with how."""
        return ((kind, kind.promises) for kind in self if kind.promises is not None)
