"""How the database finds what is asked for often: by an index, never by going through what is finished or not due."""

from collections.abc import Callable, Iterator
from dataclasses import fields
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, event, insert, update

from bot.database import SCHEMA
from domain.cards.messages import Card
from domain.commitments.queries import open_commitments, open_in_channel
from domain.commitments.recipients import strangers_concerned
from domain.core import Before, Ref, UnitOfWork
from domain.issues.actions import similar_issues
from domain.issues.record import Issue
from domain.tasks.record import Task
from storage import tables
from storage.engine import open_engine
from storage.outbox import order
from storage.unit_of_work import Database
from storage.upgrade import upgrade
from tests.postgres import PostgresServer

TEAM, TODAY, NOW = "T1", date(2026, 11, 23), datetime(2026, 11, 23, 9, tzinfo=UTC)
LOOKS: dict[str, Callable[[UnitOfWork], object]] = {
    "what is overdue": lambda work: open_commitments(work, TODAY, due=Before(TODAY)),
    "what is overdue in a channel": lambda work: open_in_channel(work, "C1", TODAY, due=Before(TODAY)),
    "what is open in a channel": lambda work: open_in_channel(work, "C1", TODAY),
    "what a digest tells": lambda work: open_commitments(work, TODAY, owner="U1", due=Before(TODAY)),
    "who is to be met": lambda work: strangers_concerned(work, TODAY),
    "similar issues": lambda work: similar_issues(work, "Stock list", 1),
}


@pytest.fixture(scope="module")
def upgraded_postgres(postgres: PostgresServer) -> Iterator[str]:
    """One of our own: PostgreSQL plans by its statistics, which may tell of other tests' rows."""
    with postgres.database() as url:
        engine = open_engine(url)
        upgrade(engine, SCHEMA.metadata)
        engine.dispose()
        yield url


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_open_work_is_found_by_an_index_of_what_is_open(
    database: Database, look: Callable[[UnitOfWork], object]
) -> None:
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if "FROM tasks" in statement or "FROM issues" in statement:
            asked.append((statement, parameters))

    event.listen(database.engine, "before_cursor_execute", note)
    with database.reading(TEAM) as work:
        look(work)
    event.remove(database.engine, "before_cursor_execute", note)
    with database.engine.connect() as connection:  # and rolled back
        _finish_much(connection)
        plans = [_plan(connection, statement, parameters) for statement, parameters in asked]
    assert plans
    for plan in plans:
        assert "ix_tasks_team_id_" in plan or "ix_issues_team_id_" in plan, plan


def test_whose_turn_it_is_takes_one_look_into_an_index_for_each_condition(database: Database) -> None:
    """Its statistics say that few rows wait: without a hint PostgreSQL sorts them all, for each message anew."""
    rows = [
        {
            "team_id": TEAM,
            "key": f"k{number}",
            "action": "post",
            "kind": "Digest",
            "about": {},
            "target": "C1",
            "lane": "C1",
            "urgency": 3,
            "may_repeat": 0,
            "as_of": NOW,
            "state": "ready",
            "not_before": NOW,
            "created_at": NOW,
        }
        for number in range(300)
    ]
    with database.engine.begin() as connection:
        connection.execute(insert(tables.outbox), rows)
        if connection.dialect.name == "postgresql":
            connection.execute(order.WALK)
        asked: list[tuple[str, Any]] = []
        event.listen(connection, "before_cursor_execute", lambda *heard: asked.append((heard[2], heard[3])))
        connection.execute(order.next_row(), order.moment(NOW))
        plan = _plan(connection, *asked[0])
    assert "ix_outbox_waiting" in plan and "ix_outbox_lane" in plan, plan
    assert "Sort" not in plan and "TEMP B-TREE" not in plan and "Seq Scan on outbox" not in plan, plan


def test_whether_an_update_waits_already_is_one_look_into_an_index_of_what_waits(database: Database) -> None:
    """Each thing that happens to a card asks so, however many messages were ever said."""
    with database.writing(TEAM) as work:
        work.outbox.say(Card(Ref("issue", 1)), to="C1", once="card")
    with database.engine.begin() as connection:
        connection.execute(update(tables.outbox).values(state="sent"))
        connection.exec_driver_sql("ANALYZE outbox")  # not of all: other tests look at tables that are empty here
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if "waits_for =" in statement.partition("WHERE")[2]:
            asked.append((statement, parameters))

    event.listen(database.engine, "before_cursor_execute", note)
    with database.writing(TEAM) as work:
        work.outbox.refresh("card")
    event.remove(database.engine, "before_cursor_execute", note)
    with database.engine.begin() as connection:
        (plan,) = [_plan(connection, statement, parameters) for statement, parameters in asked]
    assert "ix_outbox_" in plan and "SCAN" not in plan and "Seq Scan" not in plan, plan


def _finish_much(connection: Connection) -> None:
    """Of empty tables PostgreSQL reads any index, once it knows that they are empty."""
    issues = [Issue(number=number, title="x", filed_at=NOW, finished_at=NOW) for number in range(300)]
    tasks = [
        Task(number=number, title="x", owner="U1", due=TODAY, created_at=NOW, done_at=NOW) for number in range(300)
    ]
    for table, records in ((SCHEMA.of(Issue), issues), (SCHEMA.of(Task), tasks)):
        rows = [{"team_id": TEAM, **_columns_of(record)} for record in records]
        connection.execute(insert(table), rows)
        connection.exec_driver_sql(f"ANALYZE {table.name}")


def _columns_of(record: Issue | Task) -> dict[str, Any]:
    return {field.name: getattr(record, field.name) for field in fields(record) if field.name != "id"}


def _plan(connection: Connection, statement: str, parameters: Any) -> str:
    if connection.dialect.name == "postgresql":  # small tables are read through, whatever indexes there are
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
    explain = "EXPLAIN QUERY PLAN" if connection.dialect.name == "sqlite" else "EXPLAIN"
    return "\n".join(str(row) for row in connection.exec_driver_sql(f"{explain} {statement}", parameters))
