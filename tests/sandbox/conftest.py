"""A sandbox with a real Bolt app in it, over real HTTP and a real WebSocket."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from sandbox.person import Person
from sandbox.server import Sandbox

TEAM = {
    "people": [{"id": "U0LEAD", "name": "lead", "is_admin": True}, {"id": "U0MATE", "name": "mate", "locale": "zh-CN"}],
    "channels": [
        {"id": "C0TEAM", "name": "team", "members": ["U0LEAD", "U0MATE"], "bot": True},
        {"id": "C0ALONE", "name": "alone", "members": ["U0LEAD"]},
        {"id": "C0HIDDEN", "name": "hidden", "is_private": True, "members": ["U0LEAD"]},
    ],
}


@contextmanager
def connected(sandbox: Sandbox) -> Iterator[App]:
    """A Bolt app connected to a sandbox."""
    app = App(client=WebClient(token="xoxb-sandbox", base_url=sandbox.api_url))
    handler = SocketModeHandler(app, "xapp-sandbox")
    handler.connect()
    for quiet in ("message", "reaction_added", "file_shared"):
        app.event(quiet)(lambda: None)
    yield app
    handler.client.auto_reconnect_enabled = False
    sandbox.stop()  # first, for the client waits up to three seconds for a socket that is still open
    handler.client.disconnect()


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(workspace=TEAM) as running:
        yield running


@pytest.fixture(scope="session")
def app(sandbox: Sandbox) -> Iterator[App]:
    """One app for all tests: each registers commands of its own."""
    with connected(sandbox) as connected_app:
        yield connected_app


@pytest.fixture
def web(sandbox: Sandbox) -> WebClient:
    return WebClient(token="xoxb-sandbox", base_url=sandbox.api_url)


@pytest.fixture
def lead(sandbox: Sandbox) -> Person:
    return Person(sandbox.url, "U0LEAD")


@pytest.fixture
def mate(sandbox: Sandbox) -> Person:
    return Person(sandbox.url, "U0MATE")


@pytest.fixture
def state_file(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "slack.json"
