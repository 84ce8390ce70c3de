"""Records in their tables: one generic repository, and the activity row that goes with each change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from random import SystemRandom
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Table

from domain.core import Activity, Changed, NotFound, Record
from storage import tables
from storage.bulk import insert_many
from storage.caches.remembered import Memory
from storage.caches.switch import CACHES
from storage.fields import columns_of, names_of, read, values_of
from storage.statements import changing, conditions, counting, inserting, removing, selecting
from storage.tables import Schema
from storage.types import as_json

R = TypeVar("R", bound=Record)

LARGEST_ID = 2**63 - 1
"""What a database takes as an integer; a form may come with any number."""


@dataclass(frozen=True, slots=True)
class Transaction:
    """What all records of a unit of work share: the open transaction, and in `changed` the tables that it wrote."""

    connection: Connection
    team_id: str
    memory: Memory
    schema: Schema
    writing: bool
    changed: set[str] = field(default_factory=set)


class Repository(Generic[R]):
    """The records of one table in one workspace, as `domain.core.ports.Records`."""

    def __init__(self, within: Transaction, record: type[R]) -> None:
        self._connection, self._team_id, self._memory = within.connection, within.team_id, within.memory
        self._writing, self._changed = within.writing, within.changed
        self._table, self._stored = within.schema.of(record), within.schema.stored(record)
        self._record, self._names = record, names_of(record)
        self._by_query: dict[str, list[R]] = {}  # of a table that is read often, until it is written

    def add(self, record: R, *, by: str, at: datetime, verb: str = "added") -> R:
        values = values_of(self._table, record, self._names)
        if self._stored.shuffled:
            values["id"] = SystemRandom().randrange(1, 2**31)
        record_id = self._insert(self._table, values)
        self._note(record_id, verb, by, at, before={}, after=values)
        return replace(record, id=record_id)

    def change(self, record: R, *, by: str, at: datetime, verb: str = "changed", **changes: Any) -> Changed[R]:
        changed = replace(record, **changes)
        was, new = (values_of(self._table, one, changes) for one in (record, changed))
        row = self._changing(record.id, tuple(new), new)
        if self._connection.execute(changing(self._table, tuple(new)), row).rowcount == 0:
            raise _gone()
        return Changed(record, changed, self._note(record.id, verb, by, at, before=was, after=new))

    def add_all(self, records: Sequence[R]) -> None:
        assert not self._stored.recorded, "each of these has its own activity row"
        if records:
            self._changed.add(self._table.name)
            held = columns_of(self._table, self._names)
            columns = {name: [get(record) for record in records] for name, get in held.items()}
            columns["team_id"] = [self._team_id] * len(records)
            insert_many(self._connection, self._table, columns)

    def change_all(self, changes: Sequence[Mapping[str, Any]], *, verb: str = "changed") -> None:
        assert not self._stored.recorded or verb in self._stored.hearsay, "each of these has its own activity row"
        if changes:
            self._changed.add(self._table.name)
            self._by_query.clear()
            names = tuple(name for name in changes[0] if name != "id")
            rows = [self._changing(change["id"], names, change) for change in changes]
            self._connection.execute(changing(self._table, names), rows)

    def remove(self, record_id: int) -> None:
        assert not self._stored.recorded, "what has a history is not deleted"
        self._changed.add(self._table.name)
        self._by_query.clear()
        self._connection.execute(removing(self._table), {"row": record_id, "team": self._team_id})

    def get(self, record_id: int) -> R:
        record = self.one(id=record_id) if record_id <= LARGEST_ID else None
        if record is None:
            raise _gone()
        return record

    def one(self, **given: Any) -> R | None:
        matches = self.find(limit=1, **given)
        return matches[0] if matches else None

    def cached(self, **given: Any) -> R | None:
        asked = self._team_id, self._table.name, str(given)
        if self._table.name in self._changed:  # by this very unit of work
            return self.one(**given)
        if (kept := self._memory.get(*asked)) is None:
            kept = (next(iter(self._look("id", 1, given, locked=False)), None),)
            self._memory.keep(kept[0], *asked)
        record = kept[0]
        assert record is None or isinstance(record, self._record)
        return record

    def find(self, *, order: str = "id", limit: int | None = None, **given: Any) -> list[R]:
        locked = self._writing and limit == 1
        if locked or not (self._stored.often and CACHES.on):
            return self._look(order, limit, given, locked=locked)
        asked = f"{order} {limit} {given}"
        if asked not in self._by_query:
            self._by_query[asked] = self._look(order, limit, given, locked=False)
        return list(self._by_query[asked])

    def _look(self, order: str, limit: int | None, given: Mapping[str, Any], *, locked: bool) -> list[R]:
        met = conditions(given)
        columns, record = ("id", *columns_of(self._table, self._names)), self._record
        statement = selecting(self._table, columns, met.shape, order, limit is not None, locked)
        rows = self._connection.execute(statement, {"team": self._team_id, "most": limit, **met.values})
        return [record(**values) for values in read(columns, rows.all())]

    def pick(self, *names: str, order: str = "id", limit: int | None = None, **given: Any) -> list[tuple[Any, ...]]:
        met = conditions(given)
        columns = tuple(columns_of(self._table, names))
        statement = selecting(self._table, columns, met.shape, order, limit is not None, False)
        rows = self._connection.execute(statement, {"team": self._team_id, "most": limit, **met.values})
        if columns != names:
            return [tuple(values.values()) for values in read(columns, rows.all())]
        return list(rows.all())  # a Row is a tuple; all at once is faster than one by one

    def count(self, **given: Any) -> int:
        met = conditions(given)
        counted = self._connection.execute(counting(self._table, met.shape), {"team": self._team_id, **met.values})
        return int(counted.scalar_one())

    def _changing(self, record_id: int, names: Sequence[str], change: Mapping[str, Any]) -> dict[str, Any]:
        """The parameters of `changing`."""
        return {"row": record_id, "team": self._team_id, **{f"new_{name}": change[name] for name in names}}

    def _note(
        self, record_id: int, verb: str, by: str, at: datetime, *, before: dict[str, Any], after: dict[str, Any]
    ) -> Activity:
        self._changed.add(self._table.name)
        self._by_query.clear()
        activity = Activity(
            at=at,
            by=by,
            verb=str(verb),
            subject=self._table.name,
            subject_id=record_id,
            before=as_json(before),
            after=as_json(after),
        )
        if not self._stored.recorded or verb in self._stored.hearsay:
            return activity
        return replace(
            activity, id=self._insert(tables.activities, values_of(tables.activities, activity, names_of(Activity)))
        )

    def _insert(self, table: Table, values: Mapping[str, Any]) -> int:
        key = self._connection.execute(inserting(table), {"team_id": self._team_id, **values}).inserted_primary_key
        assert key is not None
        return int(key[0])


def _gone() -> NotFound:
    return NotFound("This is no longer here. Open the list again.")
