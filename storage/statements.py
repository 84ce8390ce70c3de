"""SQL built once: a statement's shape is kept, only its values change (building one costs as much as running it)."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    Column,
    ColumnElement,
    Delete,
    Insert,
    Select,
    Table,
    Update,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from domain.core import Before, Present, Since
from storage.caches.switch import built_once
from storage.tables import numbers

Shape = tuple[tuple[str, str], ...]


class Conditions(NamedTuple):
    """Conditions apart: their shape (column and kind of comparison) and their values by parameter name."""

    shape: Shape
    values: dict[str, Any]


def conditions(given: Mapping[str, Any]) -> Conditions:
    """Take conditions apart, as `domain.core.ports.Records.find` describes them."""
    shape, values = [], {}
    for name, value in given.items():
        match value:
            case None:
                shape.append((name, "is null"))
            case Present():
                shape.append((name, "is not null"))
            case tuple():
                shape.append((name, "in"))
                values[f"{name}_in"] = list(value)
            case Before(limit):
                shape.append((name, "<"))
                values[f"{name}_is"] = limit
            case Since(limit):
                shape.append((name, ">="))
                values[f"{name}_is"] = limit
            case _:
                shape.append((name, "="))
                values[f"{name}_is"] = value
    return Conditions(tuple(shape), values)


@built_once
def inserting(table: Table) -> Insert:
    return insert(table)


@built_once
def inserting_unless_there(table: Table, dialect: str, *key: str) -> Any:
    """An insert that does nothing (`rowcount` 0) where `key` is taken."""
    made = postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
    unless_there = made.on_conflict_do_nothing(index_elements=list(key))
    return unless_there.execution_options(preserve_rowcount=True)  # else it is -1 on PostgreSQL


@built_once
def next_number(dialect: str) -> Any:
    """Count a series on, and return where it is."""
    made = postgresql.insert(numbers) if dialect == "postgresql" else sqlite.insert(numbers)
    counted = made.on_conflict_do_update(index_elements=["team_id", "prefix"], set_={"last": numbers.c.last + 1})
    return counted.returning(numbers.c.last)


@built_once
def selecting(
    table: Table, columns: tuple[str, ...], shape: Shape, order: str, limited: bool, locked: bool
) -> Select[Any]:
    """Rows of one workspace (`team`), with `limited` at most `most` of them; `locked` means FOR UPDATE."""
    by = table.c[order.removeprefix("-")]
    statement = select(*(table.c[name] for name in columns)).where(*_met(table, shape))
    statement = statement.order_by(by.desc() if order.startswith("-") else by)
    if limited:
        statement = statement.limit(bindparam("most"))
    return statement.with_for_update() if locked else statement


@built_once
def changing(table: Table, names: tuple[str, ...]) -> Update:
    """Set these columns (parameters `new_…`) of one row (`row`) of a workspace (`team`)."""
    mine = table.c.id == bindparam("row"), table.c.team_id == bindparam("team")
    return update(table).where(*mine).values({name: bindparam(f"new_{name}") for name in names})


@built_once
def removing(table: Table) -> Delete:
    """One row (`row`) of a workspace (`team`)."""
    return delete(table).where(table.c.id == bindparam("row"), table.c.team_id == bindparam("team"))


@built_once
def counting(table: Table, shape: Shape) -> Select[Any]:
    return select(func.count()).select_from(table).where(*_met(table, shape))


def _met(table: Table, shape: Shape) -> list[ColumnElement[bool]]:
    return [table.c.team_id == bindparam("team"), *(_comparison(table.c[name], kind) for name, kind in shape)]


def _comparison(column: Column[Any], kind: str) -> ColumnElement[bool]:
    is_ = bindparam(f"{column.name}_is", type_=column.type)
    one_of: BindParameter[Any] = bindparam(f"{column.name}_in", expanding=True)
    match kind:
        case "is null":
            return column.is_(None)
        case "is not null":
            return column.is_not(None)
        case "in":
            return column.in_(one_of)
        case "<":
            return column < is_
        case ">=":
            return column >= is_
    return column == is_
