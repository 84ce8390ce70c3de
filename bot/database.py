"""Opening the database that is set: brought up to date, or as it is; and never another workspace's."""

from functools import cache
from typing import Any

from sqlalchemy import Engine, inspect

from bot.refusal import Refusal
from bot.scheduling.clock import SystemClock
from bot.settings import Settings
from domain.core import Clock, Kind
from domain.kinds import KINDS
from domain.schedules.defaults import SchedulesByJob
from jobs.registry import JOBS, schedules_of
from storage.backup import BackupRefused, upgrade_with_backup
from storage.caches.switch import CACHES
from storage.engine import open_engine, sqlite_file
from storage.tables import Schema
from storage.unit_of_work import Database
from storage.upgrade import current_revision, known_revisions, unfit

DEFAULT_SCHEDULES = schedules_of(JOBS)


@cache
def schema_of(kinds: tuple[Kind[Any], ...], schedules: SchedulesByJob = DEFAULT_SCHEDULES) -> Schema:
    """For a Gemba with these kinds, and jobs that are due so; made once, for statements are kept by their table."""
    return Schema(kinds, schedules)


SCHEMA = schema_of(KINDS, DEFAULT_SCHEDULES)
SANDBOX_TEAM = "T0SANDBOX"  # of bot/example/workspace.json


class NotThere(Refusal):
    """There is no database yet."""


def open_database(settings: Settings, clock: Clock | None = None, schema: Schema = SCHEMA) -> Database:
    """The database, brought up to date. Raises Refusal where it cannot be: of a newer Gemba, say."""
    CACHES.on = settings.gemba_caches
    engine = open_engine(settings.database)
    _revision(engine)
    if unfit(engine, schema.metadata):
        try:
            upgrade_with_backup(engine, schema.metadata)
        except BackupRefused as refused:
            raise Refusal(str(refused)) from refused
    return Database(engine, clock or SystemClock(), schema)


def open_as_it_is(settings: Settings, clock: Clock | None = None) -> Database:
    """The same for who only looks: nothing is made or changed. Raises NotThere, or Refusal where it is out of date."""
    file = sqlite_file(settings.database)
    if file is not None and not file.exists():
        raise NotThere(f"there is no database at {file} yet; start the bot once, or check DATABASE_URL")
    engine = open_engine(settings.database)
    revision = _revision(engine)
    if why := unfit(engine, SCHEMA.metadata):
        raise Refusal(f"the database {why}: {remedy(revision, why)}")
    return Database(engine, clock or SystemClock(), SCHEMA)


def remedy(revision: str | None, why: str) -> str:
    """What to do about a database at this revision that is unfit, and why; empty where it is not."""
    if not why:
        return ""
    if revision is None or revision in known_revisions():
        return "run `gemba db upgrade`, or start the bot, which does the same"
    return "a newer Gemba has made it; update this one"


def check_owner(database: Database, team_id: str) -> None:
    """Raises Refusal where other workspaces have records here: a bot sends and runs all that is due, with its token."""
    if others := _others(database, team_id):
        raise Refusal(
            f"this database belongs to the workspace {others}, the bot token to {team_id}: each workspace needs a "
            "database of its own; set DATABASE_URL to another one, or the tokens of that workspace"
        )


def check_sandbox(settings: Settings) -> None:
    """Raises Refusal where the sandbox's bot would find another workspace's records: before anything is changed."""
    file = sqlite_file(settings.database)
    if file is not None and not file.exists():
        return
    engine = open_engine(settings.database)
    if inspect(engine).has_table("workspaces") and (
        others := _others(Database(engine, SystemClock(), SCHEMA), SANDBOX_TEAM)
    ):
        raise Refusal(
            f"this database belongs to the workspace {others}, and the sandbox takes only one of its own; unset "
            "DATABASE_URL, or set the workspace's tokens (`gemba doctor` says where from)"
        )
    engine.dispose()


def _revision(engine: Engine) -> str | None:
    """Its revision. Raises Refusal where only a newer Gemba knows it."""
    revision = current_revision(engine)
    if revision is not None and revision not in known_revisions():
        raise Refusal(f"the database is at revision {revision}: {remedy(revision, 'newer')}")
    return revision


def _others(database: Database, team_id: str) -> str:
    return ", ".join(other for other in database.teams() if other != team_id)
