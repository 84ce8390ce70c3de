"""A crash at each edge of a day's work: the bot is started again, goes on, and keeps its promise."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Engine

from domain.forms.issues import IssueForm, Source
from domain.forms.tasks import TaskForm
from domain.use_cases import issues, kpis, tasks
from domain.use_cases.owed import ISSUE, of_issue, of_task
from domain.use_cases.owed_moves import TOMORROW, finish_owed, snooze_owed
from domain.use_cases.places import today_of
from storage.unit_of_work import Database
from tests.machine import promises
from tests.machine.edges import Crash
from tests.machine.town import CLOSED, KEEPER, OPEN
from tests.machine.world import World

BEGIN = datetime(2026, 3, 7, 12, tzinfo=UTC)  # the clocks go forward in the night
HOWE = "U0HOWE"
PARTS = 8
"""The edges are tried in so many tests, each of them every so many-th edge: they share nothing and can run apart."""


def a_days_work(world: World) -> None:
    """File, measure, deliver with faults, a channel that is closed to the bot, the night, and what is due then."""
    _file(world, OPEN)
    _file(world, CLOSED)
    _measure(world, "5")
    world.throw_out(CLOSED)
    world.fail([{"where": "chat.postMessage", "kind": "drop_after", "nth": [2]}])
    world.deliver(0)
    world.fail([{"where": "chat.update", "kind": "500_after"}, {"where": "conversations.history", "kind": "429"}])
    form = TaskForm(title="Count the stock", owner=KEEPER)
    task = world.act(0, HOWE, lambda work, member, now: tasks.add_task(work, member, form, OPEN, now=now))
    world.accepted.keep(of_task(task))
    world.deliver(0)
    world.invite(CLOSED)
    world.fail([])
    world.pass_(31)
    world.deliver(0)
    world.travel(timedelta(days=9))
    world.tick(0)
    world.deliver(0)
    _measure(world, "2")
    first, second, *_ = world.accepted.owed.values()
    world.change(0, HOWE, first, lambda work, member, now: finish_owed(work, member, ISSUE, first.record_id, now=now))
    world.change(
        0, HOWE, second, lambda work, member, now: snooze_owed(work, member, ISSUE, second.record_id, TOMORROW, now=now)
    )
    world.deliver(0)


def test_a_day_without_a_crash_keeps_the_promise(database: Database) -> None:
    edges = _live(database.engine, lambda _world: None)
    assert set(edges) == {
        "before a commit", "after a commit", "before chat.postMessage", "after chat.postMessage", "before chat.update",
        "after chat.update", "before chat.postEphemeral", "after chat.postEphemeral", "before conversations.replies",
        "after conversations.replies",
    }  # fmt: skip


@pytest.mark.parametrize("part", range(PARTS))
def test_a_crash_at_any_edge_loses_nothing_and_repeats_nothing(database: Database, part: int) -> None:
    def crash(edge: str) -> None:
        raise Crash(edge)

    edges = _live(database.engine, lambda _world: None)
    for number in range(part, len(edges), PARTS):
        try:
            _live(database.engine, lambda world, at=number: world.edges.plan(at, crash))
        except AssertionError as error:
            raise AssertionError(f"after a crash {edges[number]} (edge {number} of {len(edges)}): {error}") from error


def _live(engine: Engine, before: Callable[[World], None]) -> list[str]:
    """Live through the day; returns the edges that were passed."""
    world = World(engine, BEGIN)
    try:
        before(world)
        a_days_work(world)
        passed = list(world.edges.passed)
        promises.settle(world)
        promises.check(world)
    finally:
        world.close()
    return passed


def _file(world: World, channel: str) -> None:
    form = IssueForm(title=f"Something is wrong in {channel}")
    filed = world.act(
        0, HOWE, lambda work, member, now: issues.file_issue(work, member, form, Source(channel=channel), now=now)
    )
    world.accepted.keep(of_issue(filed))
    taken = world.act(0, HOWE, lambda work, member, now: issues.take_over(work, member, filed.id, now=now))
    world.accepted.keep(of_issue(taken))


def _measure(world: World, value: str) -> None:
    reading = world.act(
        0, KEEPER,
        lambda work, member, now: kpis.record_value(
            work, member, work.kpis.find()[0].id, Decimal(value), today_of(member, work.workspace, now), now=now
        ),
    )  # fmt: skip
    world.accepted.value(reading.period, reading.value)
