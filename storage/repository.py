"""Records in their tables: one generic repository, and the activity row that goes with each change."""

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from datetime import datetime
from functools import cache
from typing import Any, Generic, TypeVar, cast

from pydantic_core import to_jsonable_python
from sqlalchemy import ColumnElement, Connection, Select, Table, func, insert, select, update

from domain.errors import NotFound
from domain.ports import Before, Present, Since
from domain.records.base import Record
from domain.wording import words
from storage import tables

R = TypeVar("R", bound=Record)

UNRECORDED = frozenset({"activities", "schedules", "schedule_runs"})
"""Book-keeping of our own, which needs no book-keeping."""


class Repository(Generic[R]):
    """The records of one table in one workspace. Implements `domain.ports.Records`."""

    def __init__(self, connection: Connection, team_id: str, table: Table, record: type[R], *, writing: bool) -> None:
        self._connection = connection
        self._team_id = team_id
        self._table = table
        self._record = record
        self._writing = writing

    def add(self, record: R, *, by: str, at: datetime, verb: str = "added") -> R:
        values = _values(record)
        statement = insert(self._table).values(team_id=self._team_id, **values)
        key = self._connection.execute(statement).inserted_primary_key
        assert key is not None
        self._note(key[0], verb, by, at, before={}, after=values)
        return replace(record, id=key[0])

    def change(self, record: R, *, by: str, at: datetime, verb: str = "changed", **changes: Any) -> R:
        changed = replace(record, **changes)
        was = {name: getattr(record, name) for name in changes}
        statement = update(self._table).where(self._table.c.id == record.id, self._mine).values(**changes)
        self._connection.execute(statement)
        self._note(record.id, verb, by, at, before=was, after=changes)
        return changed

    def get(self, record_id: int) -> R:
        found = self.one(id=record_id)
        if found is None:
            raise NotFound(words("This is no longer here. Open the list again."))
        return found

    def one(self, **conditions: Any) -> R | None:
        found = self.find(limit=1, **conditions)
        return found[0] if found else None

    def find(self, *, order: str = "id", limit: int | None = None, **conditions: Any) -> list[R]:
        column = self._table.c[order.removeprefix("-")]
        statement = self._select(conditions).order_by(column.desc() if order.startswith("-") else column)
        if limit is not None:
            statement = statement.limit(limit)
        if self._writing and limit == 1:
            statement = statement.with_for_update()
        load = _loader(cast(Any, self._record))
        return [load(row) for row in self._connection.execute(statement)]

    def count(self, **conditions: Any) -> int:
        matching = self._select(conditions).subquery()
        return self._connection.execute(select(func.count()).select_from(matching)).scalar_one()

    def _select(self, conditions: Mapping[str, Any]) -> Select[Any]:
        wanted = [self._table.c[field.name] for field in fields(self._record)]
        met = [_condition(self._table.c[name], value) for name, value in conditions.items()]
        return select(*wanted).where(self._mine, *met)

    @property
    def _mine(self) -> ColumnElement[bool]:
        return self._table.c.team_id == self._team_id

    def _note(
        self, record_id: int, verb: str, by: str, at: datetime, *, before: dict[str, Any], after: dict[str, Any]
    ) -> None:
        if self._table.name in UNRECORDED:
            return
        row = {
            "team_id": self._team_id,
            "at": at,
            "by": by,
            "verb": str(verb),
            "subject": self._table.name,
            "subject_id": record_id,
            "before": to_jsonable_python(before),
            "after": to_jsonable_python(after),
        }
        self._connection.execute(insert(tables.activities).values(row))


def _values(record: Record) -> dict[str, Any]:
    return {field.name: getattr(record, field.name) for field in fields(record) if field.name != "id"}


@cache
def _loader(record: Any) -> Callable[[Any], Any]:
    names = [field.name for field in fields(record)]
    return lambda row: record(**dict(zip(names, row, strict=True)))


def _condition(column: Any, value: Any) -> Any:
    match value:
        case None:
            return column.is_(None)
        case tuple():
            return column.in_(value)
        case Before(limit):
            return column < limit
        case Since(limit):
            return column >= limit
        case Present():
            return column.is_not(None)
    return column == value
