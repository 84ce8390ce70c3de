"""Bringing the database to the tables of this version, under a lock, at every start."""

from pathlib import Path

from sqlalchemy import Connection, Engine, text

MIGRATIONS = Path(__file__).parent / "migrations"
ADVISORY_LOCK = 0x67656D6261  # "gemba": one upgrade at a time on PostgreSQL


def upgrade(engine: Engine) -> str:
    """Run the migrations that are missing, in one transaction; several processes may try at once.

    Returns the revision. On SQLite foreign keys are off meanwhile (a rebuilt parent table would empty its children),
    and checked before the commit. Raises RuntimeError when that check fails.
    """
    from alembic import command  # 60 ms, so only here
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            _foreign_keys(connection, on=False)
        with connection.begin():
            if not sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": ADVISORY_LOCK})
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            if sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                raise RuntimeError("a migration left rows without their parents; nothing was changed")
            revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
        if sqlite:
            _foreign_keys(connection, on=True)
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


def _foreign_keys(connection: Connection, *, on: bool) -> None:
    raw = connection.connection.dbapi_connection
    assert raw is not None
    raw.execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")
