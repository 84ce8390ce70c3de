"""Upgrading as an operator meets it: backed up by itself, healthy only where it starts, one version everywhere."""

import sqlite3
import tomllib
from contextlib import closing
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.database import SCHEMA, open_as_it_is, open_database
from bot.observability.doctor import Finding, examine
from bot.refusal import Refusal
from bot.settings import Settings
from bot.version import VERSION
from sandbox.server import Sandbox
from storage.backup import BackupRefused, restore
from storage.copying import CopyRefused, row_count
from storage.engine import open_engine, without_credentials
from storage.upgrade import newest_revision, unfit
from tests.bot.test_cli import Shell
from tests.conftest import MONDAY
from tests.office import Office
from tests.site import Site, figure

ROOT = Path(__file__).parents[2]
FORM = ROOT / "tests" / "storage" / "first_forms" / "5.sql"
MUST = "ALTER TABLE issues ADD COLUMN strange TEXT NOT NULL DEFAULT 'x'"
FORGET = "UPDATE sqlite_master SET sql = replace(sql, ' DEFAULT ''x''', '') WHERE name = 'issues'"


@pytest.fixture
def earlier(tmp_path: Path) -> Path:
    """A database that an earlier form of the first migration made."""
    file = tmp_path / "gemba.db"
    _make(file, FORM.read_text("utf-8"))
    return file


@pytest.fixture
def hopeless(earlier: Path) -> Path:
    """One that cannot be brought up: another program has given its issues what they must name."""
    _make(earlier, f"{MUST}; PRAGMA writable_schema = ON; {FORGET};")
    return earlier


def _make(file: Path, script: str) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.executescript(script)


def _dump(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as connection:
        return list(connection.iterdump())


def _settings(file: Path) -> Settings:
    return Settings(_env_file=None, gemba_mode="sandbox", database_url=f"sqlite:///{file}")


def _database_found(file: Path) -> Finding:
    return next(finding for finding in examine(_settings(file)) if finding.what == "Database")


def _copies(file: Path) -> list[Path]:
    return sorted(file.parent.glob("*.before-upgrade-*"))


def test_the_doctor_and_who_only_looks_name_the_schema_that_an_earlier_form_has_and_the_way(earlier: Path) -> None:
    found = _database_found(earlier)
    assert "revision 0001 of 0002" in found.found and "gemba db upgrade" in found.remedy
    with pytest.raises(Refusal, match=r"is at revision 0001, not 0002.*gemba db upgrade"):
        open_as_it_is(_settings(earlier))
    with pytest.raises(CopyRefused, match=r"is at revision 0001, not 0002.*gemba db upgrade"):
        row_count(open_engine(f"sqlite:///{earlier}"), SCHEMA.metadata)


def test_an_upgrade_that_changes_something_keeps_a_copy_and_another_keeps_none(earlier: Path) -> None:
    before = _dump(earlier)
    open_database(_settings(earlier)).engine.dispose()
    (kept,) = _copies(earlier)
    assert _dump(kept) == before and _database_found(earlier).remedy == ""
    kept.unlink()
    open_database(_settings(earlier)).engine.dispose()
    assert _copies(earlier) == []


def test_a_new_database_needs_no_copy(tmp_path: Path) -> None:
    open_database(_settings(tmp_path / "new.db")).engine.dispose()
    assert _copies(tmp_path / "new.db") == []


def test_one_that_fails_leaves_the_database_and_says_where_the_copy_is(hopeless: Path) -> None:
    before = _dump(hopeless)
    for _ in range(2):  # its keeper starts it again
        with pytest.raises(
            Refusal, match=r"has issues\.strange too much; it was left as it was, and a copy of it is in "
        ):
            open_database(_settings(hopeless))
    (kept,) = _copies(hopeless)
    assert _dump(hopeless) == before == _dump(kept)
    assert "revision 0001 of 0002" in _database_found(hopeless).found


def test_a_backup_that_would_not_start_is_not_restored(hopeless: Path, tmp_path: Path) -> None:
    with pytest.raises(BackupRefused, match=r"has issues\.strange too much; install the Gemba that made it"):
        restore(hopeless, tmp_path / "other.db", SCHEMA.metadata)
    assert not (tmp_path / "other.db").exists()


def test_the_command_upgrades_an_earlier_form_or_says_in_a_line_why_not(earlier: Path) -> None:
    shell = Shell(earlier.parent)
    shell.environment |= {"DATABASE_URL": f"sqlite:///{earlier}"}
    assert "is at revision" in shell.does("db upgrade")
    assert unfit(open_engine(f"sqlite:///{earlier}"), SCHEMA.metadata) == ""
    _make(earlier, "DROP TABLE kpi_shifts")  # as another program might
    _make(earlier, f"{MUST}; PRAGMA writable_schema = ON; {FORGET};")
    assert "a copy of it is in" in shell.refuses("db upgrade")


def test_a_bot_whose_database_would_not_start_is_not_ready(site: Site) -> None:
    with site.office.program.database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE schedules DROP COLUMN held_until")
    assert "the database lacks schedules.held_until" in site.ready()[1]


def test_the_version_is_that_of_the_project_wherever_it_is_asked(site: Site, tmp_path: Path) -> None:
    said = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert said == VERSION and Shell(tmp_path).does("--version") == f"gemba {said}\n"
    assert figure(site.get("/metrics")[1], f'gemba_build_info{{version="{said}"}}') == 1
    assert Finding("Version", said) in list(examine(_settings(tmp_path / "none.db")))


def test_the_start_says_what_starts_where(workspace_server: Sandbox, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'gemba.db'}"
    with capture_logs() as said, Office.open(workspace_server, url, MONDAY):
        pass
    (line,) = [line for line in said if line["event"] == "starting"]
    assert (line["version"], line["workspace"], line["database"]) == (VERSION, "T0SANDBOX", url)
    assert line["revision"] == newest_revision()


def test_a_database_is_named_without_what_opens_it() -> None:
    url = open_engine("postgresql+psycopg://me:secret@db.example.org/gemba?password=secret").url
    assert without_credentials(url) == "postgresql+psycopg://me@db.example.org/gemba"
