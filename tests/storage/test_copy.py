"""Moving from SQLite to PostgreSQL: everything is there, the same, and goes on counting from where it was."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from shutil import copy
from typing import Any

import pytest
from sqlalchemy import Engine, select, text

from bot.commands.upkeep import move_database
from bot.database import SCHEMA
from bot.refusal import Refusal
from bot.scheduling.clock import FixedClock
from domain.cards.messages import Card
from domain.core import Ref
from domain.issues.actions import file_issue
from domain.issues.form import IssueForm, Source
from domain.issues.record import Attachment, Dimension, Issue
from domain.kpis.record import KpiReading
from domain.people.record import Member, TeamChannel
from storage import tables
from storage.copying import CopyRefused, copy_database, fingerprint, row_count
from storage.engine import open_engine
from storage.sole_process import sole_process
from storage.unit_of_work import Database
from storage.upgrade import upgrade

TEAM = "T1"
NOW = datetime(2026, 11, 23, 8, 30, 0, 123_456, tzinfo=UTC)
MANY, FEW = 700, 7  # issues, each with its activity and message: 2,100 rows


@pytest.fixture
def source(upgraded_file: Path, tmp_path: Path) -> Iterator[Engine]:
    """A SQLite database of a few rows, some of them hard to carry."""
    engine = open_engine(f"sqlite:///{copy(upgraded_file, tmp_path / 'gemba.db')}")
    file_issues(engine, FEW)
    records = Database(engine, FixedClock(NOW), SCHEMA)
    with records.writing(TEAM, once="view:V1") as work:
        work.of(TeamChannel).add(TeamChannel(channel_id="C1", sync_time=time(9, 30)), by="U1", at=NOW)
        for day, value in enumerate(("0.10", "-0", "123456789012.123456", "NaN", "1E-9"), 1):
            reading = KpiReading(kpi_id=1, period=date(2026, 11, day), value=Decimal(value))
            work.of(KpiReading).add(reading, by="U1", at=NOW)
    for key in ("a", "B", "é", "中", "_"):  # texts as keys: their order depends on the language
        with records.writing(TEAM, once=f"action:{key}"):
            pass
    yield engine
    engine.dispose()


def file_issues(engine: Engine, issues: int) -> None:
    with Database(engine, FixedClock(NOW), SCHEMA).writing(TEAM) as work:
        for _ in range(issues):
            number = work.next_number("I")
            issue = Issue(
                number=number,
                title=f"盘点 {number} – \U0001f4e6 'quoted' \\ \"",
                times=Decimal("1E+3"),
                filed_at=NOW,
                dimensions=(Dimension.COST, Dimension.RISK),
                files=(Attachment("F1", "a.png"),),
            )
            stored = work.of(Issue).add(issue, by="U1", at=NOW)
            work.outbox.say(Card(Ref("issue", stored.id)), to="C1", once=f"issue:{number}:card")


@pytest.fixture
def target(postgres_url: str) -> Iterator[Engine]:
    engine = open_engine(postgres_url)
    yield engine
    engine.dispose()


def rows(engine: Engine, table: Any) -> list[Any]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]


def filled_tables(engine: Engine) -> list[str]:
    return [table.name for table in SCHEMA.metadata.sorted_tables if rows(engine, table)]


def quiet(doing: str, rows: int) -> None: ...


def test_every_row_is_there_the_same_and_the_next_issue_gets_the_next_number_and_id(
    source: Engine, target: Engine
) -> None:
    file_issues(source, MANY)
    heard: list[int] = []
    copied = copy_database(source, target, SCHEMA.metadata, lambda doing, rows: heard.append(rows))

    assert sum(table.rows for table in copied.values()) == row_count(source, SCHEMA.metadata) > 3 * MANY
    assert sum(heard) == 2 * row_count(source, SCHEMA.metadata)
    for table in (SCHEMA.of(Issue), tables.activities, tables.outbox, tables.numbers, SCHEMA.of(TeamChannel)):
        assert rows(source, table) == rows(target, table) != []

    with Database(target, FixedClock(NOW), SCHEMA).writing(TEAM) as work:
        clerk = work.of(Member).add(Member(user_id="U2"), by="U2", at=NOW)
        issue = file_issue(work, clerk, IssueForm(title="the first one here"), Source(channel="C1"), now=NOW)
    assert (issue.number, issue.id) == (MANY + FEW + 1, MANY + FEW + 1)
    for table in SCHEMA.metadata.sorted_tables:
        if "id" in table.c:
            assert [row[0] for row in rows(target, table)] == list(range(1, len(rows(target, table)) + 1))


def test_a_change_of_one_value_changes_the_checksum(source: Engine) -> None:
    with source.begin() as connection:
        before = fingerprint(connection, SCHEMA.of(Issue))
        connection.execute(text("UPDATE issues SET people = '0.1' WHERE id = 7"))
        after = fingerprint(connection, SCHEMA.of(Issue))
    assert before.rows == after.rows == FEW and before.checksum != after.checksum


def test_what_differs_after_copying_is_refused_and_leaves_nothing(source: Engine, target: Engine) -> None:
    upgrade(target, SCHEMA.metadata)
    with target.begin() as connection:  # a database that changes what it is given
        connection.exec_driver_sql(
            "CREATE FUNCTION shout() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN IF NEW.number = 7 THEN NEW.title = upper(NEW.title || 'x'); END IF; RETURN NEW; END $$"
        )
        connection.exec_driver_sql("CREATE TRIGGER t BEFORE INSERT ON issues FOR EACH ROW EXECUTE FUNCTION shout()")
    with pytest.raises(CopyRefused, match=r"table issues differs after copying \(7 and 7 rows"):
        copy_database(source, target, SCHEMA.metadata, quiet)
    assert filled_tables(target) == []


def test_a_target_with_rows_is_refused_and_left_as_it_is(source: Engine, target: Engine) -> None:
    upgrade(target, SCHEMA.metadata)
    with Database(target, FixedClock(NOW), SCHEMA).writing("T2") as work:
        work.next_number("I")
    with pytest.raises(CopyRefused, match=r"has rows already \(in numbers\)"):
        copy_database(source, target, SCHEMA.metadata, quiet)
    assert rows(target, tables.numbers) == [("T2", "I", 1)]


def test_a_text_that_postgresql_cannot_hold_is_named_by_its_table(source: Engine, target: Engine) -> None:
    with source.begin() as connection:
        connection.execute(text("UPDATE issues SET title = 'a' || char(0) WHERE id = 7"))
    with pytest.raises(CopyRefused, match=r"table issues cannot be copied \(.*NUL.*\); nothing was copied"):
        copy_database(source, target, SCHEMA.metadata, quiet)
    assert filled_tables(target) == []


def test_a_source_of_another_version_is_refused(source: Engine) -> None:
    with source.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    with pytest.raises(CopyRefused, match="gemba db upgrade"):
        row_count(source, SCHEMA.metadata)


def test_the_command_says_what_it_did(upgraded_file: Path, tmp_path: Path, postgres_url: str) -> None:
    said = move_database(f"sqlite:///{copy(upgraded_file, tmp_path / 'gemba.db')}", postgres_url)
    assert said.startswith(
        f"Copied 0 rows in {len(SCHEMA.metadata.sorted_tables)} tables; counts and checksums are the same"
    )


def test_the_command_refuses_while_a_bot_runs_on_the_source(
    upgraded_file: Path, tmp_path: Path, postgres_url: str
) -> None:
    url = f"sqlite:///{copy(upgraded_file, tmp_path / 'gemba.db')}"
    with sole_process(url), pytest.raises(Refusal, match=r"a bot runs on .*gemba\.db; stop it first"):
        move_database(url, postgres_url)


@pytest.mark.parametrize(
    "source, target, said",
    [
        ("sqlite:///nowhere/gemba.db", "postgresql://x@/y", "there is no database at nowhere/gemba.db"),
        ("data/gemba.db", "postgresql://x@/y", "this is no URL"),
        ("postgresql://x@/y", "postgresql://x@/z", "the source must be a SQLite database"),
        (__file__, "sqlite:///b.db", "this is no URL"),
        (f"sqlite:///{__file__}", "sqlite:///b.db", "the target must be a PostgreSQL database"),
    ],
)
def test_what_cannot_be_a_source_or_target_is_named(source: str, target: str, said: str) -> None:
    with pytest.raises(Refusal, match=said):
        move_database(source, target)
