"""A database of an earlier version is upgraded, moved, and goes on: nothing that waited in it is lost."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.database import SCHEMA
from domain.issues.record import Issue
from domain.tasks.record import Task
from sandbox.server import Sandbox
from storage.copying import copy_database
from storage.engine import open_engine
from storage.outbox.queue import Patience
from storage.upgrade import known_revisions, newest_revision, upgrade
from tests.conftest import ENGINES
from tests.corpus.filling import filled
from tests.corpus.kept import revisions, scene_of, unpack
from tests.office import Office

STATES = {"ready", "sending", "unsure", "sent", "skipped", "failed"}
ADDED = {"numbers": 1}  # risks are numbered since the second schema
WAITING = "state IN ('ready', 'sending', 'unsure')"


@pytest.fixture(params=revisions())
def revision(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=ENGINES)
def upgraded(request: pytest.FixtureRequest, revision: str, tmp_path: Path) -> str:
    """A kept database at today's schema, on SQLite and, moved there, on PostgreSQL."""
    url = f"sqlite:///{unpack(revision, tmp_path / 'gemba.db')}"
    source = open_engine(url)
    upgrade(source, SCHEMA.metadata)
    if request.param == "postgres":
        url = request.getfixturevalue("postgres_url")
        target = open_engine(url)
        copy_database(source, target, SCHEMA.metadata, lambda _doing, _rows: None)
        target.dispose()
    source.dispose()
    return url


@pytest.fixture
def office(upgraded: str, revision: str, workspace_server: Sandbox) -> Iterator[Office]:
    """The bot on it, in Slack as it was; what waited there waits since a moment ago."""
    scene = scene_of(revision)
    _wait_since(upgraded, datetime.now(UTC) + timedelta(seconds=2))  # until it is laid out
    with Office.open(workspace_server, upgraded, scene.now, patience=Patience(unsure=timedelta(seconds=2))) as opened:
        for channel, messages in scene.messages.items():
            workspace_server.slack.workspace.messages[channel].update(messages)
        yield opened


def _wait_since(url: str, moment: datetime) -> None:
    """Else what is of no use after days would be skipped for that, in all tests to come."""
    engine = open_engine(url)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM stops"))
        waits = f"UPDATE outbox SET created_at = :moment, not_before = :moment WHERE {WAITING}"
        naive = moment.strftime("%Y-%m-%d %H:%M:%S.%f") if engine.dialect.name == "sqlite" else moment
        connection.execute(text(waits), {"moment": naive})
    engine.dispose()


def _rows(url: str, query: str) -> list[Any]:
    engine = open_engine(url)
    with engine.connect() as connection:
        rows = [tuple(row) for row in connection.execute(text(query))]
    engine.dispose()
    return rows


def test_a_database_of_each_schema_before_this_one_is_kept() -> None:
    assert known_revisions() - {newest_revision()} <= set(revisions()) and "0001" in revisions()


def test_the_first_kept_database_has_rows_in_every_table_and_messages_of_every_kind_in_every_state(
    tmp_path: Path,
) -> None:
    file = unpack("0001", tmp_path / "gemba.db")
    with closing(sqlite3.connect(file)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        empty = [name for name in tables if not connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]]
        kinds = dict[str, set[str]]()
        for kind, state in connection.execute("SELECT DISTINCT kind, state FROM outbox"):
            kinds.setdefault(kind, set()).add(state)
        actions = {action for (action,) in connection.execute(f"SELECT action FROM outbox WHERE {WAITING}")}
    assert empty == [] and len(tables) > 35
    assert {kind: states for kind, states in kinds.items() if states != STATES} == {}
    assert len(kinds) >= 39 and actions == {"post", "whisper", "update", "pin"}


def test_no_row_is_lost_by_the_upgrade_or_the_move(upgraded: str, revision: str, tmp_path: Path) -> None:
    kept = f"sqlite:///{unpack(revision, tmp_path / 'kept.db')}"
    for table in (name for name in SCHEMA.metadata.tables if _has(kept, name)):
        query = f"SELECT count(*) FROM {table}"
        [(now,)], [(before,)] = _rows(upgraded, query), _rows(kept, query)
        assert now == before + ADDED.get(table, 0), table


def test_what_waited_is_delivered_or_skipped_for_a_reason(office: Office, upgraded: str) -> None:
    office.settle(60)
    office.lead.wait_for(lambda: not _rows(upgraded, f"SELECT 1 FROM outbox WHERE {WAITING}") or None, 60)
    ended = _rows(upgraded, "SELECT key, state, error FROM outbox")
    rows = [row for row in ended if "#kept:" in row[0] and row[0].endswith((":ready", ":sending", ":unsure"))]
    assert len(rows) > 100
    assert [row for row in rows if row[1] not in ("sent", "skipped") or (row[1] == "skipped" and not row[2])] == []
    assert sum(row[1] == "sent" for row in rows) > 60


def test_the_main_job_goes_on(office: Office) -> None:
    """An issue is filed, and a task is done by the button of a digest that stood there before."""
    office.settle(60)
    clerk = office.clerk
    with office.records() as work:
        (task, *_) = work.of(Task).find(owner="U0CLERK", done_at=None, order="id")
        last = max(issue.number for issue in work.of(Issue).find())
    clerk.command("/issue Coffee machine leaks", "C0SALES")
    assert clerk.submit(clerk.modal(), filled(clerk, clerk.modal() or {})).ok
    office.settle(20)
    assert any(f"I-{last + 1}" in str(message) for message in clerk.messages("C0SALES"))
    digest = [message for message in clerk.messages() if f"owed.done:task:{task.id}" in str(message)][-1]
    assert clerk.press(digest, f"owed.done:task:{task.id}").ok
    office.settle(20)
    with office.records() as work:
        assert work.of(Task).get(task.id).done_at is not None


def _has(url: str, table: str) -> bool:
    return bool(_rows(url, f"SELECT 1 FROM sqlite_master WHERE name = '{table}'"))
