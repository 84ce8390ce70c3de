"""A backup is whole or not there, and comes back; what it replaces is kept."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from shutil import copy
from threading import Event, Thread

import pytest
from sqlalchemy import select

from bot.database import SCHEMA
from bot.scheduling.clock import FixedClock
from domain.cards.messages import Card
from domain.core import Ref
from domain.issues.record import Issue
from storage.backup import BackupRefused, back_up, dump_command, load_command, restore
from storage.engine import open_engine
from storage.sole_process import AlreadyRunning, sole_process
from storage.tables import outbox
from storage.unit_of_work import Database
from tests.postgres import PostgresServer

TEAM = "T1"
NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)


@pytest.fixture
def file(tmp_path: Path, upgraded_file: Path) -> Path:
    (tmp_path / "data").mkdir()
    return Path(copy(upgraded_file, tmp_path / "data" / "gemba.db"))


@pytest.fixture
def records(file: Path) -> Iterator[Database]:
    opened = Database(open_engine(f"sqlite:///{file}"), FixedClock(NOW), SCHEMA)
    yield opened
    opened.engine.dispose()


def file_issue(records: Database, title: str) -> None:
    with records.writing(TEAM) as work:
        number = work.next_number("I")
        issue = work.of(Issue).add(Issue(number=number, title=title, filed_at=NOW), by="U1", at=NOW)
        work.outbox.say(Card(Ref("issue", issue.id)), to="C1", once=f"issue:{issue.id}:card")


def titles(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as connection:
        return [title for (title,) in connection.execute("SELECT title FROM issues ORDER BY id")]


def damage(file: Path) -> None:
    with file.open("r+b") as opened:
        opened.seek(4096 * 3)
        opened.write(b"\xff" * 4096 * 5)


def only(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_backup_made_while_a_bot_writes_is_one_moment_and_comes_back(
    records: Database, file: Path, tmp_path: Path
) -> None:
    enough, stop = Event(), Event()

    def write() -> None:
        for number in range(100_000):
            if stop.is_set():
                return
            file_issue(records, f"issue {number}")
            if number == 30:
                enough.set()

    writer = Thread(target=write)
    writer.start()
    try:
        assert enough.wait(20)
        backups = [tmp_path / f"{number}.db" for number in range(5)]
        rows = [back_up(file, backup).rows for backup in backups]
    finally:
        stop.set()
        writer.join()
    assert rows == sorted(set(rows)), "it went on writing meanwhile"
    held = titles(backups[0])
    assert held == [f"issue {number}" for number in range(len(held))] and len(held) > 30
    with closing(sqlite3.connect(backups[0])) as connection:  # no issue without its number, activity and message
        for table in ("activities", "outbox"):
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (len(held),)
    records.engine.dispose()
    restored = restore(backups[0], file, SCHEMA.metadata)
    assert titles(file) == held and restored.kept is not None and len(titles(restored.kept)) > len(held)
    file_issue(records, "and on")
    assert titles(file)[-1] == "and on"


def test_it_is_one_file_for_its_owner_alone(records: Database, file: Path, tmp_path: Path) -> None:
    file_issue(records, "a secret")
    folder = tmp_path / "backups"
    folder.mkdir()
    copied = back_up(file, folder / "monday.db")
    assert only(folder) == ["monday.db"] and copied.size == (folder / "monday.db").stat().st_size
    assert (folder / "monday.db").stat().st_mode & 0o777 == 0o600
    titles(folder / "monday.db")
    assert only(folder) == ["monday.db"], "looking into it leaves nothing beside it"


def test_what_a_killed_bot_left_in_its_wal_is_in_the_backup(file: Path, tmp_path: Path) -> None:
    script = """
import os, signal, sys
from datetime import UTC, datetime
from bot.database import SCHEMA
from bot.scheduling.clock import SystemClock
from domain.issues.record import Issue
from storage.engine import open_engine
from storage.unit_of_work import Database
now = datetime.now(UTC)
with Database(open_engine(sys.argv[1]), SystemClock(), SCHEMA).writing("T1") as work:
    work.of(Issue).add(Issue(number=1, title="just before", filed_at=now), by="U1", at=now)
