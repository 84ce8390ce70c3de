"""What a database is made of: its columns, and what is unique and indexed in it."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, inspect, text

COLUMNS = """SELECT one.name, part.name, part."notnull" AND part.dflt_value IS NULL AND NOT part.pk
FROM sqlite_master AS one JOIN pragma_table_info(one.name) AS part WHERE one.type = 'table'
"""
INDEXES = """SELECT one.name, listed.name, listed."unique" AND NOT listed.partial AND listed.origin <> 'pk', part.name
FROM sqlite_master AS one JOIN pragma_index_list(one.name) AS listed JOIN pragma_index_info(listed.name) AS part
WHERE one.type = 'table' ORDER BY one.name, listed.name, part.seqno
"""


@dataclass(frozen=True, slots=True)
class Look:
    """By table: its columns, and whether a row must name them; its indexes; the columns that are unique together."""

    columns: dict[str, dict[str, bool]]
    indexes: dict[str, set[str]]
    keys: dict[str, set[tuple[str, ...]]]


def look(connection: Connection) -> Look:
    return _look_at_sqlite(connection) if connection.dialect.name == "sqlite" else _look(connection)


def _look_at_sqlite(connection: Connection) -> Look:
    """Two questions; SQLAlchemy asks five a table, 40 ms in all."""
    columns: dict[str, dict[str, bool]] = defaultdict(dict)
    for table, column, is_needed in connection.execute(text(COLUMNS)):
        columns[table][column] = bool(is_needed)
    indexes, unique = defaultdict[str, set[str]](set), defaultdict[tuple[str, str], list[str]](list)
    for table, index, is_key, column in connection.execute(text(INDEXES)):
        indexes[table].add(index)
        if is_key:
            unique[table, index].append(column)
    keys = defaultdict[str, set[tuple[str, ...]]](set)
    for (table, _), names in unique.items():
        keys[table].add(tuple(names))
    return Look(columns, indexes, keys)


def _look(connection: Connection) -> Look:
    looked = inspect(connection)
    columns: dict[str, dict[str, bool]] = {
        str(table): {one["name"]: not one["nullable"] and one["default"] is None for one in there}
        for (_, table), there in looked.get_multi_columns().items()
    }
    indexes, keys = defaultdict[str, set[str]](set), defaultdict[str, set[tuple[str, ...]]](set)
    for (_, table), listed in looked.get_multi_indexes().items():
        indexes[str(table)] = {str(one["name"]) for one in listed}
        keys[str(table)] |= {_columns(one) for one in listed if one["unique"] and not _is_partial(one)}
    for (_, table), unique in looked.get_multi_unique_constraints().items():
        keys[str(table)] |= {_columns(one) for one in unique}
    return Look(columns, indexes, keys)


def _columns(listed: Any) -> tuple[str, ...]:
    return tuple(listed["column_names"])


def _is_partial(index: Any) -> bool:
    return "postgresql_where" in index.get("dialect_options", {})
