"""Bringing the database to the tables of this version, under a lock, at every start."""

from functools import cache
from pathlib import Path

from sqlalchemy import Connection, Engine, MetaData, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from storage.engine import BUSY_TIMEOUT_MS
from storage.first_schema import FIRST, first_schema
from storage.shape import differences, mend

MIGRATIONS = Path(__file__).parent / "migrations"
LONGEST_MS = 60_000  # another process that upgrades a large SQLite file may take as long
ADVISORY_LOCK = 0x67656D6261  # "gemba": one upgrade at a time on PostgreSQL


class SchemaRefused(Exception):
    """The database has not the tables of this version, and cannot be given them; the text says what is different."""


def upgrade(engine: Engine, wanted: MetaData) -> str:
    """Run the migrations that are missing, in one transaction; several processes may try at once, and wait.

    A database of one of the first migration's earlier forms is brought up to its last one before. Returns the revision;
    raises SchemaRefused where it would not have the tables that are `wanted` then: nothing is changed.
    """
    from alembic import command  # 60 ms, so only here
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            _wait(connection, LONGEST_MS)
        with connection.begin():
            if connection.dialect.name != "sqlite":
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": ADVISORY_LOCK})
            _finish_first(connection)
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            if different := differences(connection, wanted):
                raise SchemaRefused(different.described)
            revision = _revision(connection)
        if connection.dialect.name == "sqlite":
            _wait(connection, BUSY_TIMEOUT_MS)
    return str(revision)


def unfit(engine: Engine, wanted: MetaData) -> str:
    """Why this version cannot work on a database as it is; empty when it can."""
    revision = current_revision(engine)
    if revision != newest_revision():
        return f"is at revision {revision or 'none'}, not {newest_revision()}"
    with engine.connect().execution_options(reading=True) as connection:
        return differences(connection, wanted).described


def current_revision(engine: Engine) -> str | None:
    with engine.connect().execution_options(reading=True) as connection:
        return _revision(connection)


def newest_revision() -> str:
    return max(known_revisions())


@cache
def known_revisions() -> frozenset[str]:
    """All that this version can upgrade from, the newest among them: files begin with theirs, a number."""
    return frozenset(file.name.partition("_")[0] for file in (MIGRATIONS / "versions").glob("*.py"))


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _finish_first(connection: Connection) -> None:
    if _revision(connection) != FIRST:
        return
    different = differences(connection, first_schema(connection.dialect.name, str(MIGRATIONS)))
    try:
        mend(connection, different)
    except (SQLAlchemyError, NotImplementedError, ValueError) as error:
        why = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        raise SchemaRefused(f"{different.described}, and this cannot be mended ({why})") from error


def _wait(connection: Connection, longest_ms: int) -> None:
    """How long this connection waits for another writer; said outside a transaction."""
    raw = connection.connection.dbapi_connection
    assert raw is not None
    raw.execute(f"PRAGMA busy_timeout={longest_ms}")
