"""Copying a SQLite database while a bot writes to it, and putting such a copy back; both are checked before they count.

PostgreSQL has its own programs for that: `dump_command` and `load_command` say how to call them.
"""

import os
import shlex
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkstemp

from sqlalchemy import URL, Engine, MetaData, make_url, update
from sqlalchemy.exc import SQLAlchemyError

from storage.engine import open_engine, sqlite_file
from storage.sole_process import sole_process
from storage.tables import outbox
from storage.upgrade import SchemaRefused, current_revision, known_revisions, newest_revision, upgrade

BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database."""


ONWARD = "Install the Gemba that made it, or set DATABASE_URL to another database"


class BackupRefused(Exception):
    """It cannot be done, nothing was changed; the text says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A checked copy. `kept`: where a restore left the database that was there before."""

    rows: int
    size: int  # bytes
    revision: str
    kept: Path | None = None


def back_up(file: Path, target: Path, *, overwrite: bool = False) -> Copy:
    """Copy the database `file` to `target`, which is there whole or not at all, for its owner's eyes only.

    One snapshot in one step, so that writers need not wait and cannot disturb it (in steps it would begin anew at each
    write). Raises BackupRefused.
    """
    _need(file, "there is no database")
    if target.is_dir() or not target.parent.is_dir():
        raise BackupRefused(f"{target} must be a file in a directory that is there")
    if target.exists() and (target.samefile(file) or not overwrite):
        raise BackupRefused(f"{target} is there already; choose another name, or say --force to replace it")
    with _refusing(target), _partial(target) as partial:
        counted = _snapshot(file, partial)
        revision = _examine(partial, counted, file)
        copy = Copy(_records(counted), partial.stat().st_size, revision)
        _put(partial, target)
    return copy


def restore(backup: Path, file: Path, wanted: MetaData) -> Copy:
    """Put `backup` in the place of the database `file`, at today's revision. What is there is kept beside it.

    Messages that were waiting in the backup may have gone out since: they are looked up in Slack before they are sent.
    Raises BackupRefused, and AlreadyRunning while a bot runs on `file`.
    """
    _need(backup, "there is no backup")
    if file.exists() and backup.samefile(file):
        raise BackupRefused(f"{backup} is the database itself")
    with sole_process(_url(file)), _refusing(backup), _partial(file) as fresh:
        counted = _snapshot(backup, fresh)
        revision = _examine(fresh, counted, backup)
        if revision not in known_revisions():
            raise BackupRefused(f"{backup} is at revision {revision}, of another version of Gemba; install that one")
        try:
            revision = _bring_up(fresh, wanted)
        except SchemaRefused as error:
            raise BackupRefused(f"{backup} cannot be upgraded: it {error}; install the Gemba that made it") from error
        _belong_as(file, fresh)
        copy = Copy(_records(counted), fresh.stat().st_size, revision, _set_aside(file))
        _put(fresh, file)
    return copy


def upgrade_with_backup(engine: Engine, wanted: MetaData) -> str:
    """Bring a database up; of one in SQLite a copy is kept first, where it has records. Returns the revision.

    Raises BackupRefused where that cannot be done: the database is as it was then, and the text says where the copy is.
    """
    file, kept = sqlite_file(engine.url.render_as_string(hide_password=False)), None
    if file is not None and current_revision(engine) is not None:
        kept = file.with_name(f"{file.name}.before-upgrade-to-{newest_revision()}")
        back_up(file, kept, overwrite=True)  # of a start that failed; it would else be one more at each
    try:
        return upgrade(engine, wanted)
    except (SchemaRefused, SQLAlchemyError, NotImplementedError) as error:
        why = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        where = f"; it was left as it was, and a copy of it is in {kept}" if kept else "; it was left as it was"
        raise BackupRefused(f"the database cannot be upgraded: it {why}{where}. {ONWARD}") from error


def dump_command(url: str, target: Path) -> str:
    return shlex.join(["pg_dump", "--format=custom", f"--file={target}", _for_libpq(url)])


def load_command(url: str, backup: Path) -> str:
    options = ["--clean", "--if-exists", "--no-owner", "--single-transaction"]
    return shlex.join(["pg_restore", *options, f"--dbname={_for_libpq(url)}", str(backup)])


def _need(file: Path, otherwise: str) -> None:
    if not file.is_file():
        raise BackupRefused(f"{otherwise} at {file}")


@contextmanager
def _refusing(file: Path) -> Iterator[None]:
    """Say what SQLite and the file system refuse in one line."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise BackupRefused(f"{file}: {error}") from error


