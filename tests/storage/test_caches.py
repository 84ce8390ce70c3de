"""Without its caches the bot does the same: slower, and what another replica does is seen at once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.database import SCHEMA
from bot.settings import Settings
from domain.issues.actions import similar_issues
from domain.issues.record import Issue
from domain.people.record import Member, TeamChannel
from domain.tasks.record import Task
from sandbox.server import Sandbox
from storage.caches.switch import CACHES
from storage.engine import open_engine
from storage.statements import inserting
from storage.tables import outbox
from storage.unit_of_work import Database
from tests.conftest import MONDAY
from tests.office import TEAM as OFFICE, Office, texts

TEAM, NOW = "T1", datetime(2026, 11, 23, 8, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def on_again() -> Iterator[None]:
    yield
    CACHES.on = True


@pytest.fixture
def off() -> None:
    CACHES.on = False


@pytest.mark.usefixtures("off")
def test_off_what_another_replica_changes_is_seen_at_once(database: Database) -> None:
    with database.writing(TEAM) as work:
        channel = work.of(TeamChannel).add(TeamChannel(channel_id="C1", name="sales"), by="", at=NOW)
        done = Issue(number=1, title="Labels fade in the sun", filed_at=NOW, finished_at=NOW)
        issue = work.of(Issue).add(done, by="U1", at=NOW, verb="filed")
        work.of(Issue).add(Issue(number=2, title="Stock is wrong", filed_at=NOW), by="U1", at=NOW, verb="filed")
    with database.reading(TEAM) as work:
        assert work.of(TeamChannel).cached(channel_id="C1") == channel
        assert similar_issues(work, issue.title, None) == []
    with Database(database.engine, database.clock, SCHEMA).writing(TEAM) as work:
        work.of(TeamChannel).change(channel, by="", at=NOW, name="orders")
        work.of(Issue).change(issue, by="U1", at=NOW, finished_at=None)
    with database.reading(TEAM) as work:
        assert work.of(TeamChannel).cached(channel_id="C1") == replace(channel, name="orders")
        assert [found.number for found in similar_issues(work, issue.title, None)] == [1]


@pytest.mark.usefixtures("off")
def test_off_no_statement_is_kept() -> None:
    assert inserting(outbox) is not inserting(outbox)
    assert open_engine("sqlite://")._compiled_cache is None


def test_on_a_statement_is_built_once() -> None:
    assert inserting(outbox) is inserting(outbox)


def test_off_a_task_goes_the_whole_way(workspace_server: Sandbox, database_url: str) -> None:
    with Office.open(workspace_server, database_url, MONDAY, gemba_caches=False) as office:
        assert not CACHES.on
        office.clerk.command("/gemba task add Ask three suppliers", "C0SALES")
        assert office.clerk.submit(office.clerk.modal(), {"owner": "U0STOCK"}).ok
        office.settle()
        given = office.stock.messages()[-1]
        assert "Ask three suppliers" in given["text"]
        office.travel(days=1)
        office.stock.press(given, "owed.done:task:1")
        office.clerk.command("/gemba task done 1", "C0SALES")
        assert texts(office.clerk.messages("C0SALES"))[-1].startswith("T-1 is done already")
        with office.records() as work:
            assert work.of(Task).get(1).done_by == "U0STOCK"
        member = office.program.people.get(OFFICE, "U0STOCK")
        with Database(office.program.database.engine, office.clock, SCHEMA).writing(OFFICE) as work:
            work.of(Member).change(member, by="", at=NOW, name="Sam")
        assert office.program.people.get(OFFICE, "U0STOCK").name == "Sam"


def test_the_switch_is_a_word() -> None:
    assert not Settings(_env_file=None, gemba_caches="off").gemba_caches  # type: ignore[arg-type]
    assert Settings(_env_file=None, gemba_caches="on").gemba_caches  # type: ignore[arg-type]
