"""A look at the schedules when none is due, among 10,000 of them in twenty workspaces.

The floor is a bare query of the same table over the same engine for rows that are due; the driver's own time for that
query, without SQLAlchemy, stands beside it for the reader.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, insert, select

from benchmarks.databases import KINDS, Databases, analyse
from benchmarks.figures import Figure, in_turn, middle
from bot.database import SCHEMA
from bot.scheduling.clock import FixedClock
from bot.scheduling.runner import ScheduleRunner
from bot.slack.gateway import Gateway
from jobs.registry import JOBS
from storage import tables
from storage.unit_of_work import Database

SCHEDULES, WORKSPACES, ROUNDS = 10_000, 20, 400
NOW = datetime(2026, 11, 23, 9, 0, 30, tzinfo=UTC)


def figures(databases: Databases) -> Iterator[Figure]:
    for kind in KINDS:
        engine = databases.engine(databases.of(kind))
        _furnish(engine)
        runner = ScheduleRunner(Database(engine, FixedClock(NOW), SCHEMA), JOBS, Gateway("xoxb-1", "http://127.0.0.1/"))
        due = select(tables.schedules.c.id).where(tables.schedules.c.next_due <= NOW)
        raw = engine.raw_connection()
        cursor, by_hand = raw.cursor(), f"SELECT id FROM schedules WHERE next_due <= '{NOW:%Y-%m-%d %H:%M:%S.%f}'"

        def look(_number: int, runner: ScheduleRunner = runner) -> None:
            assert runner.run_due() == []

        def query(_number: int, engine: Engine = engine, due: object = due) -> None:
            with engine.connect().execution_options(reading=True) as connection:
                assert connection.execute(due).first() is None  # type: ignore[call-overload]

        def driver(_number: int, cursor: object = cursor, by_hand: str = by_hand) -> None:
            assert cursor.execute(by_hand).fetchone() is None  # type: ignore[attr-defined]

        ours, floor, drivers = in_turn(look, query, driver, rounds=ROUNDS)
        raw.close()
        yield Figure(f"sweep idle, {kind}.median", middle(ours) * 1e6, "µs")
        yield Figure(f"sweep idle, {kind}.median over a bare query", middle(ours) / middle(floor), "ratio", goal=3.0)
        yield Figure(f"sweep idle, {kind}.the driver alone", middle(drivers) * 1e6, "µs")


def _furnish(engine: Engine) -> None:
    """Each workspace has its row, and 500 people with a digest tomorrow."""
    teams = [f"T{number}" for number in range(WORKSPACES)]
    rows = [
        {
            "team_id": teams[number % WORKSPACES],
            "job": "overdue-reminders",
            "subject": f"U{number}",
            "rule": "daily 09:00",
            "next_due": NOW + timedelta(minutes=number % 1_440 + 1),
        }
        for number in range(SCHEDULES)
    ]
    with engine.begin() as connection:
        connection.execute(insert(tables.workspaces), [{"team_id": team} for team in teams])
        connection.execute(insert(tables.schedules), rows)
    analyse(engine)
