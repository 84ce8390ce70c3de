"""One transaction in one workspace."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from secrets import token_hex
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, select, text

from domain.core import AlreadyHandled, Clock, Record, UnitOfWork
from domain.people.record import Workspace
from domain.text.likeness import Titles
from storage import tables
from storage.caches.remembered import Remembered
from storage.caches.titles import KnownTitles
from storage.outbox.writer import OutboxWriter
from storage.repository import Repository, Transaction
from storage.statements import inserting_unless_there, next_number
from storage.tables import Schema

R = TypeVar("R", bound=Record)
WORKSPACE_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended(:team, 0))")


class SqlUnitOfWork:
    """Implements `domain.core.ports.UnitOfWork` over an open transaction; its records are made when first asked for."""

    def __init__(
        self, within: Transaction, now: datetime, titles: KnownTitles, machine_now: Callable[[], datetime]
    ) -> None:
        self._within = within
        self._titles = titles
        self.team_id, self.changed = within.team_id, within.changed
        self.kinds, self.default_schedules = within.schema.kinds, within.schema.default_schedules
        self.outbox = OutboxWriter(within.connection, within.team_id, now, machine_now, within.schema.words)
        self._records: dict[type[Record], Repository[Any]] = {}

    def of(self, record: type[R]) -> Repository[R]:
        """The records of one type, in this workspace."""
        made = self._records.get(record)
        if made is None:
            made = self._records[record] = Repository(self._within, record)
        return made

    @cached_property
    def workspace(self) -> Workspace:
        """The settings; those of a new workspace until somebody sets them.

        What another replica has changed may go unseen for a second: nearly every request asks for them. Where that
        would lose something there is `workspace_now`.
        """
        return self.of(Workspace).cached() or Workspace()

    def workspace_now(self) -> Workspace:
        """The settings, past what is remembered."""
        self.workspace = self.of(Workspace).one() or Workspace()
        return self.workspace

    def titles(self, record: type[Record]) -> Titles:
        return self._titles.of(self.team_id, self._within.schema.of(record).name, self.of(record))

    def set_workspace(self, *, by: str, at: datetime, **fields: Any) -> Workspace:
        current = self.of(Workspace).one()
        if current is None:
            current = self.of(Workspace).add(Workspace(salt=token_hex(16)), by=by, at=at)
        elif not current.salt:
            fields = {"salt": token_hex(16), **fields}
        self.workspace = self.of(Workspace).change(current, by=by, at=at, **fields).record if fields else current
        return self.workspace

    def next_number(self, prefix: str) -> int:
        """The next number of a series: one upsert, whose row lock holds until the transaction ends."""
        row, connection = {"team_id": self.team_id, "prefix": prefix, "last": 1}, self._within.connection
        return int(connection.execute(next_number(connection.dialect.name), row).scalar_one())


@dataclass(frozen=True, slots=True)
class Commit:
    """What a committed unit of work has changed: names of tables, and whether something is to be said."""

    changed: frozenset[str]
    said: bool


class Database:
    """Opens units of work. `listeners` hear of each commit, after it, in the thread that made it.

    `clock` is business time, `machine_now` the machine's; `schema` says which records there are.
    """

    def __init__(
        self,
        engine: Engine,
        clock: Clock,
        schema: Schema,
        machine_now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.engine = engine
        self.clock = clock
        self.schema = schema
        self._machine_now = machine_now
        self.listeners: list[Callable[[Commit], None]] = []
        self._remembered = Remembered(schema.often)
        self._titles = KnownTitles()

    @contextmanager
    def writing(self, team_id: str, *, once: str = "", now: datetime | None = None) -> Iterator[UnitOfWork]:
        """A unit of work that commits at the end of its block, and rolls back when it raises.

        `once` names the request that it carries out; a second one of that name raises AlreadyHandled at once.
        One at a time in each workspace, so what a use case has looked up holds until it writes: SQLite has one writer
        anyway, and on PostgreSQL replicas take turns by a lock that ends with the transaction.
        """
        with self.engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(WORKSPACE_LOCK, {"team": team_id})
            if once:
                self._claim(connection, team_id, once)
            unit = self._unit(connection, team_id, now, writing=True)
            yield unit
        self._remembered.forget(unit.changed)
        commit = Commit(frozenset(unit.changed), bool(unit.outbox.written))
        for listener in self.listeners:
            listener(commit)

    @contextmanager
    def reading(self, team_id: str, *, now: datetime | None = None) -> Iterator[UnitOfWork]:
        """A unit of work that only looks; on SQLite it waits for no writer."""
        with self.engine.connect().execution_options(reading=True) as connection, connection.begin():
            unit = self._unit(connection, team_id, now, writing=False)
            yield unit

    def has_handled(self, team_id: str, once: str) -> bool:
        """Whether the request of this name was carried out by a unit of work."""
        query = select(tables.handled.c.key).where(tables.handled.c.team_id == team_id, tables.handled.c.key == once)
        with self.engine.connect().execution_options(reading=True) as connection:
            return connection.execute(query).first() is not None

    def teams(self) -> list[str]:
        """The workspaces that have rows here."""
        with self.engine.connect().execution_options(reading=True) as connection:
            return list(connection.execute(select(tables.workspaces.c.team_id)).scalars())

    def _unit(self, connection: Connection, team_id: str, now: datetime | None, *, writing: bool) -> SqlUnitOfWork:
        within = Transaction(connection, team_id, self._remembered.opened(), self.schema, writing)
        return SqlUnitOfWork(within, now or self.clock.now(), self._titles, self._machine_now)

    def _claim(self, connection: Connection, team_id: str, once: str) -> None:
        row = {"team_id": team_id, "key": once, "at": self._machine_now()}
        statement = inserting_unless_there(tables.handled, connection.dialect.name, "team_id", "key")
        if connection.execute(statement, row).rowcount == 0:
            raise AlreadyHandled(once)
