"""The looks for what is due as open tasks grow from 1,000 to 1,000,000, of which 1,000 are due, all in one workspace.

Who looks: a department head's escalation (the whole workspace), a channel's board, a person's digest. Each is measured
in turn with the same look among 1,000 open tasks; an index leads to what is due, so that the ratio stays flat. What is
due lies scattered among the rest, and as many tasks again are done.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Engine, bindparam, event, insert, text

from benchmarks.databases import KINDS, Databases, analyse
from benchmarks.figures import Figure, in_turn, middle
from bot.database import SCHEMA
from bot.scheduling.clock import FixedClock
from domain.commitments.digests import due_for
from domain.commitments.queries import open_commitments, open_in_channel
from domain.core import Before, UnitOfWork
from domain.tasks.record import Task
from storage import tables
from storage.unit_of_work import Database

TEAM, DUE, SIZES, ROUNDS = "T1", 1_000, (10_000, 100_000, 1_000_000), 41
PEOPLE, CHANNELS = 100, 10
TODAY, NOW = date(2026, 11, 23), datetime(2026, 11, 23, 9, tzinfo=UTC)
LOOKS: dict[str, tuple[Callable[[UnitOfWork], int], int]] = {
    "escalation": (lambda work: len(open_commitments(work, TODAY, due=Before(TODAY))), DUE),
    "board": (lambda work: len(open_in_channel(work, "C1", TODAY, due=Before(TODAY))), DUE // CHANNELS),
    "digest": (lambda work: len(due_for(work, "U1", TODAY)), DUE // PEOPLE),
}
FILL = """
INSERT INTO tasks (team_id, number, title, owner, channel, due, created_at, done_at)
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < 2 * :size)
SELECT 'T1', i, 'Count the stock', 'U' || (i / 2 / :step % 100), 'C' || (i / 2 / :step % 10),
       CASE WHEN i / 2 % :step = 0 THEN :due ELSE :later END, :now, CASE WHEN i % 2 = 1 THEN :now END
FROM n
"""
"""Of each two tasks one is done; of the open ones every `step`th is due."""


def figures(databases: Databases) -> Iterator[Figure]:
    for kind in KINDS:
        few = _filled(databases, kind, DUE)
        for size in SIZES:
            many = _filled(databases, kind, size)
            for name, (look, found) in LOOKS.items():
                ours, base = in_turn(_by(many, look, found), _by(few, look, found), rounds=ROUNDS, warm_up=3)
                title = f"overdue, {kind}.{name} among {size:,} open"
                yield Figure(title, middle(ours) * 1e3, "ms")
                yield Figure(f"{title} over 1,000", middle(ours) / middle(base), "ratio", goal=2.0)
        yield Figure(f"overdue, {kind}.scans of the table among {SIZES[-1]:,} open", _scans(many), "", goal=0)


def _filled(databases: Databases, kind: str, size: int) -> Engine:
    """A workspace with so many open tasks, DUE of them due, and as many done."""
    engine = databases.engine(databases.of(kind))
    values = {"size": size, "step": size // DUE, "due": date(2026, 11, 18), "later": date(2027, 6, 1), "now": NOW}
    typed = {
        "due": SCHEMA.of(Task).c.due.type,
        "later": SCHEMA.of(Task).c.due.type,
        "now": SCHEMA.of(Task).c.created_at.type,
    }
    with engine.begin() as connection:
        connection.execute(insert(tables.workspaces), {"team_id": TEAM, "country": "CN", "salt": "0"})
        connection.execute(
            text(FILL).bindparams(*(bindparam(name, type_=kind) for name, kind in typed.items())), values
        )
    analyse(engine)
    return engine


def _by(engine: Engine, look: Callable[[UnitOfWork], int], found: int) -> Callable[[int], None]:
    database = Database(engine, FixedClock(NOW), SCHEMA)

    def run(_number: int) -> None:
        with database.reading(TEAM) as work:
            assert look(work) == found

    return run


def _scans(engine: Engine) -> int:
    """How often the plans of these looks go through the whole table."""
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if "FROM tasks" in statement:
            asked.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    for look, found in LOOKS.values():
        _by(engine, look, found)(0)
    event.remove(engine, "before_cursor_execute", note)
    explain = "EXPLAIN QUERY PLAN" if engine.dialect.name == "sqlite" else "EXPLAIN"
    with engine.connect().execution_options(reading=True) as connection:
        plans = [connection.exec_driver_sql(f"{explain} {statement}", values).all() for statement, values in asked]
    lines = [str(line) for plan in plans for line in plan]
    assert any("ix_tasks_" in line for line in lines)
    return sum("Seq Scan on tasks" in line or "SCAN tasks" in line for line in lines)
