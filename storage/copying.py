"""Moving the records from SQLite to PostgreSQL: every table, every id, in one transaction, and compared afterwards."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from hashlib import sha256
from typing import Any, NamedTuple

from pydantic_core import to_jsonable_python
from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Engine,
    MetaData,
    Row,
    String,
    Table,
    func,
    insert,
    select,
    text,
)
from sqlalchemy.exc import SQLAlchemyError

from domain.core import NotSaved
from storage.upgrade import unfit, upgrade

BATCH = 1_000
Progress = Callable[[str, int], None]
"""Hears of each batch: what is being done, and how many rows that were."""


class CopyRefused(Exception):
    """It cannot be done, and nothing was copied; the text says why, and what to do."""


class Fingerprint(NamedTuple):
    """What a table holds, the same for every kind of database."""

    rows: int
    checksum: str


def row_count(source: Engine, wanted: MetaData) -> int:
    """How many rows there are to copy. Raises CopyRefused where these are not today's tables."""
    if why := unfit(source, wanted):
        raise CopyRefused(f"the source {why}; run `gemba db upgrade` on it")
    with source.connect().execution_options(reading=True) as connection:
        return sum(_count(connection, table) for table in wanted.sorted_tables)


def copy_database(source: Engine, target: Engine, wanted: MetaData, progress: Progress) -> dict[str, Fingerprint]:
    """Copy all records of `source`, a SQLite database, to `target`, an empty PostgreSQL one; returns what it holds.

    Nobody may write to the source meanwhile (the caller holds `sole_process`). `progress` hears of every row twice:
    when it is copied, and when it is checked. Raises CopyRefused.
    """
    tables = wanted.sorted_tables
    upgrade(target, wanted)
    with source.connect().execution_options(reading=True) as old, target.begin() as new:
        _take(new, tables)
        for table in tables:
            with _named(table):
                _copy(old, new, table, progress)
        return {table.name: _compared(old, new, table, progress) for table in tables}


def fingerprint(connection: Connection, table: Table) -> Fingerprint:
    """SHA-256 over the rows as Python sees them, as canonical JSON, in the order of the key."""
    digest, rows = sha256(), 0
    for batch in _batches(connection, table):
        for row in batch:
            digest.update(_canonical(row))
        rows += len(batch)
    return Fingerprint(rows, digest.hexdigest())


def _take(new: Connection, tables: Sequence[Table]) -> None:
    """Keep others from writing until the end. Raises CopyRefused where there are rows already."""
    names = ", ".join(table.name for table in tables)
    new.execute(text(f"LOCK TABLE {names} IN EXCLUSIVE MODE"))
    filled = [table.name for table in tables if new.execute(select(table).limit(1)).first() is not None]
    if filled:
        raise CopyRefused(f"the target has rows already (in {', '.join(filled)}); give it an empty database")


@contextmanager
def _named(table: Table) -> Iterator[None]:
    """Say of a failure which table it was."""
    try:
        yield
    except NotSaved:
        raise
    except (SQLAlchemyError, ValueError) as error:
        why = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        raise CopyRefused(f"table {table.name} cannot be copied ({why}); nothing was copied") from error


def _copy(old: Connection, new: Connection, table: Table, progress: Progress) -> None:
    for batch in _batches(old, table):
        new.execute(insert(table), [dict(row._mapping) for row in batch])
        progress(f"Copying {table.name}", len(batch))
    if "id" in table.c:  # the next new row gets the id after the last
        last = select(func.max(table.c.id)).scalar_subquery()
        counter = func.pg_get_serial_sequence(table.name, "id")
        new.execute(select(func.setval(counter, func.coalesce(last, 1), last.is_not(None))))


def _compared(old: Connection, new: Connection, table: Table, progress: Progress) -> Fingerprint:
    """Read both sides again. Raises CopyRefused if they differ."""
    here, there = fingerprint(old, table), fingerprint(new, table)
    if here != there:
        counted = f"{here.rows} and {there.rows} rows, checksums {here.checksum[:12]} and {there.checksum[:12]}"
        raise CopyRefused(f"table {table.name} differs after copying ({counted}); nothing was copied")
    progress(f"Checking {table.name}", here.rows)
    return there


def _batches(connection: Connection, table: Table) -> Iterator[Sequence[Row[Any]]]:
    key = [_comparable(column, connection) for column in table.primary_key]
    query = select(table).order_by(*key).execution_options(yield_per=BATCH)
    yield from connection.execute(query).partitions()


def _comparable(column: Column[Any], connection: Connection) -> ColumnElement[Any]:
    """Texts in the order of their bytes, as SQLite has them, in whatever language PostgreSQL is set up."""
    postgres = connection.dialect.name == "postgresql"
    return column.collate("C") if postgres and isinstance(column.type, String) else column


def _canonical(row: Row[Any]) -> bytes:
    plain = to_jsonable_python({name: _plain(value) for name, value in row._mapping.items()})
    return json.dumps(plain, sort_keys=True).encode()


def _plain(value: Any) -> Any:
    """A decimal by its worth: PostgreSQL writes 1E+3 as 1000, and knows no -0."""
    if isinstance(value, Decimal):
        return format(abs(value) if value == 0 else value, "f")
    return value


def _count(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())
