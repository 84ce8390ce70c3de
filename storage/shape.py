"""What a database is made of, compared with what Gemba needs; and what it lacks, added where nothing is lost by it."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, Index, MetaData, Table, UniqueConstraint, inspect, text

from storage.look import look

RANDOM = {"sqlite": "lower(hex(randomblob(16)))", "postgresql": "replace(gen_random_uuid()::text, '-', '')"}
MADE = {("outbox", "token")}
"""Columns that must not be empty and have no default: each row gets a random one."""


@dataclass(frozen=True, slots=True)
class Differences:
    """What a database lacks, and what stands in the way: rules of its own that rows of today break."""

    tables: tuple[Table, ...] = ()
    columns: tuple[Column[Any], ...] = ()
    indexes: tuple[Index, ...] = ()
    keys: tuple[UniqueConstraint, ...] = ()
    strange_keys: tuple[tuple[str, tuple[str, ...]], ...] = ()
    strange_columns: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any((self.tables, self.columns, self.indexes, self.keys, self.strange_keys, self.strange_columns))

    @property
    def described(self) -> str:
        """The first few, by name."""
        lacking = [
            *(table.name for table in self.tables),
            *(f"{column.table}.{column.name}" for column in self.columns),
        ]
        lacking += [str(index.name) for index in self.indexes]
        lacking += [f"{key.table}: unique {_names(key)}" for key in self.keys]
        strange = [f"{table}: unique {columns}" for table, columns in self.strange_keys] + [*self.strange_columns]
        parts = [f"lacks {_few(lacking)}"] * bool(lacking) + [f"has {_few(strange)} too much"] * bool(strange)
        return ", ".join(parts)


def differences(connection: Connection, wanted: MetaData) -> Differences:
    """Compare by names. What a database has besides (tables, indexes, columns that may stay empty) harms nobody."""
    there = look(connection)
    present = [table for table in wanted.sorted_tables if table.name in there.columns]
    keys, indexes = there.keys, there.indexes
    return Differences(
        tables=tuple(table for table in wanted.sorted_tables if table.name not in there.columns),
        columns=tuple(one for table in present for one in table.columns if one.name not in there.columns[table.name]),
        indexes=tuple(one for table in present for one in table.indexes if one.name not in indexes[table.name]),
        keys=tuple(one for table in present for one in _keys(table) if _names(one) not in keys[table.name]),
        strange_keys=tuple(
            (table.name, key)
            for table in present
            for key in sorted(keys[table.name] - _keys_of(table) - _unique(table))
        ),
        strange_columns=tuple(
            f"{table.name}.{name}"
            for table in present
            for name, is_needed in there.columns[table.name].items()
            if is_needed and name not in table.columns
        ),
    )


def mend(connection: Connection, differences: Differences) -> None:
    """Add what is lacking, and take away the keys of before. Raises what the database says where rows forbid it."""
    from alembic.operations import Operations  # 60 ms, so only here
    from alembic.runtime.migration import MigrationContext

    change = Operations(MigrationContext.configure(connection))
    for table in differences.tables:
        table.create(connection)
    for column in differences.columns:
        _add_column(connection, change, column)
    strange, lacking = differences.strange_keys, differences.keys
    for name in {*(table for table, _ in strange), *(key.table.name for key in lacking)}:
        unwanted = [key for table, key in strange if table == name]
        _change_keys(connection, change, name, unwanted, [key for key in lacking if key.table.name == name])
    for index in differences.indexes:
        index.create(connection)


def _add_column(connection: Connection, change: Any, column: Column[Any]) -> None:
    table, made = column.table.name, (column.table.name, column.name) in MADE
    default = text("''") if made else column.server_default.arg if column.server_default is not None else None  # type: ignore[attr-defined]
    change.add_column(table, Column(column.name, column.type, nullable=column.nullable, server_default=default))
    if made:
        connection.execute(text(f'UPDATE "{table}" SET "{column.name}" = {RANDOM[connection.dialect.name]}'))


def _change_keys(
    connection: Connection, change: Any, table: str, unwanted: list[tuple[str, ...]], lacking: list[UniqueConstraint]
) -> None:
    listed = inspect(connection).get_unique_constraints(table)
    names = [one["name"] for one in listed if tuple(one["column_names"]) in unwanted]
    with change.batch_alter_table(table) as batch:  # SQLite makes the table anew
        for name in names:
            batch.drop_constraint(name, type_="unique")
        for key in lacking:
            batch.create_unique_constraint(f"uq_{table}_{'_'.join(_names(key))}", list(_names(key)))


def _keys(table: Table) -> list[UniqueConstraint]:
    return [one for one in table.constraints if isinstance(one, UniqueConstraint)]


def _keys_of(table: Table) -> set[tuple[str, ...]]:
    return {_names(one) for one in _keys(table)}


def _unique(table: Table) -> set[tuple[str, ...]]:
    return {tuple(column.name for column in one.columns) for one in table.indexes if one.unique}


def _names(key: UniqueConstraint) -> tuple[str, ...]:
    return tuple(column.name for column in key.columns)


def _few(names: list[str], most: int = 3) -> str:
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")
