"""A full disk, a database that can only be read: nothing is half written, it is said, and all goes on by itself."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from shutil import copy
from sqlite3 import connect
from time import monotonic, sleep
from typing import Any, cast

import pytest
from sqlalchemy import Engine, event, func, select, text
from structlog.testing import capture_logs

from bot.database import SCHEMA
from bot.delivery.blocked_destinations import BlockedDestinations
from bot.delivery.sender import Sender
from bot.delivery.worker import Worker
from bot.scheduling.clock import FixedClock
from bot.slack.gateway import Gateway
from domain.cards.messages import Card
from domain.core import NotSaved, Ref
from domain.issues.record import Issue
from domain.people.actions import register
from domain.schedules.record import Schedule
from storage import tables
from storage.engine import open_engine
from storage.outbox.queue import Queue
from storage.unit_of_work import Database
from storage.upgrade import upgrade
from tests.office import TEAM, Office, texts
from views.core import Rendered

NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
pytestmark = pytest.mark.opens_at(NOW)
LONG = "满" * 3000  # 9,000 bytes fit into no page of 4,096, so new ones are needed
NO_ROOM, READ_ONLY = "max_page_count=1", "query_only=ON"  # the first means: no more than there are


@contextmanager
def afflicted(engine: Engine, pragma: str) -> Iterator[None]:
    """A database that is like that for every new connection while the block runs."""

    def afflict(connection: Any, _record: Any) -> None:
        connection.execute(f"PRAGMA {pragma}")

    event.listen(engine, "connect", afflict)
    engine.dispose()
    try:
        yield
    finally:
        event.remove(engine, "connect", afflict)
        engine.dispose()


def file_issue(database: Database, title: str = LONG) -> None:
    with database.writing(TEAM, once=f"view:{title[:9]}") as work:
        issue = work.of(Issue).add(
            Issue(number=work.next_number("I"), title="x", what=title, filed_at=NOW), by="U1", at=NOW
        )
        work.outbox.say(Card(Ref("issue", issue.id)), to="C1", once=f"issue:{issue.id}:card")


def rows(engine: Engine) -> list[int]:
    """How many issues, activities, messages, requests and series there are."""
    counted = (SCHEMA.of(Issue), tables.activities, tables.outbox, tables.handled, tables.numbers)
    with engine.connect().execution_options(reading=True) as connection:
        return [connection.execute(select(func.count()).select_from(table)).scalar_one() for table in counted]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("pragma, why", [(NO_ROOM, "The disk is full"), (READ_ONLY, "cannot write to its database")])
def test_nothing_is_half_written_and_the_same_request_works_later(database: Database, pragma: str, why: str) -> None:
    with afflicted(database.engine, pragma), pytest.raises(NotSaved, match=why) as refused:
        file_issue(database)
    assert rows(database.engine) == [0, 0, 0, 0, 0]
    assert "gemba.db" in refused.value.reason and "\n" not in refused.value.reason and "满" not in refused.value.reason
    file_issue(database)
    assert rows(database.engine) == [1, 1, 1, 1, 1]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_while_another_process_writes_for_long_it_is_busy(database: Database) -> None:
    with afflicted(database.engine, "busy_timeout=10"), closing(connect(str(database.engine.url.database))) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(NotSaved, match="busy just now") as refused:
            file_issue(database)
        other.rollback()
        assert "gemba.db is being written to by somebody else" in refused.value.reason
        file_issue(database)
    assert rows(database.engine) == [1, 1, 1, 1, 1]


def test_a_disk_that_gives_out_during_a_commit_leaves_whole_records(upgraded_file: Path, tmp_path: Path) -> None:
    """A real limit of the system, in a process of its own: writing the WAL fails somewhere in the middle."""
    script = """
import os, resource, signal, sys
from bot.database import SCHEMA
from bot.scheduling.clock import SystemClock
from domain.core.errors import NotSaved
from storage.engine import open_engine
from storage.unit_of_work import Database
from tests.storage.test_disk_full import file_issue
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))
database, done = Database(open_engine(sys.argv[1]), SystemClock(), SCHEMA), 0
try:
    while True:
        file_issue(database, f"{done:09}" + "x" * 3000)
        done += 1
except NotSaved as error:
    print(done, error.reason, flush=True)
    os._exit(0)