os.kill(os.getpid(), signal.SIGKILL)
"""
    subprocess.run([sys.executable, "-c", script, f"sqlite:///{file}"], check=False, timeout=120)
    assert file.with_name("gemba.db-wal").stat().st_size > 0
    back_up(file, tmp_path / "b.db")
    assert titles(tmp_path / "b.db") == ["just before"]


def test_nothing_is_overwritten_unless_asked_and_the_database_itself_never(file: Path, tmp_path: Path) -> None:
    target = tmp_path / "b.db"
    target.write_text("precious")
    with pytest.raises(BackupRefused, match="is there already"):
        back_up(file, target)
    assert target.read_text() == "precious"
    back_up(file, target, overwrite=True)
    assert titles(target) == []
    with pytest.raises(BackupRefused, match="is there already"):
        back_up(file, file, overwrite=True)


def test_a_damaged_database_gives_no_backup(records: Database, file: Path, tmp_path: Path) -> None:
    for number in range(30):
        file_issue(records, f"issue {number}")
    records.engine.dispose()
    damage(file)
    with pytest.raises(BackupRefused, match=r"damaged|malformed"):
        back_up(file, tmp_path / "b.db")
    assert only(tmp_path) == ["data"], "and leaves nothing behind"


def test_a_missing_database_or_folder_is_named(file: Path, tmp_path: Path) -> None:
    with pytest.raises(BackupRefused, match="there is no database at"):
        back_up(tmp_path / "no.db", tmp_path / "b.db")
    assert not (tmp_path / "no.db").exists()
    with pytest.raises(BackupRefused, match="in a directory that is there"):
        back_up(file, tmp_path / "nowhere" / "b.db")


def test_restoring_needs_the_bot_to_be_stopped(records: Database, file: Path, tmp_path: Path) -> None:
    back_up(file, tmp_path / "b.db")
    with sole_process(f"sqlite:///{file}"), pytest.raises(AlreadyRunning):
        restore(tmp_path / "b.db", file, SCHEMA.metadata)
    with records.reading(TEAM) as work:  # another program that has it open
        assert work.of(Issue).count() == 0
        with pytest.raises(BackupRefused, match="open in another process"):
            restore(tmp_path / "b.db", file, SCHEMA.metadata)
    assert not list(file.parent.glob("*before-restore*"))


@pytest.mark.parametrize("what", ["damaged", "no database", "of another program", "of a newer Gemba", "itself"])
def test_a_backup_that_is_no_good_changes_nothing(records: Database, file: Path, tmp_path: Path, what: str) -> None:
    for number in range(30):
        file_issue(records, f"issue {number}")
    backup = tmp_path / "b.db"
    back_up(file, backup)
    records.engine.dispose()
    match what:
        case "damaged":
            damage(backup)
        case "no database":
            backup.write_text("Dear diary" * 100)
        case "of another program":
            backup.unlink()
            with closing(sqlite3.connect(backup)) as connection:
                connection.execute("CREATE TABLE t (a)")
        case "of a newer Gemba":
            with closing(sqlite3.connect(backup)) as connection:
                connection.execute("UPDATE alembic_version SET version_num = '9999'")
                connection.commit()
        case "itself":
            backup = file
    with pytest.raises(BackupRefused):
        restore(backup, file, SCHEMA.metadata)
    assert len(titles(file)) == 30
    assert {path.name for path in file.parent.iterdir()} <= {"gemba.db", "gemba.db.lock"}


def test_a_damaged_database_can_be_restored_and_is_kept(records: Database, file: Path, tmp_path: Path) -> None:
    file_issue(records, "kept")
    back_up(file, tmp_path / "b.db")
    records.engine.dispose()
    file.write_bytes(b"overwritten " * 1000)
    file.with_name("gemba.db-wal").write_bytes(b"old frames")
    assert restore(tmp_path / "b.db", file, SCHEMA.metadata).kept == file.with_name("gemba.db.before-restore")
    assert titles(file) == ["kept"]
    assert file.with_name("gemba.db.before-restore").read_bytes() == b"overwritten " * 1000
    assert not file.with_name("gemba.db-wal").exists(), "which the new database would have taken for its own"


def test_restoring_twice_keeps_what_was_there_first(records: Database, file: Path, tmp_path: Path) -> None:
    back_up(file, tmp_path / "b.db")
    file_issue(records, "the only copy of this")
    records.engine.dispose()
    first, second = (
        restore(tmp_path / "b.db", file, SCHEMA.metadata).kept,
        restore(tmp_path / "b.db", file, SCHEMA.metadata).kept,
    )
    assert first is not None and second is not None and first != second
    assert titles(first) == ["the only copy of this"] and titles(second) == []


def test_messages_that_were_waiting_in_a_backup_are_looked_up_before_they_are_sent(
    records: Database, file: Path, tmp_path: Path
) -> None:
    file_issue(records, "sent after the backup, maybe")
    back_up(file, tmp_path / "b.db")
    records.engine.dispose()
    restore(tmp_path / "b.db", file, SCHEMA.metadata)
    with records.engine.connect() as connection:
        assert list(connection.execute(select(outbox.c.state)).scalars()) == ["unsure"]


def test_a_backup_goes_to_a_new_machine(records: Database, file: Path, tmp_path: Path) -> None:
    file_issue(records, "moved")
    back_up(file, tmp_path / "b.db")
    (tmp_path / "new").mkdir()
    assert restore(tmp_path / "b.db", tmp_path / "new" / "gemba.db", SCHEMA.metadata).kept is None
    assert titles(tmp_path / "new" / "gemba.db") == ["moved"]


def test_the_commands_named_for_postgresql_work(
    postgres: PostgresServer, upgraded_postgres: str, postgres_url: str, tmp_path: Path
) -> None:
    dump = tmp_path / "gemba dump"
    for command in (dump_command(upgraded_postgres, dump), load_command(postgres_url, dump)):
        subprocess.run(command, shell=True, check=True, env={"PATH": str(postgres.programs)}, timeout=120)
    assert _outbox_ids(postgres_url) == _outbox_ids(upgraded_postgres)


def _outbox_ids(url: str) -> list[int]:
    engine = open_engine(url)
    with engine.connect() as connection:
        ids = list(connection.execute(select(outbox.c.id).order_by(outbox.c.id)).scalars())
    engine.dispose()
    return ids


def test_the_password_stays_out_of_the_command(tmp_path: Path) -> None:
    command = dump_command("postgresql+psycopg://gemba:secret@db:5433/gemba?sslmode=require", tmp_path / "d")
    assert command.endswith("postgresql://gemba@db:5433/gemba?sslmode=require'") and "secret" not in command
