"""What an operator does with the database by hand: back it up, restore it, move it to PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from sqlalchemy import Engine, make_url
from sqlalchemy.exc import ArgumentError

from bot.database import SCHEMA
from bot.refusal import Refusal
from storage.backup import BackupRefused, back_up, dump_command, load_command, restore
from storage.copying import CopyRefused, copy_database, row_count
from storage.engine import open_engine, sqlite_file
from storage.sole_process import AlreadyRunning, sole_process

WITHOUT_PASSWORD = "(with PGPASSWORD set, or the password in ~/.pgpass)"


def back_up_database(url: str, target: Path, *, overwrite: bool) -> str:
    """Returns what was done, in words, as do those below. They raise Refusal."""
    file = sqlite_file(url)
    if file is None:
        raise Refusal(f"PostgreSQL has its own way: {dump_command(url, target)} {WITHOUT_PASSWORD}")
    with _refusals():
        copy = back_up(file, target, overwrite=overwrite)
    facts = f"{copy.rows} rows, {copy.size / 1e6:.1f} MB, revision {copy.revision}"
    return f"Backed up to {target} ({facts}), and checked."


def restore_database(url: str, backup: Path) -> str:
    file = sqlite_file(url)
    if file is None:
        raise Refusal(f"PostgreSQL has its own way: {load_command(url, backup)} {WITHOUT_PASSWORD}")
    with _refusals():
        copy = restore(backup, file, SCHEMA.metadata)
    kept = f" What was there before is in {copy.kept}." if copy.kept else ""
    return f"Restored {copy.rows} rows from {backup}; {file} is at revision {copy.revision}.{kept}"


def move_database(source: str, target: str) -> str:
    """Copy a SQLite database into an empty PostgreSQL one, with a bar on stderr."""
    file = _source(source)
    if _kind(target) != "postgresql":
        raise Refusal("the target must be a PostgreSQL database: postgresql://user@host/name")
    with _refusals(), sole_process(source), _engine(source) as old, _engine(target) as new, _bar() as bar:
        every = row_count(old, SCHEMA.metadata)
        task = bar.add_task("Preparing", total=2 * every)  # copied, then checked
        tables = copy_database(
            old, new, SCHEMA.metadata, lambda doing, rows: bar.update(task, description=doing, advance=rows)
        )
        bar.update(task, description="Copied and checked")
    return (
        f"Copied {every} rows in {len(tables)} tables; counts and checksums are the same on both sides. Now set "
        f"DATABASE_URL to the new database and start the bot, and never again on {file}: both would say the same."
    )


def _source(url: str) -> Path:
    file = sqlite_file(url) if _kind(url) == "sqlite" else None
    if file is None:
        raise Refusal("the source must be a SQLite database: sqlite:///data/gemba.db")
    if not file.is_file():
        raise Refusal(f"there is no database at {file}")
    return file


def _kind(url: str) -> str:
    try:
        return make_url(url).get_backend_name()
    except ArgumentError:
        raise Refusal("this is no URL; write sqlite:///data/gemba.db or postgresql://user@host/name") from None


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except (BackupRefused, CopyRefused) as refused:
        raise Refusal(str(refused)) from refused
    except AlreadyRunning as running:
        raise Refusal(f"a bot runs on {running.file}; stop it first") from running


@contextmanager
def _engine(url: str) -> Iterator[Engine]:
    engine = open_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


def _bar() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True))
