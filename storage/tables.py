"""The tables. A record's fields are its columns; keys, indexes and tables without a record are added here."""

from dataclasses import MISSING, Field, fields
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import uuid4

from sqlalchemy import (
    JSON,
    Column,
    Float,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.sql.elements import TextClause

from domain.core.activity import Activity
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
from domain.weekly_sync.record import SyncNote
from storage.types import Instant, column_type

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _table(name: str, record: type[Record], *keys: UniqueConstraint | Index) -> Table:
    """A table with a column for each field of `record`, and the workspace that each row belongs to."""
    hints = get_type_hints(record)
    columns = [_column(field, hints[field.name]) for field in fields(record) if field.name != "id"]
    return Table(
        name,
        metadata,
        Column("id", Integer, primary_key=True, autoincrement=True),
        Column("team_id", Text, nullable=False),
        *columns,
        *keys,
    )


def _column(field: Field[Any], hint: Any) -> Column[Any]:
    kind, optional = _without_none(hint)
    return Column(field.name, column_type(kind), nullable=optional, server_default=_server_default(field))


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


def _one(*columns: str) -> UniqueConstraint:
    return UniqueConstraint("team_id", *columns)


def _where(condition: str, *columns: str) -> Index:
    """An index of those rows of a workspace alone: what is finished costs nothing to who looks for what is open."""
    return Index(None, "team_id", *columns, postgresql_where=text(condition), sqlite_where=text(condition))


workspaces = _table("workspaces", Workspace, _one())
members = _table("members", Member, _one("user_id"))
departments = _table("departments", Department, _one("name"))
channels = _table("channels", TeamChannel, _one("channel_id"))
sync_notes = _table("sync_notes", SyncNote, _one("channel_id", "member", "week"))
processes_ = _table("processes", Process, _one("name"))
projects_ = _table("projects", Project, _one("name"), Index(None, "team_id", "process_id"))
risks = _table("risks", Risk, Index(None, "team_id", "project_id"))
rollouts = _table(
    "rollouts",
    Rollout,
    _one("name"),
    Index(None, "team_id", "process_id"),
    Index(None, "team_id", "project_id"),
)
issues = _table(
    "issues",
    Issue,
    _one("number"),
    _where("finished_at IS NULL", "id"),
    _where("finished_at IS NULL", "due"),
    _where("finished_at IS NULL", "owner", "due"),
    _where("finished_at IS NULL", "channel", "due"),
    _where("finished_at IS NULL", "process_id", "due"),
    _where("finished_at IS NOT NULL", "finished_at"),
    Index(None, "team_id", "filed_at"),
    Index(None, "team_id", "reporter"),
)
tasks = _table(
    "tasks",
    Task,
    _one("number"),
    _where("done_at IS NULL", "due"),
    _where("done_at IS NULL", "owner", "due"),
    _where("done_at IS NULL", "channel", "due"),
    _where("done_at IS NOT NULL", "done_at"),
    Index(None, "team_id", "created_at"),
)
pilots_ = _table("pilots", Pilot, _one("number"))
metrics = _table("pilot_metrics", Metric, _one("pilot_id", "name"))
readings = _table("pilot_readings", Reading, _one("metric_id", "week"))
pilot_problems = _table("pilot_problems", PilotProblem, Index(None, "team_id", "pilot_id", "week"))
feedback = _table("feedback", Feedback, _one("pilot_id", "member", "week"))
optimizations = _table("optimizations", Optimization, _one("number"))
suggestions = _table("suggestions", Suggestion, _one("number"), Index(None, "team_id", "code_hash"))
boxes = _table("suggestion_boxes", Box, _one("channel_id"))
kpis_ = _table(
    "kpis",
    Kpi,
    _one("name"),
    Index(
        "uq_kpis_key", "team_id", "key", unique=True, postgresql_where=text("key <> ''"), sqlite_where=text("key <> ''")
    ),
)
kpi_versions = _table("kpi_versions", KpiVersion, Index(None, "team_id", "kpi_id"))
kpi_series = _table("kpi_series", KpiSeries, _one("kpi_id", "segment"))
kpi_readings = _table(
    "kpi_readings",
    KpiReading,
    _one("kpi_id", "segment", "period"),
    Index(
        None, "team_id", "judged_at", postgresql_where=text("judged_at IS NULL"), sqlite_where=text("judged_at IS NULL")
    ),
)
kpi_revisions = _table("kpi_revisions", KpiRevision, Index(None, "team_id", "kpi_id", "segment", "period"))
kpi_alerts = _table(
    "kpi_alerts",
    KpiAlert,
    Index(None, "team_id", "kpi_id", "segment"),
    Index(None, "team_id", "card"),
    Index(
        "uq_kpi_alerts_open",
        "team_id",
        "kpi_id",
        "segment",
        unique=True,
        postgresql_where=text("closed_at IS NULL"),
        sqlite_where=text("closed_at IS NULL"),
    ),
)
kpi_shifts = _table("kpi_shifts", KpiShift, Index(None, "team_id", "kpi_id", "segment"), Index(None, "team_id", "card"))
kpi_baselines = _table("kpi_baselines", KpiBaseline, Index(None, "team_id", "kpi_id", "segment"))
kpi_sources = _table("kpi_sources", KpiSource, _one("name"), Index(None, "token_hash", unique=True))
activities = _table("activities", Activity, Index(None, "team_id", "subject", "subject_id", "id"))
schedules = _table("schedules", Schedule, _one("job", "subject"), Index(None, "next_due"))
schedule_runs = _table("schedule_runs", ScheduleRun, _one("schedule_id", "slot"))
stops = _table("stops", Stop, _one("target"))

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
    Index(None, "at"),
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
    Index(
        "ix_outbox_waiting",
        "urgency",
        "id",
        postgresql_where=text("state IN ('ready', 'sending', 'unsure')"),
        sqlite_where=text("state IN ('ready', 'sending', 'unsure')"),
    ),
    Index(
        "ix_outbox_lane",
        "team_id",
        "lane",
        "id",
        postgresql_where=text("state IN ('ready', 'sending', 'unsure')"),
        sqlite_where=text("state IN ('ready', 'sending', 'unsure')"),
    ),
    Index(
        "ix_outbox_failed",
        "settled_at",
        postgresql_where=text("state = 'failed'"),
        sqlite_where=text("state = 'failed'"),
    ),
    Index(
        "ix_outbox_stopped",
        "team_id",
        "target",
        postgresql_where=text("state IN ('ready', 'sending', 'unsure')"),
        sqlite_where=text("state IN ('ready', 'sending', 'unsure')"),
    ),
)

rates = Table(
    "rates",
    metadata,
    Column("team_id", Text, primary_key=True),
    Column("bucket", Text, primary_key=True, comment="an action, or a conversation"),
    Column("open_at", Float, nullable=False, comment="machine time in seconds: nothing goes before"),
    comment="How fast each workspace and conversation may be written to, for all replicas together",
)
