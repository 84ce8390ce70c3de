"""`gemba up` without tokens: a Slack on this machine as a process of its own, example data, and the bot in it."""

import json
import signal
import subprocess
import sys
from pathlib import Path

from pydantic import SecretStr

from bot.cli import Refusal
from bot.example.load import WORKSPACE, load_example
from bot.logs import log
from bot.manifest import manifest
from bot.program import SocketBot, build
from bot.settings import Settings

STATE = Path("data")
READY = "sandbox ready at "
PORT = 8091


def run_in_sandbox(settings: Settings) -> None:
    """Start the sandbox, then the bot against it; both end together."""
    STATE.mkdir(exist_ok=True)
    (STATE / "manifest.json").write_text(json.dumps(manifest(settings.gemba_prefix)), "utf-8")
    sandbox = _start_sandbox()
    try:
        address = _wait_until_ready(sandbox)
        bot = SocketBot(program := build(connected_to(settings, address)))
        load_example(program, program.register_workspace())
        bot.start()
        print(f"\n  Gemba is running in its sandbox. Open  {address}\n\n  Ctrl-C stops both.\n", flush=True)  # noqa: T201
        bot.run_until_signal()
        bot.stop()
    finally:
        sandbox.send_signal(signal.SIGTERM)
        sandbox.wait(5)


def load_into_sandbox(settings: Settings) -> bool:
    """Load the example through a running sandbox. Raises Refusal when none runs."""
    program = build(connected_to(settings, f"http://127.0.0.1:{PORT}"))
    try:
        return load_example(program, program.register_workspace())
    except OSError as error:
        raise Refusal("the sandbox does not run; `make run` starts it and loads the example by itself") from error


def connected_to(settings: Settings, address: str) -> Settings:
    """Settings for a bot that talks to the sandbox."""
    return settings.model_copy(
        update={
            "slack_bot_token": SecretStr("xoxb-sandbox"),
            "slack_app_token": SecretStr("xapp-sandbox"),
            "slack_api_url": f"{address}/api/",
        }
    )


def _start_sandbox() -> subprocess.Popen[str]:
    """Ctrl-C goes to the bot alone, which then ends the sandbox."""
    arguments = ["--manifest", str(STATE / "manifest.json"), "--workspace", str(WORKSPACE),
                 "--state", str(STATE / "sandbox-workspace.json"), "--port", str(PORT)]  # fmt: skip
    return subprocess.Popen(
        [sys.executable, "-m", "sandbox", *arguments], stdout=subprocess.PIPE, text=True, start_new_session=True
    )


def _wait_until_ready(sandbox: subprocess.Popen[str]) -> str:
    assert sandbox.stdout is not None
    for line in sandbox.stdout:
        if line.startswith(READY):
            return line.removeprefix(READY).strip()
        log.info("sandbox", line=line.strip())
    raise Refusal(f"the sandbox did not start; is port {PORT} taken? `python -m sandbox --port 0` says more")
