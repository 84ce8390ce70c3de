"""What nearly everything asks for is kept for a moment, and never a state that is over in this process."""

from datetime import UTC, datetime

import pytest

from bot.database import SCHEMA
from domain.issues.record import Issue
from domain.people.record import TeamChannel
from storage.unit_of_work import Database

TEAM, NOW = "T1", datetime(2026, 11, 23, 8, 30, tzinfo=UTC)


@pytest.fixture
def channel(database: Database) -> TeamChannel:
    with database.writing(TEAM) as work:
        return work.of(TeamChannel).add(TeamChannel(channel_id="C1", name="sales"), by="", at=NOW)


def rename(database: Database, channel: TeamChannel, name: str) -> None:
    with database.writing(TEAM) as work:
        work.of(TeamChannel).change(channel, by="", at=NOW, name=name)


def name(database: Database) -> str | None:
    with database.reading(TEAM) as work:
        known = work.of(TeamChannel).cached(channel_id="C1")
    return known.name if known else None


def test_what_this_process_changes_is_known_at_once(database: Database, channel: TeamChannel) -> None:
    assert name(database) == "sales"
    rename(database, channel, "orders")
    assert name(database) == "orders"


def test_what_another_replica_changes_is_known_a_second_later(
    database: Database, channel: TeamChannel, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert name(database) == "sales"
    rename(Database(database.engine, database.clock, SCHEMA), channel, "orders")
    monkeypatch.setattr("storage.caches.remembered.monotonic", lambda: float("inf"))
    assert name(database) == "orders"


def test_who_began_before_a_change_leaves_no_memory_of_what_was(database: Database, channel: TeamChannel) -> None:
    """On SQLite a transaction that has looked once sees nothing of what is committed after that."""
    with database.reading(TEAM) as early:
        assert early.of(Issue).count() == 0
        rename(database, channel, "orders")
        assert early.of(TeamChannel).cached(channel_id="C1") is not None
    assert name(database) == "orders"


def test_what_was_rolled_back_is_not_remembered(database: Database, channel: TeamChannel) -> None:
    with pytest.raises(ZeroDivisionError), database.writing(TEAM) as work:
        work.of(TeamChannel).change(channel, by="", at=NOW, name="orders")
        seen = work.of(TeamChannel).cached(channel_id="C1")
        assert seen is not None and seen.name == "orders"
        raise ZeroDivisionError
    assert name(database) == "sales"


def test_that_there_is_none_is_remembered_until_there_is_one(database: Database) -> None:
    assert name(database) is None
    with database.writing(TEAM) as work:
        work.of(TeamChannel).add(TeamChannel(channel_id="C1", name="sales"), by="", at=NOW)
    assert name(database) == "sales"
