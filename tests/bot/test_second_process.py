"""One bot a SQLite file: a second one refuses in a line, other commands work, and a killed one leaves no lock."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copy

import pytest

from sandbox.person import Person
from sandbox.server import Sandbox
from tests.bot.test_up import line, socket_mode, up

COMMAND = [sys.executable, "-c", "from bot.cli import main; main()"]
Environment = dict[str, str]


@pytest.fixture
def environment(workspace_server: Sandbox, upgraded_file: Path, tmp_path: Path) -> Environment:
    """A bot's settings: the sandbox as its Slack, and a database of its own."""
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(Path.cwd()),
        "SLACK_API_URL": workspace_server.api_url,
        "SLACK_BOT_TOKEN": "xoxb-sandbox",
        "SLACK_APP_TOKEN": "xapp-sandbox",
        "DATABASE_URL": f"sqlite:///{copy(upgraded_file, tmp_path / 'gemba.db')}",
    }


@contextmanager
def running(environment: Environment, folder: Path) -> Iterator[subprocess.Popen[str]]:
    bot = subprocess.Popen(
        [*COMMAND, "up"], env=environment, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        assert bot.stdout is not None and bot.stdout.readline().startswith("Gemba is connected")
        yield bot
    finally:
        bot.kill()
        bot.wait()


def test_the_second_bot_on_a_file_refuses_and_all_else_goes_on(environment: Environment, tmp_path: Path) -> None:
    def gemba(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*COMMAND, *arguments], env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=120
        )

    with running(environment, tmp_path) as first:
        second = gemba("up")
        assert second.returncode == 1 and second.stdout == ""
        assert second.stderr.splitlines() == [
            f"gemba: another Gemba runs on {tmp_path / 'gemba.db'}; stop it first, or set another DATABASE_URL"
        ]
        backup = gemba("db", "backup", "b.db")
        assert backup.returncode == 0 and backup.stdout.startswith("Backed up to b.db"), backup.stderr
        first.kill()  # kill -9
        first.wait()
    restored = gemba("db", "restore", "b.db")
    assert restored.returncode == 0 and "gemba.db.before-restore" in restored.stdout, restored.stderr


def test_on_postgresql_two_may_start_at_once_and_when_one_is_killed_the_other_goes_on(
    workspace_server: Sandbox, postgres_url: str, tmp_path: Path
) -> None:
    clerk = Person(workspace_server.url, "U0CLERK")
    clerk._call("POST", "/reset", b"{}")
    settings = {**socket_mode(workspace_server.api_url, 0), "DATABASE_URL": postgres_url}
    with up(tmp_path, **settings) as one, up(tmp_path, **settings) as two:
        assert all(line(bot).startswith("Gemba is connected") for bot in (one, two))
        clerk.wait_for(lambda: len(workspace_server.platform.sockets._links) == 4)
        one.kill()
        clerk.wait_for(lambda: len(workspace_server.platform.sockets._links) == 2)
        clerk.command("/issue The scale is broken", "C0SALES")
        assert clerk.submit(clerk.modal()).ok
        cards = clerk.wait_for(lambda: [said for said in clerk.messages("C0SALES") if "I-1" in said["text"]])
        assert len([card for card in cards if not card.get("is_ephemeral")]) == 1
