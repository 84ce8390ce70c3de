"""Titles kept in memory: what was filed by whomever is known at once, the rest within a minute."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from bot.database import SCHEMA
from domain.issues.actions import similar_issues
from domain.issues.record import Issue
from storage.caches.titles import KnownTitles
from storage.unit_of_work import Database

TEAM, NOW = "T1", datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
TITLE = "Labels fade in the sun"


@pytest.fixture
def other(database: Database) -> Iterator[Database]:
    """Another replica."""
    yield Database(database.engine, database.clock, SCHEMA)


def file(database: Database, number: int, title: str = TITLE, finished_at: datetime | None = None) -> Issue:
    with database.writing(TEAM) as work:
        return work.of(Issue).add(
            Issue(number=number, title=title, filed_at=NOW, finished_at=finished_at), by="U1", at=NOW, verb="filed"
        )


def alike(database: Database, title: str = TITLE, process: int | None = None) -> list[int]:
    with database.reading(TEAM) as work:
        return [issue.number for issue in similar_issues(work, title, process)]


def test_what_another_replica_files_is_known_at_once(database: Database, other: Database) -> None:
    file(database, 1)
    assert alike(database) == alike(other) == [1]
    file(database, 2)
    assert alike(database) == alike(other) == [2, 1]


def test_what_is_closed_is_like_nothing_from_then_on(database: Database, other: Database) -> None:
    issue = file(database, 1)
    assert alike(database) == [1]
    with other.writing(TEAM) as work:
        work.of(Issue).change(issue, by="U1", at=NOW, finished_at=NOW)
    assert alike(database) == []


def test_what_was_reopened_is_found_within_a_minute(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    issue = file(database, 1, finished_at=NOW)
    assert alike(database) == []
    with database.writing(TEAM) as work:
        work.of(Issue).change(issue, by="U1", at=NOW, finished_at=None)
    monkeypatch.setattr("storage.caches.titles.monotonic", lambda: float("inf"))
    assert alike(database) == [1] and KnownTitles.SECONDS == 60


def test_what_was_rolled_back_leaves_nothing_wrong(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.writing(TEAM) as work:
        work.of(Issue).add(Issue(number=1, title="Stock is wrong", filed_at=NOW), by="U1", at=NOW, verb="filed")
        assert similar_issues(work, "Stock is wrong", None)
        raise ZeroDivisionError
    assert alike(database, "Stock is wrong") == []


def test_of_two_that_are_alike_the_same_process_comes_first(database: Database) -> None:
    with database.writing(TEAM) as work:
        for number, process in ((1, 7), (2, 8)):
            made = Issue(number=number, title=TITLE, process_id=process, filed_at=NOW)
            work.of(Issue).add(made, by="U1", at=NOW, verb="filed")
    assert alike(database, process=7) == [1, 2] and alike(database, process=8) == [2, 1]
