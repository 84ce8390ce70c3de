"""The figures that /metrics shows, from a database of each kind."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import SQLAlchemyError

from domain.cards.messages import Card
from domain.core import Ref
from domain.schedules.record import Schedule
from storage.engine import open_engine
from storage.figures import Depth, figures, readable
from storage.tables import outbox
from storage.unit_of_work import Database

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def test_an_empty_outbox_has_a_figure_for_every_state(database: Database) -> None:
    found = figures(database.engine, late_since=NOW)
    assert found.outbox == {state: Depth(0) for state in ("ready", "sending", "unsure", "failed")}
    assert found.late == {}


def test_what_waits_is_counted_with_its_oldest(database: Database) -> None:
    with database.writing("T1") as work:
        for number in range(4):
            work.outbox.say(Card(Ref("issue", number)), to="C1", once=str(number))
    with database.engine.begin() as connection:
        for key, state, age in (("0", "failed", 9), ("1", "ready", 5), ("2", "ready", 7), ("3", "sent", 60)):
            values = {"state": state, "created_at": NOW - timedelta(minutes=age)}
            connection.execute(update(outbox).where(outbox.c.key == key).values(**values))
    found = figures(database.engine, late_since=NOW).outbox
    assert found["ready"] == Depth(2, NOW - timedelta(minutes=7))
    assert found["failed"].rows == 1 and "sent" not in found


def test_schedules_are_late_by_job_unless_they_pause(database: Database) -> None:
    due = {"late": NOW - timedelta(minutes=2), "at the moment": NOW, "later": NOW + timedelta(hours=1)}
    with database.writing("T1") as work:
        for job, moment in due.items():
            for subject, paused in (("C1", False), ("C2", False), ("C3", True)):
                record = Schedule(
                    job=job, subject=subject, rule="every 60s", timezone="UTC", next_due=moment, paused=paused
                )
                work.of(Schedule).add(record, by="", at=NOW)
    assert figures(database.engine, late_since=NOW).late == {"late": 2}


def test_a_database_without_our_tables_cannot_be_read() -> None:
    engine = open_engine("sqlite:///:memory:")
    with pytest.raises(SQLAlchemyError):
        readable(engine)
