"""One transaction in one workspace."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from secrets import token_hex
from typing import Any, cast

from sqlalchemy import Connection, Engine, Table, select
from sqlalchemy.dialects import postgresql, sqlite

from domain.errors import AlreadyHandled
from domain.ports import Clock, UnitOfWork
from domain.records import improvements, kpis, ledger, people, pilots, processes, work
from domain.records.base import Record
from storage import tables
from storage.outbox import OutboxWriter
from storage.repository import Repository

REPOSITORIES: dict[str, tuple[Table, type[Record]]] = {
    "workspaces": (tables.workspaces, people.Workspace),
    "members": (tables.members, people.Member),
    "departments": (tables.departments, people.Department),
    "channels": (tables.channels, people.TeamChannel),
    "sync_notes": (tables.sync_notes, people.SyncNote),
    "processes": (tables.processes_, processes.Process),
    "issues": (tables.issues, work.Issue),
    "tasks": (tables.tasks, work.Task),
    "pilots": (tables.pilots_, pilots.Pilot),
    "metrics": (tables.metrics, pilots.Metric),
    "readings": (tables.readings, pilots.Reading),
    "pilot_problems": (tables.pilot_problems, pilots.PilotProblem),
    "feedback": (tables.feedback, pilots.Feedback),
    "optimizations": (tables.optimizations, improvements.Optimization),
    "suggestions": (tables.suggestions, improvements.Suggestion),
    "boxes": (tables.boxes, improvements.Box),
    "kpis": (tables.kpis_, kpis.Kpi),
    "kpi_readings": (tables.kpi_readings, kpis.KpiReading),
    "kpi_alerts": (tables.kpi_alerts, kpis.KpiAlert),
    "schedules": (tables.schedules, ledger.Schedule),
    "schedule_runs": (tables.schedule_runs, ledger.ScheduleRun),
    "activities": (tables.activities, ledger.Activity),
}


class SqlUnitOfWork:
    """Implements `domain.ports.UnitOfWork` over one open transaction; its records are made when first asked for."""

    def __init__(self, connection: Connection, team_id: str, now: datetime, *, writing: bool) -> None:
        self.team_id = team_id
        self._connection = connection
        self._writing = writing
        self.outbox = OutboxWriter(connection, team_id, now)

    def __getattr__(self, name: str) -> Repository[Any]:
        if name not in REPOSITORIES:
            raise AttributeError(name)
        table, record = REPOSITORIES[name]
        made = Repository(self._connection, self.team_id, table, record, writing=self._writing)
        setattr(self, name, made)
        return made

    @cached_property
    def workspace(self) -> people.Workspace:
        """The settings; those of a new workspace until somebody sets them."""
        found: people.Workspace | None = self.workspaces.one()
        return found or people.Workspace()

    def set_workspace(self, *, by: str, at: datetime, **fields: Any) -> people.Workspace:
        current: people.Workspace | None = self.workspaces.one()
        if current is None:
            current = self.workspaces.add(people.Workspace(salt=token_hex(16)), by=by, at=at)
        self.workspace = self.workspaces.change(current, by=by, at=at, **fields)
        return self.workspace

    @property
    def numbers(self) -> "SqlUnitOfWork":
        return self

    def next(self, prefix: str) -> int:
        """The next number of a series: one upsert, whose row lock holds until the transaction ends."""
        statement = (
            _dialect(self._connection)
            .insert(tables.numbers)
            .values(team_id=self.team_id, prefix=prefix, last=1)
            .on_conflict_do_update(index_elements=["team_id", "prefix"], set_={"last": tables.numbers.c.last + 1})
            .returning(tables.numbers.c.last)
        )
        return cast(int, self._connection.execute(statement).scalar_one())


class Database:
    """Opens units of work. `committed` is called after a commit that left something to be said."""

    def __init__(self, engine: Engine, clock: Clock, committed: Callable[[], None] = lambda: None) -> None:
        self.engine = engine
        self.clock = clock
        self.committed = committed

    @contextmanager
    def writing(self, team_id: str, *, once: str = "", now: datetime | None = None) -> Iterator[UnitOfWork]:
        """A unit of work that commits at the end of its block, and rolls back when it raises.

        `once` names the request that it carries out; a second one of that name raises AlreadyHandled at once.
        """
        with self.engine.begin() as connection:
            if once:
                self._claim(connection, team_id, once)
            unit = SqlUnitOfWork(connection, team_id, now or self.clock.now(), writing=True)
            yield cast(UnitOfWork, unit)
        if unit.outbox.written:
            self.committed()

    @contextmanager
    def reading(self, team_id: str, *, now: datetime | None = None) -> Iterator[UnitOfWork]:
        """A unit of work that only looks; on SQLite it waits for no writer."""
        with self.engine.connect().execution_options(reading=True) as connection, connection.begin():
            yield cast(UnitOfWork, SqlUnitOfWork(connection, team_id, now or self.clock.now(), writing=False))

    def teams(self) -> list[str]:
        """The workspaces that have rows here."""
        with self.engine.connect().execution_options(reading=True) as connection:
            return list(connection.execute(select(tables.workspaces.c.team_id)).scalars())

    def _claim(self, connection: Connection, team_id: str, once: str) -> None:
        row = {"team_id": team_id, "key": once, "at": datetime.now(UTC)}
        statement = _dialect(connection).insert(tables.handled).values(row).on_conflict_do_nothing()
        if connection.execute(statement).rowcount == 0:
            raise AlreadyHandled(once)


def _dialect(connection: Connection) -> Any:
    return postgresql if connection.dialect.name == "postgresql" else sqlite
