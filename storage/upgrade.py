"""Bringing the database to the tables of this version, under a lock, at every start."""

from pathlib import Path

from sqlalchemy import Connection, Engine, text

from storage.engine import BUSY_TIMEOUT_MS

MIGRATIONS = Path(__file__).parent / "migrations"
LONGEST_MS = 60_000  # another process that upgrades a large SQLite file may take as long
ADVISORY_LOCK = 0x67656D6261  # "gemba": one upgrade at a time on PostgreSQL


def upgrade(engine: Engine) -> str:
    """Run the migrations that are missing, in one transaction; several processes may try at once, and wait.

    Returns the revision.
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
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
        if connection.dialect.name == "sqlite":
            _wait(connection, BUSY_TIMEOUT_MS)
    return str(revision)


def current_revision(engine: Engine) -> str | None:
    from alembic.runtime.migration import MigrationContext

    with engine.connect().execution_options(reading=True) as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest_revision() -> str | None:
    from alembic.script import ScriptDirectory

    return ScriptDirectory(str(MIGRATIONS)).get_current_head()


def known_revisions() -> set[str]:
    """All that this version can upgrade from, the newest among them."""
    from alembic.script import ScriptDirectory

    return {script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()}


def _wait(connection: Connection, longest_ms: int) -> None:
    """How long this connection waits for another writer; said outside a transaction."""
    raw = connection.connection.dbapi_connection
    assert raw is not None
    raw.execute(f"PRAGMA busy_timeout={longest_ms}")
