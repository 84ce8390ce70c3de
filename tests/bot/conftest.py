"""Fixtures of the running bot."""

import socket
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from bot.program import build
from bot.scheduling.clock import FixedClock
from sandbox.server import Sandbox
from tests.site import Site, running, settings_for


@pytest.fixture
def site(workspace_server: Sandbox, upgraded_file: Path, tmp_path: Path, opens_at: datetime) -> Iterator[Site]:
    (file := tmp_path / "gemba.db").write_bytes(upgraded_file.read_bytes())
    program = build(settings_for(workspace_server, file), clock := FixedClock(opens_at))
    with running(workspace_server, program, clock) as opened:
        yield opened


@pytest.fixture
def free_port() -> int:
    """One that nobody listens on at this moment."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])
