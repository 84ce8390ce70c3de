"""Monday, nine o'clock: the digests of 1,000 people who owe something become due at the same moment.

From the runner's first look to the last committed row of the outbox, by one process. The floor is a thousand bare
commits of what a digest leaves behind (its run and its row of the outbox) on the same server, taken in turn with it.
"""

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Engine, func, insert, select

from benchmarks.databases import KINDS, Databases, analyse
from benchmarks.figures import Figure, middle
from bot.database import SCHEMA
from bot.scheduling.clock import FixedClock
from bot.scheduling.runner import ScheduleRunner
from bot.slack.gateway import Gateway
from domain.people.record import Department, Member
from domain.schedules.record import ScheduleRun
from domain.tasks.record import Task
from jobs.registry import JOBS
from storage import tables
from storage.unit_of_work import Database

TEAM, MEMBERS = "T1", 1_000
NINE = datetime(2026, 11, 23, 9, tzinfo=UTC)  # a Monday


def figures(databases: Databases) -> Iterator[Figure]:
    for kind in KINDS:
        engine = databases.engine(databases.of(kind))
        _furnish(engine)
        taken = [(took, _bare(engine, number)) for number, took in enumerate(_mornings(engine))]
        ours, bare = (middle(list(seconds)) for seconds in zip(*taken, strict=True))
        title = f"1,000 digests due at once, {kind}"
        yield Figure(f"{title}.to the outbox", ours, "s")
        yield Figure(f"{title}.1,000 bare commits", bare, "s")
        yield Figure(f"{title}.to the outbox over bare commits", ours / bare, "ratio", goal=3.0)


def _mornings(engine: Engine) -> Iterator[float]:
    """Seconds of each morning, after one to warm up; on each there are a thousand new digests."""
    clock = FixedClock(NINE - timedelta(days=3))
    runner = ScheduleRunner(Database(engine, clock, SCHEMA), JOBS, Gateway("xoxb-1", "http://127.0.0.1/"))
    for number, day in enumerate((-3, 0, 1, 2, 3, 4)):
        clock.travel_to(NINE + timedelta(days=day))
        before, began = _waiting(engine), time.perf_counter()
        runner.run_due()
        took = time.perf_counter() - began
        assert _waiting(engine) - before == MEMBERS
        if number:
            yield took


def _bare(engine: Engine, morning: int) -> float:
    began = time.perf_counter()
    for number in range(MEMBERS):
        key = f"bare:{morning}:{number}"
        run = {"team_id": TEAM, "schedule_id": -number, "slot": key, "at": NINE, "outcome": "ran"}
        row = {
            "team_id": TEAM,
            "key": key,
            "action": "post",
            "kind": "Digest",
            "about": {"tasks": [number]},
            "target": "U1",
            "lane": "U1",
            "urgency": 3,
            "may_repeat": 0,
            "as_of": NINE,
            "state": "sent",
            "not_before": NINE,
            "created_at": NINE,
        }
        with engine.begin() as connection:
            connection.execute(insert(SCHEMA.of(ScheduleRun)), run)
            connection.execute(insert(tables.outbox), row)
    return time.perf_counter() - began


def _waiting(engine: Engine) -> int:
    with engine.connect().execution_options(reading=True) as connection:
        ready = select(func.count()).where(tables.outbox.c.state == "ready")
        return int(connection.execute(ready).scalar_one())


def _furnish(engine: Engine) -> None:
    """A workspace with departments, and 1,000 members with a digest at nine and a task that is overdue."""
    people = [f"U{number}" for number in range(MEMBERS)]
    with engine.begin() as connection:
        connection.execute(insert(tables.workspaces), {"team_id": TEAM, "country": "CN", "salt": "0"})
        departments = [{"team_id": TEAM, "name": f"Department {number}", "head": "UH"} for number in range(10)]
        connection.execute(insert(SCHEMA.of(Department)), departments)
        members = [
            {"team_id": TEAM, "user_id": user_id, "digest_time": NINE.time(), "quiet_days": (5, 6)}
            for user_id in people
        ]
        connection.execute(insert(SCHEMA.of(Member)), members)
        tasks = [
            {
                "team_id": TEAM,
                "number": number,
                "title": "Count the stock",
                "owner": user_id,
                "due": date(2026, 11, 18),
                "created_at": NINE,
            }
            for number, user_id in enumerate(people)
        ]
        connection.execute(insert(SCHEMA.of(Task)), tasks)
        digests = [
            {
                "team_id": TEAM,
                "job": "overdue-reminders",
                "subject": user_id,
                "rule": "daily 09:00",
                "next_due": NINE - timedelta(days=3),
            }
            for user_id in people
        ]
        connection.execute(insert(tables.schedules), digests)
    analyse(engine)
