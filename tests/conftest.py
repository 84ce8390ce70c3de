"""What most tests need: a sandbox with the example team, and the bot connected to it over a real WebSocket."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.manifest import manifest
from bot.sandboxed import WORKSPACE
from sandbox.server import Sandbox
from tests.office import Office

MONDAY = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)


@pytest.fixture(scope="session")
def workspace_server() -> Iterator[Sandbox]:
    """One sandbox for the whole run; each office resets it."""
    sandbox = Sandbox(workspace=WORKSPACE, manifest=manifest())
    sandbox.start()
    yield sandbox
    sandbox.stop()


@pytest.fixture
def office(workspace_server: Sandbox, tmp_path: Path) -> Iterator[Office]:
    """An empty office on Monday, 23 November 2026, 08:30 UTC: the example team, the bot, no records."""
    with Office.open(workspace_server, f"sqlite:///{tmp_path / 'gemba.db'}", MONDAY) as opened:
        yield opened
