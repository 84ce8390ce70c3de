"""One transaction in one workspace."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from secrets import token_hex
from typing import Any, cast

from sqlalchemy import Connection, Engine, Table, select, text

from domain.core.activity import Activity
from domain.core.errors import AlreadyHandled
from domain.core.ports import Clock, UnitOfWork
from domain.core.record import Record
from domain.destinations.record import Stop
from domain.issues.record import Issue
from domain.kpis.record import (
    Kpi,
    KpiAlert,
    KpiBaseline,
    KpiReading,
    KpiRevision,
    KpiSeries,
    KpiShift,
    KpiSource,
    KpiVersion,
)
from domain.optimizations.record import Optimization
from domain.people.record import Department, Member, TeamChannel, Workspace
from domain.pilots.record import Feedback, Metric, Pilot, PilotProblem, Reading
from domain.processes.record import Process
from domain.projects.record import Project
from domain.risks.record import Risk
from domain.rollouts.record import Rollout
from domain.schedules.record import Schedule, ScheduleRun
from domain.suggestions.record import Box, Suggestion
from domain.tasks.record import Task
from domain.text.likeness import Titles
from domain.weekly_sync.record import SyncNote
from storage import tables
from storage.outbox import OutboxWriter
from storage.remembered import Memory, Remembered
from storage.repository import Repository
from storage.statements import inserting_unless_there, next_number
from storage.titles import KnownTitles

REPOSITORIES: dict[str, tuple[Table, type[Record]]] = {
    "workspaces": (tables.workspaces, Workspace),
    "members": (tables.members, Member),
    "departments": (tables.departments, Department),
    "channels": (tables.channels, TeamChannel),
    "sync_notes": (tables.sync_notes, SyncNote),
    "processes": (tables.processes_, Process),
    "projects": (tables.projects_, Project),
    "risks": (tables.risks, Risk),
    "rollouts": (tables.rollouts, Rollout),
    "issues": (tables.issues, Issue),
    "tasks": (tables.tasks, Task),
    "pilots": (tables.pilots_, Pilot),
    "metrics": (tables.metrics, Metric),
    "readings": (tables.readings, Reading),
    "pilot_problems": (tables.pilot_problems, PilotProblem),
    "feedback": (tables.feedback, Feedback),
    "optimizations": (tables.optimizations, Optimization),
    "suggestions": (tables.suggestions, Suggestion),
    "boxes": (tables.boxes, Box),
    "kpis": (tables.kpis_, Kpi),
    "kpi_versions": (tables.kpi_versions, KpiVersion),
    "kpi_series": (tables.kpi_series, KpiSeries),
    "kpi_readings": (tables.kpi_readings, KpiReading),
    "kpi_revisions": (tables.kpi_revisions, KpiRevision),
    "kpi_alerts": (tables.kpi_alerts, KpiAlert),
    "kpi_shifts": (tables.kpi_shifts, KpiShift),
    "kpi_baselines": (tables.kpi_baselines, KpiBaseline),
    "kpi_sources": (tables.kpi_sources, KpiSource),
    "schedules": (tables.schedules, Schedule),
    "schedule_runs": (tables.schedule_runs, ScheduleRun),
    "stops": (tables.stops, Stop),
    "activities": (tables.activities, Activity),
}


TURN = text("SELECT pg_advisory_xact_lock(hashtextextended(:team, 0))")


class SqlUnitOfWork:
    """Implements `domain.core.ports.UnitOfWork` over an open transaction; its records are made when first asked for."""

    def __init__(
        self,
        connection: Connection,
        team_id: str,
        now: datetime,
        memory: Memory,
        titles: KnownTitles,
        *,
        writing: bool,
        machine_now: Callable[[], datetime],
    ) -> None:
        self._memory = memory
        self._titles = titles
        self.team_id = team_id
        self._connection = connection
        self._writing = writing
        self.outbox = OutboxWriter(connection, team_id, now, machine_now)
        self.changed: set[str] = set()

    def __getattr__(self, name: str) -> Repository[Any]:
        if name not in REPOSITORIES:
            raise AttributeError(name)
        table, record = REPOSITORIES[name]
        made = Repository(
            self._connection, self.team_id, table, record, self.changed, self._memory, writing=self._writing
        )
        setattr(self, name, made)
        return made

    @cached_property
    def workspace(self) -> Workspace:
        """The settings; those of a new workspace until somebody sets them.

        What another replica has changed may go unseen for a second: nearly every request asks for them. Where that
        would lose something there is `workspace_now`.
        """
        known: Workspace | None = self.workspaces.known()
        return known or Workspace()

    def workspace_now(self) -> Workspace:
        """The settings, past what is remembered."""
        self.workspace = self.workspaces.one() or Workspace()
        return self.workspace

    @property
    def issue_titles(self) -> Titles:
        return self._titles.of(self.team_id, self.issues)

    def set_workspace(self, *, by: str, at: datetime, **fields: Any) -> Workspace:
        current: Workspace | None = self.workspaces.one()
        if current is None:
            current = self.workspaces.add(Workspace(salt=token_hex(16)), by=by, at=at)
        elif not current.salt:
            fields = {"salt": token_hex(16), **fields}
        self.workspace = self.workspaces.change(current, by=by, at=at, **fields) if fields else current
        return self.workspace

    @property
    def numbers(self) -> "SqlUnitOfWork":
        return self

    def next(self, prefix: str) -> int:
        """The next number of a series: one upsert, whose row lock holds until the transaction ends."""
        row = {"team_id": self.team_id, "prefix": prefix, "last": 1}
        return int(self._connection.execute(next_number(self._connection.dialect.name), row).scalar_one())


@dataclass(frozen=True, slots=True)
class Commit:
    """What a committed unit of work has changed: names of tables, and whether something is to be said."""

    changed: frozenset[str]
    said: bool


class Database:
    """Opens units of work. `listeners` hear of each commit, after it, in the thread that made it.

    `clock` is business time, `machine_now` the machine's.
    """

    def __init__(
        self, engine: Engine, clock: Clock, machine_now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self.engine = engine
        self.clock = clock
        self._machine_now = machine_now
        self.listeners: list[Callable[[Commit], None]] = []
        self._remembered = Remembered()
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
                connection.execute(TURN, {"team": team_id})
            if once:
                self._claim(connection, team_id, once)
            unit = self._unit(connection, team_id, now, writing=True)
            yield cast(UnitOfWork, unit)
        self._remembered.forget(unit.changed)
        commit = Commit(frozenset(unit.changed), bool(unit.outbox.written))
        for listener in self.listeners:
            listener(commit)

    @contextmanager
    def reading(self, team_id: str, *, now: datetime | None = None) -> Iterator[UnitOfWork]:
        """A unit of work that only looks; on SQLite it waits for no writer."""
        with self.engine.connect().execution_options(reading=True) as connection, connection.begin():
            unit = self._unit(connection, team_id, now, writing=False)
            yield cast(UnitOfWork, unit)

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
        moment, memory = now or self.clock.now(), self._remembered.opened()
        return SqlUnitOfWork(
            connection, team_id, moment, memory, self._titles, writing=writing, machine_now=self._machine_now
        )

    def _claim(self, connection: Connection, team_id: str, once: str) -> None:
        row = {"team_id": team_id, "key": once, "at": self._machine_now()}
        statement = inserting_unless_there(tables.handled, connection.dialect.name, "team_id", "key")
        if connection.execute(statement, row).rowcount == 0:
            raise AlreadyHandled(once)
