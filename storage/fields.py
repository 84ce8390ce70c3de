"""A record's fields as columns: one each, and two, `name` and `name_zh`, for a text in two languages."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any

from sqlalchemy import Table

from domain.core import Bilingual, Record


@cache
def columns_of(table: Table, names: tuple[str, ...]) -> dict[str, Callable[[Record], Any]]:
    """The columns of some fields, each with what takes its value from a record."""
    columns: dict[str, Callable[[Record], Any]] = {}
    for name in names:
        pair = {name: attrgetter(f"{name}.text"), f"{name}_zh": attrgetter(f"{name}.text_zh")}
        columns |= pair if f"{name}_zh" in table.c else {name: attrgetter(name)}
    return columns


def values_of(table: Table, record: Record, names: Iterable[str]) -> dict[str, Any]:
    """By column, what stands in these fields."""
    return {column: get(record) for column, get in columns_of(table, tuple(names)).items()}


def names_of(record: type[Record]) -> tuple[str, ...]:
    """All fields but the id, which the database gives."""
    return tuple(field.name for field in fields(record) if field.name != "id")


def read(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[dict[str, Any]]:
    """The fields of each row."""
    pairs = [(name, f"{name}_zh") for name in columns if f"{name}_zh" in columns]
    for row in rows:
        values = dict(zip(columns, row, strict=True))
        for name, second in pairs:
            values[name] = Bilingual(values[name], values.pop(second))
        yield values
