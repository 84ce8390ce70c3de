"""The tables. A record's fields are its columns; what is unique and what is looked for often, its `Stored` says."""

from dataclasses import MISSING, Field, fields
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from itertools import chain
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import uuid4

from sqlalchemy import (
    JSON,
    Column,
    Float,
    Index as TableIndex,
    Integer,
    MetaData,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.sql.elements import TextClause

from domain.core import Activity, Bilingual, Index, Kind, Kinds, Record, Stored, index, unique
from domain.destinations.record import BlockedDestination
from domain.people.record import Department, Member, TeamChannel, Workspace
from domain.schedules.defaults import SchedulesByJob
from domain.schedules.record import Schedule, ScheduleRun
from storage.outbox.messages import MessageWords
from storage.types import Instant, column_type

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMES)
"""The tables that every Gemba has, whatever kinds of record it is built with."""


def _table(stored: Stored, into: MetaData) -> Table:
    """A table with a column for each field of its record, and the workspace that each row belongs to."""
    hints = get_type_hints(stored.record)
    columns = [_columns(one, hints[one.name], stored) for one in fields(stored.record) if one.name != "id"]
    return Table(
        stored.table,
        into,
        Column("id", Integer, primary_key=True, autoincrement=True),
        Column("team_id", Text, nullable=False),
        *chain(*columns),
        *(_key(one) for one in stored.indexes),
    )


def _key(given: Index) -> UniqueConstraint | TableIndex:
    columns = given.columns if given.in_all else ("team_id", *given.columns)
    condition = _condition(given)
    if given.unique and condition is None and not given.in_all:
        return UniqueConstraint(*columns)
    return _index_of(given.name or None, condition, *columns, unique=given.unique)


def _index_of(name: str | None, condition: str | None, *columns: str, unique: bool = False) -> TableIndex:
    """Of the rows that meet a condition, or of all."""
    where = None if condition is None else text(condition)
    return TableIndex(name, *columns, unique=unique, postgresql_where=where, sqlite_where=where)


def _condition(given: Index) -> str | None:
    if given.empty:
        return f"{given.empty} IS NULL"
    if given.filled:
        return f"{given.filled} IS NOT NULL"
    return f"{given.said} <> ''" if given.said else None


def _columns(field: Field[Any], hint: Any, stored: Stored) -> list[Column[Any]]:
    if hint is Bilingual and field.name not in stored.as_json:
        first = Column(field.name, Text, nullable=False)
        return [first, Column(f"{field.name}_zh", Text, nullable=False, server_default=text("''"))]
    kind, optional = _without_none(hint)
    return [Column(field.name, column_type(kind), nullable=optional, server_default=_server_default(field))]


def _without_none(hint: Any) -> tuple[Any, bool]:
    if get_origin(hint) in (Union, UnionType):
        kinds = [kind for kind in get_args(hint) if kind is not NoneType]
        return kinds[0], len(kinds) < len(get_args(hint))
    return hint, False


def _server_default(field: Field[Any]) -> TextClause | None:
    """The field's default, known to the database too, so that other programs can write rows."""
    match field.default:
        case bool() as value:
            return text("true" if value else "false")
        case StrEnum() | str() as value:
            return text(f"'{value}'")
        case int() | Decimal() as value:
            return text(str(value))
        case ():
            return text("'[]'")
        case value if value is MISSING or value is None or isinstance(value, date | datetime | time | tuple):
            return None
    return None


CORE = (
    Stored(Workspace, "workspaces", (unique(),), often=True),
    Stored(Member, "members", (unique("user_id"),), hearsay=("met", "seen")),
    Stored(Department, "departments", (unique("name"),), often=True),
    Stored(TeamChannel, "channels", (unique("channel_id"),), often=True),
    Stored(Activity, "activities", (index("subject", "subject_id", "id"),), recorded=False),
    Stored(Schedule, "schedules", (unique("job", "subject"), index("next_due", in_all=True)), recorded=False),
    Stored(ScheduleRun, "schedule_runs", (unique("schedule_id", "slot"),), recorded=False),
    Stored(BlockedDestination, "stops", (unique("target"),)),
)
"""Records that are no kind of their own: who works here, and the bot's own book-keeping."""

