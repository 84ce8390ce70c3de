"""The migrations lead to today's tables, whoever runs them and however often."""

import subprocess
import sys
from collections.abc import Iterator
from threading import Barrier, Thread

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, event, inspect, text

from bot.database import SCHEMA
from storage.engine import BUSY_TIMEOUT_MS, open_engine
from storage.upgrade import MIGRATIONS, current_revision, known_revisions, newest_revision, upgrade

IN_A_PROCESS = (
    "import sys; from bot.database import SCHEMA; from storage.engine import open_engine; "
    "from storage.upgrade import upgrade; "
    "print(upgrade(open_engine(sys.argv[1]), SCHEMA.metadata))"
)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    opened = open_engine(database_url)
    yield opened
    opened.dispose()


def test_after_an_upgrade_the_database_is_what_the_records_say(engine: Engine) -> None:
    upgrade(engine, SCHEMA.metadata)
    assert _differences(engine) == []
    assert set(inspect(engine).get_table_names()) == {*SCHEMA.metadata.tables, "alembic_version"}


def test_a_difference_would_be_seen(engine: Engine) -> None:
    upgrade(engine, SCHEMA.metadata)
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE kpis DROP COLUMN formula"))
    assert [change[0] for change in _differences(engine)] == ["add_column"]


def test_an_upgrade_leads_to_the_newest_revision_and_names_it(engine: Engine) -> None:
    assert current_revision(engine) is None
    assert upgrade(engine, SCHEMA.metadata) == newest_revision() == current_revision(engine)


def test_files_are_named_by_revisions_that_are_numbered_in_their_order() -> None:
    """So that a start on a database that is up to date needs no Alembic to know it."""
    in_order = [script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()]
    assert sorted(known_revisions(), reverse=True) == in_order and newest_revision() == in_order[0]


def test_a_second_upgrade_changes_nothing(engine: Engine) -> None:
    upgrade(engine, SCHEMA.metadata)
    said: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda _c, _cursor, statement, *_rest: said.append(statement))
    assert upgrade(engine, SCHEMA.metadata) == newest_revision()
    assert [statement for statement in said if not statement.startswith(("SELECT", "PRAGMA", "BEGIN"))] == []


def test_three_processes_may_upgrade_at_once(database_url: str) -> None:
    command = [sys.executable, "-c", IN_A_PROCESS, database_url]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(3)]
    ended = [process.communicate(timeout=120) for process in running]
    assert [out.decode().strip() for out, _ in ended] == [newest_revision()] * 3, ended


def test_six_threads_may_upgrade_at_once(database_url: str) -> None:
    together, failures = Barrier(6), []

    def bring_up() -> None:
        engine = open_engine(database_url)
        together.wait()
        try:
            upgrade(engine, SCHEMA.metadata)
        except Exception as error:
            failures.append(error)
        finally:
            engine.dispose()

    threads = [Thread(target=bring_up) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_sqlite_keeps_its_promises_again_after_an_upgrade(engine: Engine) -> None:
    if engine.dialect.name != "sqlite":
        pytest.skip("pragmas are of SQLite")
    upgrade(engine, SCHEMA.metadata)
    with engine.connect() as connection:
        kept = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("busy_timeout", "synchronous", "journal_mode")
        ]
    assert kept == [BUSY_TIMEOUT_MS, 2, "wal"]


def _differences(engine: Engine) -> list[tuple[object, ...]]:
    defaults = engine.dialect.name == "postgresql"  # Alembic cannot compare an empty default on SQLite
    opts = {"compare_type": True, "compare_server_default": defaults}
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=opts)
        return list(compare_metadata(context, SCHEMA.metadata))