"""
    url = f"sqlite:///{copy(upgraded_file, tmp_path / 'gemba.db')}"
    command = [sys.executable, "-c", script, url]
    ran = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    done, reason = ran.stdout.split(maxsplit=1)
    assert int(done) > 3 and "cannot be written to (disk I/O error)" in reason
    engine = open_engine(url)
    assert rows(engine) == [int(done)] * 4 + [1]
    with engine.connect().execution_options(reading=True) as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
    engine.dispose()


def test_a_file_opened_for_reading_only_can_be_read_and_says_so(upgraded_file: Path, tmp_path: Path) -> None:
    file = copy(upgraded_file, tmp_path / "gemba.db")
    engine = open_engine(f"sqlite:///file:{file}?mode=ro&uri=true")
    assert rows(engine) == [0, 0, 0, 0, 0]
    with pytest.raises(NotSaved) as refused:
        file_issue(Database(engine, FixedClock(NOW), SCHEMA))
    assert "cannot be written to (attempt to write a readonly database)" in refused.value.reason
    engine.dispose()


def test_a_damaged_file_is_named_with_its_remedy(tmp_path: Path) -> None:
    (tmp_path / "gemba.db").write_text("Dear diary" * 1000)
    with pytest.raises(NotSaved) as refused:
        upgrade(open_engine(f"sqlite:///{tmp_path / 'gemba.db'}"), SCHEMA.metadata)
    assert "is damaged or no database" in refused.value.reason and "gemba db restore" in refused.value.reason


@pytest.mark.postgres
@pytest.mark.parametrize("database", [pytest.param("postgres")], indirect=True)
@pytest.mark.parametrize(
    "statement, why",
    [
        ("DO $$ BEGIN RAISE 'could not extend file' USING ERRCODE = '53100'; END $$", "The disk is full"),
        ("SET TRANSACTION READ ONLY; DELETE FROM issues", "cannot write to its database"),
    ],
)
def test_postgresql_is_understood_too(database: Database, statement: str, why: str) -> None:
    with pytest.raises(NotSaved, match=why) as refused, database.engine.begin() as connection:
        connection.execute(text(statement))
    assert "\n" not in refused.value.reason


class FakeSlack:
    def __init__(self) -> None:
        self.posted: list[str] = []

    def post(self, channel: str, message: Rendered, **_: object) -> tuple[str, str]:
        self.posted.append(message.text)
        return channel, f"{len(self.posted)}.0"


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_delivery_worker_says_it_once_waits_and_goes_on_by_itself(database: Database) -> None:
    file_issue(database, "small")
    slack = FakeSlack()
    queue = Queue(database.engine, SCHEMA.words, "me")
    sender = Sender(queue, cast(Gateway, slack), lambda _delivery: Rendered("text", []), BlockedDestinations(database))
    worker = Worker(queue, sender, threads=1)
    try:
        with capture_logs() as logs:
            with afflicted(database.engine, READ_ONLY):
                worker.start()
                for _ in range(4):
                    sleep(0.1)
                    worker.wake()
                assert slack.posted == []
            worker.wake()
            until(lambda: not Queue(database.engine, SCHEMA.words, "").depth().get("ready") and slack.posted)
            worker.stop()
        assert slack.posted == ["text"]
        assert [(line["log_level"], line["event"].split(",")[0]) for line in logs] == [
            ("error", "nothing can be saved"),
            ("info", "delivering again"),
        ]
    finally:
        worker.stop()


def until(true: Any, seconds: float = 30) -> None:
    deadline = monotonic() + seconds
    while not true():
        assert monotonic() < deadline
        sleep(0.02)


def test_a_person_is_told_in_the_form_keeps_what_was_typed_and_can_press_again(office: Office) -> None:
    office.stock.command("/issue 库存表不对", "C0WAREHOUSE")
    modal = office.stock.modal()
    with afflicted(office.program.database.engine, NO_ROOM), capture_logs() as logs:
        outcome = office.stock.submit(modal, {"what": LONG})
    assert [error.partition("，")[0] for error in outcome.errors.values()] == ["磁盘已满"]
    errors = [line["event"] for line in logs if line["log_level"] == "error"]
    assert errors.count("nothing can be saved") == 1, "whatever the delivery says of it beside this"
    assert LONG not in str(logs)
    with office.records() as work:
        assert work.of(Issue).count() == 0
    assert office.stock.submit(office.stock.modal(), {"what": LONG}).ok
    office.settle()
    with office.records() as work:
        assert [issue.number for issue in work.of(Issue).find()] == [1]


def test_lists_can_still_be_read(office: Office) -> None:
    office.clerk.command("/issue list", "C0SALES")
    seen = office.program.gateway.member("U0CLERK")
    with office.store() as work:  # who they are has to be asked again
        register(work, replace(seen, seen_at=datetime(2020, 1, 1, tzinfo=UTC)), now=NOW)
    with afflicted(office.program.database.engine, READ_ONLY):
        office.clerk.command("/issue list", "C0SALES")
    first, second = texts(office.clerk.messages("C0SALES"))
    assert first == second


def test_schedules_that_cannot_be_noted_run_when_there_is_room_again(office: Office) -> None:
    office.clock.travel_to(NOW.replace(day=24))
    with office.records() as work:
        due = [schedule for schedule in work.of(Schedule).find() if schedule.next_due <= office.clock.now()]
    office.program.worker.stop()  # which says for itself that nothing can be saved
    with afflicted(office.program.database.engine, READ_ONLY), capture_logs() as logs:
        assert office.program.runner.run_due() == []
    assert {line["event"] for line in logs} == {"nothing can be saved; the job runs at a later tick"}
    assert 0 < len(logs) <= len(due) and not any("exc_info" in line for line in logs)
    assert len(office.program.runner.run_due()) == len(due)