@contextmanager
def _partial(target: Path) -> Iterator[Path]:
    """A file beside `target` (on the same disk) to become it; gone afterwards if it did not."""
    descriptor, name = mkstemp(prefix=f".{target.name}.", suffix=".partial", dir=target.parent)  # mode 0600
    os.close(descriptor)
    try:
        yield Path(name)
    finally:
        for beside in ("", *BESIDE):
            Path(name + beside).unlink(missing_ok=True)


def _open(file: Path) -> closing[sqlite3.Connection]:
    """An existing database; what another process left in its WAL is taken in."""
    return closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None))


def _snapshot(file: Path, copy: Path) -> dict[str, int]:
    """Copy `file` as it is at one moment, into a single file; returns its counts at that moment."""
    with _open(file) as source, _open(copy) as target:
        source.execute("BEGIN")
        counted = _counts(source)
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")
    return counted


def _counts(connection: sqlite3.Connection) -> dict[str, int]:
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    names = [name for (name,) in connection.execute(query)]
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


def _records(counted: dict[str, int]) -> int:
    return sum(rows for name, rows in counted.items() if name != "alembic_version")


def _examine(copy: Path, counted: dict[str, int], of: Path) -> str:
    """Read the copy from disk, whole. Returns its revision; raises BackupRefused if it is not what was copied."""
    with _open(copy) as connection:
        faults = [" ".join(fault.split()) for (fault,) in connection.execute("PRAGMA integrity_check(3)")]
        if faults != ["ok"]:
            raise BackupRefused(f"{of} is damaged: {'; '.join(faults)}")
        if _counts(connection) != counted:
            raise BackupRefused(f"the copy does not hold the rows of {of}; look at the disk, and try again")
        if "alembic_version" not in counted:
            raise BackupRefused(f"{of} holds no records of Gemba")
        return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def _bring_up(fresh: Path, wanted: MetaData) -> str:
    """Today's tables, in one file; nothing that was waiting goes out before it is looked up."""
    engine = open_engine(_url(fresh))
    try:
        revision = upgrade(engine, wanted)
        with engine.begin() as connection:
            waiting = outbox.c.state.in_(("ready", "sending"))
            connection.execute(update(outbox).where(waiting).values(state="unsure", lease_until=None))
    finally:
        engine.dispose()
    with _open(fresh) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    return revision


def _belong_as(file: Path, fresh: Path) -> None:
    """Owner and mode of the present database: who restores it may be another than who runs the bot."""
    if file.exists():
        present = file.stat()
        fresh.chmod(present.st_mode)
        os.chown(fresh, present.st_uid, present.st_gid)


def _set_aside(file: Path) -> Path | None:
    """Give the present database a second name; under its own it stays there until the new one takes its place."""
    if not file.exists():
        return None
    _take_in_wal(file)
    number, kept = 1, file.with_name(f"{file.name}.before-restore")
    while kept.exists():
        number += 1
        kept = file.with_name(f"{file.name}.before-restore-{number}")
    try:
        os.link(file, kept)
    except OSError:  # a file system without links
        shutil.copy2(file, kept)
    for beside in BESIDE:  # of a damaged one only; a new database must not meet an old one's WAL
        left = file.with_name(file.name + beside)
        if left.exists():
            left.replace(kept.with_name(kept.name + beside))
    return kept


def _take_in_wal(file: Path) -> None:
    """Let the file alone hold everything. Raises BackupRefused while another process has it open."""
    try:
        with closing(sqlite3.connect(file, timeout=1, isolation_level=None)) as connection:
            connection.execute("PRAGMA locking_mode=EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")
            connection.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.DatabaseError as error:  # a damaged one is kept as it is
        if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
            raise BackupRefused(f"{file} is open in another process; stop that first") from error


def _put(fresh: Path, target: Path) -> None:
    """Give a finished file its name, on disk too: SQLite does not flush a copy."""
    _flush(fresh)
    fresh.replace(target)
    _flush(target.parent)


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _url(file: Path) -> str:
    return URL.create("sqlite", database=str(file)).render_as_string()


def _for_libpq(url: str) -> str:
    """Without the password, which would stand in the process list: libpq takes it from PGPASSWORD or ~/.pgpass."""
    plain = make_url(url).set(drivername="postgresql")
    return URL.create(
        "postgresql", plain.username, None, plain.host, plain.port, plain.database, plain.query
    ).render_as_string()
