"""What the domain, the handlers and the jobs need from outside, as protocols. `storage` and `bot` implement them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, Protocol, TypeVar

from domain.core.activity import Activity
from domain.core.kind import Kinds
from domain.core.message import Message, Urgency
from domain.core.record import Record

if TYPE_CHECKING:  # core is imported by all of them
    from domain.people.record import Member, Workspace
    from domain.schedules.defaults import SchedulesByJob
    from domain.text.likeness import Titles

R = TypeVar("R", bound=Record)
V = TypeVar("V", covariant=True)


class Clock(Protocol):
    """Business time: due dates, schedules, digests. May travel, forward only; never used for leases or time-outs."""

    def now(self) -> datetime:
        """The moment it is, aware, in UTC."""


@dataclass(frozen=True, slots=True)
class Before(Generic[V]):
    """A condition on a column: earlier (or less) than `value`; rows without a value do not match."""

    value: V


@dataclass(frozen=True, slots=True)
class Since(Generic[V]):
    """A condition on a column: `value` or later (or more)."""

    value: V


@dataclass(frozen=True, slots=True)
class Present:
    """A condition on a column: it has a value."""


class Changed(NamedTuple, Generic[R]):
    """A record before and after a change, and who did it (id 0 for a record that has no activities)."""

    before: R
    record: R
    activity: Activity


class Records(Protocol[R]):
    """The records of one kind in one workspace. Each change writes its activity row in the same transaction."""

    def add(self, record: R, *, by: str, at: datetime, verb: str = "added") -> R:
        """Store it and return it with its id."""

    def change(self, record: R, *, by: str, at: datetime, verb: str = "changed", **fields: Any) -> Changed[R]:
        """Set `fields`, and return the record as it is now, with its activity."""

    def add_all(self, records: Sequence[R]) -> None:
        """Store many at once, of a kind that has no activity rows (KPI readings and revisions)."""

    def change_all(self, changes: Sequence[Mapping[str, Any]], *, verb: str = "changed") -> None:
        """Set fields of many at once: each change has the `id` of its record and the same further names.

        For kinds that have no activity rows, and for a `verb` that writes none.
        """

    def remove(self, record_id: int) -> None:
        """Delete it, of a kind that has no activity rows."""

    def get(self, record_id: int) -> R:
        """The record, locked until the end of a writing unit of work. Raises NotFound."""

    def one(self, **conditions: Any) -> R | None:
        """The first match by id, locked like `get`, or None."""

    def cached(self, **conditions: Any) -> R | None:
        """As `one`, but not locked, and for a second as it was before another replica changed it: only to look.

        For workspaces, departments, processes and channels, which nearly everything asks for.
        """

    def find(self, *, order: str = "id", limit: int | None = None, **conditions: Any) -> list[R]:
        """All matches. A condition is a value, None, a tuple (any of), Before, Since, Present; `-due` falls.

        Of a text in two languages the first one counts: `name="Orders"`, `order="name"`.
        """

    def pick(
        self, *names: str, order: str = "id", limit: int | None = None, **conditions: Any
    ) -> list[tuple[Any, ...]]:
        """Some fields of all matches, where whole records would be too much to read."""

    def count(self, **conditions: Any) -> int: ...


class Outbox(Protocol):
    """What is to be said once this transaction is committed. The delivery worker posts it; nobody else does.

    `late_since`: what is said in this transaction should have been said then, and tells so.
    """

    late_since: datetime | None

    def say(
        self,
        message: Message,
        *,
        to: str,
        once: str,
        reply_to: str = "",
        thread_ts: str = "",
        after: str = "",
        urgency: Urgency | None = None,
    ) -> bool:
        """Post `message` to a channel or person, once for the key `once`; False if that key was said before.

        `reply_to` is the key of a message in whose thread it goes, `thread_ts` a message that is not ours;
        `after` is the key of a message that must be out (or given up) first.
        """

    def whisper(self, message: Message, *, to: str, channel: str, once: str, after: str = "") -> bool:
        """Tell one person, visible to them only: in `channel` where that works, else in their direct messages."""

    def refresh(self, once: str, *, revive: bool = False) -> None:
        """Render the message said under this key anew; does nothing if there is none. Unsent refreshes merge.

        `revive`: if its reason was gone when it was to be sent, look again: it may be back.
        """

    def pin(self, once: str) -> None:
        """Pin the message said under this key to its channel, when it is out."""

    def waiting(self, target: str) -> int:
        """How many messages for a channel or person are not out yet; with an empty `target` all of the workspace."""

    def posted(self, once: str) -> tuple[str, str] | None:
        """Channel and ts of the message said under this key, or None while it is not out."""


class UnitOfWork(Protocol):
    """One transaction in one workspace: all or nothing, and what has to be said with it."""

    team_id: str

    @property
    def kinds(self) -> Kinds: ...

    @property
    def default_schedules(self) -> SchedulesByJob: ...

    @property
    def workspace(self) -> Workspace:
        """The settings; those of a new workspace until somebody sets them."""

    @property
    def outbox(self) -> Outbox: ...

    def of(self, record: type[R]) -> Records[R]:
        """The records of one type, in this workspace."""

    def workspace_now(self) -> Workspace:
        """The settings asked for anew: those of `workspace` may be a second old where another replica changed them."""

    def titles(self, record: type[Record]) -> Titles:
        """Titles by number, of what is unfinished, give or take what was finished or reopened within a minute."""

    def next_number(self, prefix: str) -> int:
        """The next number of a series (`I`, `T`, `P`, …), without gaps or repeats, across replicas."""

    def set_workspace(self, *, by: str, at: datetime, **fields: Any) -> Workspace:
        """Change settings of the workspace."""


Work = Callable[[], AbstractContextManager[UnitOfWork]]
"""Opens a unit of work that commits when its block ends, and rolls back when it raises."""


@dataclass(frozen=True, slots=True)
class SharedFile:
    """A file that somebody has put into Slack."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class UserGroup:
    """People who can be mentioned together, as `@handle`."""

    id: str
    handle: str
    name: str


class Directory(Protocol):
    """What Slack knows about people and places; each call is a request, so no unit of work may be open."""

    def member(self, user_id: str) -> Member:
        """The person as Slack knows them now (name, locale, time zone, admin). Raises NotFound."""

    def everyone(self) -> list[Member]:
        """All people, closed accounts and bots among them. Raises NotFound where Slack will not tell."""

    def channels(self) -> list[str]:
        """The channels that the bot is in, archived ones left out. Raises NotFound where Slack will not tell."""

    def people_in(self, channel_id: str) -> list[str]:
        """User ids in a channel, without the bot itself. Raises NotFound where the bot may not look."""

    def groups(self) -> list[UserGroup]:
        """The user groups of the workspace; none where Slack will not tell."""

    def people_of(self, usergroup_id: str) -> list[str]:
        """User ids of a user group. Raises NotFound where Slack will not tell."""

    def is_in(self, channel_id: str) -> bool:
        """Whether the bot is a member of a channel."""

    def channel_name(self, channel_id: str) -> str: ...

    def file(self, file_id: str, largest: int) -> SharedFile:
        """A file and what is in it. Raises NotFound where it is gone or not shown, UserError above `largest` bytes."""

    def permalink(self, channel_id: str, ts: str) -> str:
        """A link to a message; empty where Slack will not tell."""
