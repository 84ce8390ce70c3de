"""What most tests need: a sandbox with the example team, the bot connected to it over a real WebSocket, databases."""

import gc
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from shutil import copy
from tempfile import mkdtemp
from typing import Any

import pytest
from hypothesis import settings

from bot.database import SCHEMA
from bot.example.load import WORKSPACE
from bot.manifest import manifest
from bot.scheduling.clock import FixedClock
from sandbox.server import Sandbox
from storage.engine import open_engine
from storage.unit_of_work import Database
from storage.upgrade import upgrade
from tests.business_day import NOW, headline
from tests.office import Office
from tests.postgres import PostgresServer

MONDAY = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
"""Stands still whatever the day of the run: for rules and rows whose dates stand in the test."""
ENGINES = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Who asks for the server is marked by it."""
    for item in items:
        if "postgres" in getattr(item, "fixturenames", ()):
            item.add_marker("postgres")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[Any]:
    """What is loaded here stays: the garbage collector need not look through it, then or ever again."""
    gc.disable()
    collected = yield
    gc.enable()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)  # looking for what they left took the heaviest tests a sixth of their time
    return collected


def pytest_xdist_auto_num_workers() -> int:
    """One worker more than cores: many tests wait for processes and clocks."""
    return (os.cpu_count() or 1) + 1


settings.register_profile("gemba", deadline=None)  # a busy machine is no failure
settings.load_profile("gemba")


def pytest_sessionstart(session: pytest.Session) -> None:
    """Say which day it is; workers of xdist have no terminal."""
    terminal = session.config.pluginmanager.get_plugin("terminalreporter")
    if terminal is not None:
        terminal.write_line(headline())


@pytest.fixture(scope="session")
def workspace_server() -> Iterator[Sandbox]:
    """One sandbox for the whole run; each office resets it."""
    sandbox = Sandbox(workspace=WORKSPACE, manifest=manifest())
    sandbox.start()
    yield sandbox
    sandbox.stop()


@pytest.fixture
def opens_at(request: pytest.FixtureRequest) -> datetime:
    """When an office opens: 08:30 UTC on the day of the run, or as the mark `opens_at` says."""
    mark = request.node.get_closest_marker("opens_at")
    return mark.args[0] if mark else NOW


@pytest.fixture
def office(workspace_server: Sandbox, upgraded_file: Path, tmp_path: Path, opens_at: datetime) -> Iterator[Office]:
    """An empty office: the example team, the bot, no records, a clock that stands still."""
    file = copy(upgraded_file, tmp_path / "gemba.db")
    with Office.open(workspace_server, f"sqlite:///{file}", opens_at) as opened:
        yield opened


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """One real PostgreSQL for the whole run (of each xdist worker), started by the first test that needs it."""
    with PostgresServer.installed(Path(mkdtemp(prefix="gemba-pg-", dir="/tmp"))) as server:
        yield server


@pytest.fixture
def postgres_url(postgres: PostgresServer) -> Iterator[str]:
    """An empty PostgreSQL database."""
    with postgres.database() as url:
        yield url


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind, in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'gemba.db'}"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture(params=ENGINES)
def upgraded_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Today's tables without a row, in a database of each kind, in turn."""
    return _upgraded(request, tmp_path)


@pytest.fixture(params=ENGINES)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """The same, opened; the business clock stands at MONDAY."""
    engine = open_engine(_upgraded(request, tmp_path))
    yield Database(engine, FixedClock(MONDAY), SCHEMA)
    engine.dispose()


def _upgraded(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{copy(request.getfixturevalue('upgraded_file'), tmp_path / 'gemba.db')}"
    url = str(request.getfixturevalue("upgraded_postgres"))
    engine = open_engine(url)
    with engine.begin() as connection:  # 2 ms; a new copy would take 300
        connection.exec_driver_sql(";".join(f"DELETE FROM {name}" for name in SCHEMA.metadata.tables))
    engine.dispose()
    return url


@pytest.fixture(scope="session")
def upgraded_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("upgraded") / "gemba.db"
    _bring_up(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def upgraded_postgres(postgres: PostgresServer) -> Iterator[str]:
    with postgres.database() as url:
        _bring_up(url)
        yield url


def _bring_up(url: str) -> None:
    engine = open_engine(url)
    upgrade(engine, SCHEMA.metadata)
    engine.dispose()