_core = {stored.record: _table(stored, metadata) for stored in CORE}
workspaces = _core[Workspace]
activities = _core[Activity]
schedules = _core[Schedule]
blocked = _core[BlockedDestination]

numbers = Table(
    "numbers",
    metadata,
    Column("team_id", Text, primary_key=True),
    Column("prefix", Text, primary_key=True),
    Column("last", Integer, nullable=False),
)

handled = Table(
    "handled_requests",
    metadata,
    Column("team_id", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("at", Instant, nullable=False),
    TableIndex(None, "at"),
    comment="Requests of Slack that were carried out: a redelivered one is answered and does nothing",
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("token", Text, nullable=False, default=lambda: uuid4().hex, comment="by which its message is found again"),
    Column("team_id", Text, nullable=False),
    Column("key", Text, nullable=False, comment="from the thing and the period, never from the clock"),
    Column("action", Text, nullable=False, comment="post, whisper, update, pin"),
    Column("kind", Text, nullable=False),
    Column("about", JSON, nullable=False),
    Column("target", Text, nullable=False, comment="channel or user id"),
    Column("person", Text, nullable=False, server_default="", comment="who sees a whisper"),
    Column("thread_ts", Text, nullable=False, server_default=""),
    Column("lane", Text, nullable=False, comment="one in flight each, order kept"),
    Column("waits_for", Text, nullable=False, server_default="", comment="key of a row that goes first"),
    Column("in_thread", Integer, nullable=False, server_default="0", comment="reply to the row it waits for"),
    Column("urgency", SmallInteger, nullable=False),
    Column("may_repeat", Integer, nullable=False),
    Column("as_of", Instant, nullable=False, comment="business time when it was said"),
    Column("late_since", Instant, comment="business time when it should have been said, had the bot been running"),
    Column("state", Text, nullable=False, comment="ready, sending, unsure, sent, skipped, failed"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("not_before", Instant, nullable=False, comment="machine time"),
    Column("lease_owner", Text, nullable=False, server_default=""),
    Column("lease_until", Instant),
    Column("channel_id", Text, nullable=False, server_default="", comment="as Slack answered"),
    Column("ts", Text, nullable=False, server_default=""),
    Column("error", Text, nullable=False, server_default=""),
    Column("created_at", Instant, nullable=False),
    Column("settled_at", Instant),
    UniqueConstraint("team_id", "key"),
    _index_of("ix_outbox_waiting", "state IN ('ready', 'sending', 'unsure')", "urgency", "id"),
    _index_of("ix_outbox_lane", "state IN ('ready', 'sending', 'unsure')", "team_id", "lane", "id"),
    _index_of("ix_outbox_failed", "state = 'failed'", "settled_at"),
    _index_of("ix_outbox_stopped", "state IN ('ready', 'sending', 'unsure')", "team_id", "target"),
)

rates = Table(
    "rates",
    metadata,
    Column("team_id", Text, primary_key=True),
    Column("bucket", Text, primary_key=True, comment="an action, or a conversation"),
    Column("open_at", Float, nullable=False, comment="machine time in seconds: nothing goes before"),
    comment="How fast each workspace and conversation may be written to, for all replicas together",
)


class Schema:
    """All tables, those of the kinds that are handed in among them, and how each record is kept; when jobs are due."""

    def __init__(self, kinds: tuple[Kind[Any], ...], default_schedules: SchedulesByJob = ()) -> None:
        self.kinds = Kinds(kinds)
        self.words = MessageWords(self.kinds)
        self.default_schedules = default_schedules
        self.metadata = MetaData(naming_convention=NAMES)
        for table in metadata.tables.values():
            table.to_metadata(self.metadata)
        self._stored = {stored.record: stored for stored in (*CORE, *(one for kind in kinds for one in kind.stored))}
        self._tables = _core | {
            record: _table(stored, self.metadata) for record, stored in self._stored.items() if record not in _core
        }

    @property
    def often(self) -> frozenset[str]:
        """The tables that nearly every request reads."""
        return frozenset(stored.table for stored in self._stored.values() if stored.often)

    def stored(self, record: type[Record]) -> Stored:
        return self._stored[record]

    def of(self, record: type[Record]) -> Table:
        """The table of a record."""
        return self._tables[record]
