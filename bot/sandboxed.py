"""`gemba demo`: a Slack on this machine as a process of its own, example data, and the bot in it."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import typer
from pydantic import SecretStr

from bot.database import check_sandbox
from bot.example.load import STORY, WORKSPACE, load_example
from bot.logs import log
from bot.manifest import manifest
from bot.program import build
from bot.refusal import Refusal
from bot.running.over_socket import SocketBot
from bot.scheduling.ticker import Ticker
from bot.settings import Mode, Settings
from bot.time_travel.hook import Hook
from bot.time_travel.journey import Journey, TravelClock
from storage.outbox.rates import NONE

STATE = Path("data")
MANIFEST, SLACK, ADDRESS = STATE / "manifest.json", STATE / "sandbox-workspace.json", STATE / "sandbox-address"
READY = "sandbox ready at "
PORT = 8091  # so that a bookmark stays good; another one where something else has it


def run_in_sandbox(settings: Settings) -> None:
    """Start the sandbox, then the bot against it; both end together."""
    check_sandbox(settings)
    STATE.mkdir(exist_ok=True)
    MANIFEST.write_text(json.dumps(manifest(settings.gemba_prefix)), "utf-8")
    with _sandbox() as address:
        ADDRESS.write_text(address, "utf-8")  # for the other commands
        clock = TravelClock(_ahead(address))
        program = build(connected_to(settings, address), clock, limits=NONE)  # the sandbox takes all at once
        journey = Journey(program, clock)
        bot, hook = SocketBot(program, Ticker(journey.tick)), Hook(journey)
        load_example(program, program.register_workspace())
        bot.start()
        _ask(address, "hook", {"url": hook.start()})
        announcement = f"\n  Gemba is running in its sandbox. Open  {address}\n\n  Ctrl-C stops both.\n"
        bot.run_until_signal(lambda: typer.echo(announcement))
        hook.stop()


def load_into_sandbox(settings: Settings) -> bool:
    """Load the example through a running sandbox. Raises Refusal when none runs, or when this is no sandbox's data."""
    if settings.mode is not Mode.SANDBOX:
        raise Refusal("the examples are for the sandbox; unset the tokens, or set GEMBA_MODE=sandbox")
    check_sandbox(settings)
    program = build(connected_to(settings, running_sandbox()))
    try:
        return load_example(program, program.register_workspace())
    except OSError as error:
        raise Refusal("the sandbox does not run; `gemba demo` starts it and loads the example by itself") from error


def running_sandbox() -> str:
    """Where the sandbox was started last. Nobody answers there when it does not run."""
    return ADDRESS.read_text("utf-8") if ADDRESS.exists() else f"http://127.0.0.1:{PORT}"


def connected_to(settings: Settings, address: str) -> Settings:
    """Settings for a bot that talks to the sandbox."""
    return settings.model_copy(
        update={
            "slack_bot_token": SecretStr("xoxb-sandbox"),
            "slack_app_token": SecretStr("xapp-sandbox"),
            "slack_api_url": f"{address}/api/",
            "gemba_mode": Mode.SANDBOX,
        }
    )


@contextmanager
def _sandbox() -> Iterator[str]:
    """A running sandbox's address. It is deaf to Ctrl-C, which is for the bot, and ends with its standard input:
    at the end of this block, and also when this process is killed.
    """
    files = ["--manifest", str(MANIFEST), "--workspace", str(WORKSPACE), "--state", str(SLACK), "--story", str(STORY)]
    command = [
        sys.executable,
        "-m",
        "sandbox",
        *files,
        "--port",
        str(PORT),
        "--or-any-port",
        "--rates",
        "off",
        "--with-parent",
    ]
    sandbox = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        yield _address_of(sandbox)
    finally:
        try:
            sandbox.communicate(timeout=4)
        except subprocess.TimeoutExpired:
            sandbox.kill()


def _ahead(address: str) -> timedelta:
    """How far people had moved the sandbox's time before it was started again."""
    there = datetime.fromtimestamp(_ask(address, "clock")["now"], UTC)
    return there - datetime.now(UTC)


def _ask(address: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    """Use the sandbox's control API."""
    data = json.dumps(body).encode() if body is not None else None
    request = Request(f"{address}/sandbox/api/{path}", data, {"Content-Type": "application/json"})
    with urlopen(request, timeout=10) as answer:
        return dict(json.load(answer))


def _address_of(sandbox: subprocess.Popen[str]) -> str:
    """Wait until it says that it is ready. Raises Refusal when it ends instead."""
    assert sandbox.stdout is not None
    for line in sandbox.stdout:
        if line.startswith(READY):
            return line.removeprefix(READY).strip()
        log.info("sandbox", line=line.strip())
    raise Refusal("the sandbox did not start; what it said stands above")
