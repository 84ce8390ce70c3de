"""Databases made by the earlier forms of the first migration: recognised by their shape, and brought up, or refused."""

import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, text

from bot.database import SCHEMA
from bot.scheduling.clock import FixedClock
from domain.cards.messages import Card
from domain.core import Ref
from domain.issues.record import Issue
from domain.kpis.record import KpiReading
from domain.schedules.record import Schedule
from storage.engine import open_engine
from storage.first_schema import first_schema
from storage.shape import differences
from storage.unit_of_work import Database
from storage.upgrade import MIGRATIONS, SchemaRefused, unfit, upgrade
from tests.conftest import MONDAY

FORMS = sorted((Path(__file__).parent / "first_forms").glob("*.sql"))
ROWS = """
INSERT INTO workspaces (team_id, name) VALUES ('T1', 'Works');
INSERT INTO issues (team_id, number, title, filed_at, reporter)
VALUES ('T1', 1, 'Broken scale', '2026-11-20 08:00:00', 'U1');
INSERT INTO kpis (team_id, name, target) VALUES ('T1', 'Cycle', '≤3 days');
INSERT INTO kpi_readings (team_id, kpi_id, period, value) VALUES ('T1', 1, '2026-11-20', '2.5');
INSERT INTO outbox
(team_id, key, action, kind, about, target, lane, urgency, may_repeat, as_of, state, not_before, created_at)
VALUES ('T1', 'issue:1:card', 'post', 'IssueCard', '{"issue_id": 1}', 'C1', 'C1', 0, 1,
        '2026-11-20 08:00:00', 'ready', '2026-11-20 08:00:00', '2026-11-20 08:00:00');
"""
HASHES = {
    "0001_the_first_tables.py": "7c5d7e9edd1bdd4edb85832884395ae5d49e570e6d9a8d98450f32c27681c693",
    "0002_risk_numbers_waiting_suggestions.py": "7932ab699144bc509655ecec78f92632c9e368f8a6eb0746ef9a983a27851882",
}
"""Of each migration, as it stood when it was released; a new one is added below."""
ADDED = {"risks": {"number"}}
"""What the second and later ones added to the tables of the first."""
TABLES_ADDED = {"waiting_suggestions"}


@pytest.fixture(params=FORMS, ids=lambda form: form.stem)
def earlier(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A database of an earlier form, with some rows in it."""
    file = tmp_path / "gemba.db"
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.executescript(request.param.read_text("utf-8") + ROWS)
    return file


def test_migrations_that_were_released_are_not_changed() -> None:
    files = sorted((MIGRATIONS / "versions").glob("*.py"))
    assert {file.name: sha256(file.read_bytes()).hexdigest() for file in files} == HASHES


def test_the_steps_of_the_first_migration_make_what_they_made() -> None:
    """Today's tables, but for what later ones added."""
    made = first_schema("sqlite", str(MIGRATIONS)).tables
    wanted = {name: {*table.c.keys()} for name, table in SCHEMA.metadata.tables.items()}
    added = {name: columns - {*made[name].c.keys()} for name, columns in wanted.items() if name in made}
    assert {name: columns for name, columns in added.items() if columns} == ADDED
    assert {*made} == {*wanted} - TABLES_ADDED


def test_an_earlier_form_is_recognised_and_brought_up_with_its_rows(earlier: Path) -> None:
    engine = open_engine(f"sqlite:///{earlier}")
    assert unfit(engine, SCHEMA.metadata) and _lacking(engine).startswith("lacks ")
    upgrade(engine, SCHEMA.metadata)
    assert unfit(engine, SCHEMA.metadata) == "" and _differences(engine) == []
    _works(engine)
    engine.dispose()


def test_what_today_writes_fits_into_it(earlier: Path) -> None:
    """Two segments of a KPI have a value for the same day, which an earlier form forbade."""
    engine = open_engine(f"sqlite:///{earlier}")
    upgrade(engine, SCHEMA.metadata)
    with engine.begin() as connection:
        again = (
            "INSERT INTO kpi_readings (team_id, kpi_id, segment, period, value) VALUES ('T1', 1, :segment, :day, '3')"
        )
        connection.execute(text(again), {"segment": "East", "day": "2026-11-20"})
        tokens = connection.execute(text("SELECT token FROM outbox")).scalars().all()
    assert all(len(token) == 32 for token in tokens)
    engine.dispose()


def test_on_postgresql_what_is_lacking_is_added_too(postgres_url: str) -> None:
    engine = open_engine(postgres_url)
    upgrade(engine, SCHEMA.metadata)
    with engine.begin() as connection:
        for statement in (
            "UPDATE alembic_version SET version_num = '0001'",
            "ALTER TABLE risks DROP COLUMN number",  # of the second migration
            "DROP TABLE waiting_suggestions",
            "ALTER TABLE schedules DROP COLUMN held_until",
            "ALTER TABLE outbox DROP COLUMN token",
            "DROP TABLE kpi_shifts",
            "DROP INDEX uq_kpi_alerts_open",
            "ALTER TABLE kpi_readings DROP COLUMN segment",  # and the key that it is part of
            "ALTER TABLE kpi_readings ADD CONSTRAINT old UNIQUE (team_id, kpi_id, period)",
        ):
            connection.execute(text(statement))
        for statement in filter(str.strip, ROWS.split(";\n")):
            connection.execute(text(statement))
    assert unfit(engine, SCHEMA.metadata) and "kpi_shifts" in _lacking(engine)
    upgrade(engine, SCHEMA.metadata)
    assert unfit(engine, SCHEMA.metadata) == ""
    _works(engine)
    engine.dispose()


def test_what_cannot_be_brought_up_is_refused_and_left_as_it_was(earlier: Path) -> None:
    with closing(sqlite3.connect(earlier)) as connection, connection:
        connection.execute("ALTER TABLE issues ADD COLUMN of_another_program TEXT NOT NULL DEFAULT 'x'")
        connection.execute("PRAGMA writable_schema = ON")
        changed = "UPDATE sqlite_master SET sql = replace(sql, ' DEFAULT ''x''', '') WHERE name = 'issues'"
        connection.execute(changed)
    before = _dump(earlier)
    engine = open_engine(f"sqlite:///{earlier}")
    with pytest.raises(SchemaRefused, match=r"has issues\.of_another_program too much"):
        upgrade(engine, SCHEMA.metadata)
    engine.dispose()
    assert _dump(earlier) == before


def _works(engine: Engine) -> None:
    """Records are read and changed, and something is said."""
    with Database(engine, FixedClock(MONDAY), SCHEMA).writing("T1") as work:
        issue = work.of(Issue).one(number=1)
        assert issue is not None and issue.title == "Broken scale"
        work.of(Issue).change(issue, by="U1", at=MONDAY, owner="U1")
        assert work.of(KpiReading).count() == 1 and work.of(Schedule).find() == []
        assert work.outbox.say(Card(Ref("issue", issue.id)), to="C1", once="issue:1:again")


def _lacking(engine: Engine) -> str:
    """What it has not of the first migration's last form."""
    with engine.connect() as connection:
        return differences(connection, first_schema(connection.dialect.name, str(MIGRATIONS))).described


def _differences(engine: Engine) -> list[object]:
    """As Alembic sees it; what an earlier form had besides may stay."""
    with engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), SCHEMA.metadata)
    kept = ("remove_column", "remove_index", "remove_table")
    return [change for change in found if isinstance(change, list) or change[0] not in kept]


def _dump(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as connection:
        return list(connection.iterdump())
