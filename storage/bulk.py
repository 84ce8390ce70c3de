"""Many rows in one statement: columns are converted one by one, each value once, for files repeat their values."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Date, Dialect, Table, insert

from storage.caches.switch import built_once
from storage.types import Instant, Word

Convert = Callable[[Any], Any]
REPEATING = (Date, Instant, Word)
"""Types whose equal values are written alike (2.80 and 2.8 are equal, and are not)."""


class _Prepared(NamedTuple):
    """The statement in the driver's own words, and what each column's values go through (None: as they are)."""

    sql: str
    names: tuple[str, ...]
    converters: tuple[Convert | None, ...]
    repeats: tuple[bool, ...]
    positional: bool


def insert_many(connection: Connection, table: Table, columns: Mapping[str, Sequence[Any]]) -> None:
    """Insert rows given by columns. SQLAlchemy's own way converts each value anew, which takes twice as long."""
    how = _prepared(table, tuple(columns), connection.dialect)
    given = zip(how.names, how.converters, how.repeats, strict=True)
    converted = [_all(columns[name], convert, repeats=repeats) for name, convert, repeats in given]
    rows: list[Any] = list(zip(*converted, strict=True))
    if not how.positional:
        rows = [dict(zip(how.names, row, strict=True)) for row in rows]
    if rows:
        connection.exec_driver_sql(how.sql, rows)


@built_once
def _prepared(table: Table, names: tuple[str, ...], dialect: Dialect) -> _Prepared:
    compiled: Any = insert(table).inline().compile(dialect=dialect, column_keys=list(names))
    order = tuple(compiled.positiontup or names)
    converters = tuple(table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in order)
    repeats = tuple(isinstance(table.c[name].type, REPEATING) for name in order)
    return _Prepared(str(compiled), order, converters, repeats, compiled.positiontup is not None)


def _all(values: Sequence[Any], convert: Convert | None, *, repeats: bool) -> Sequence[Any]:
    if convert is None:
        return values
    if not repeats:
        return [convert(value) for value in values]
    converted = {value: convert(value) for value in set(values)}
    return [converted[value] for value in values]
