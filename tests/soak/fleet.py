"""Bots as processes of their own, which are killed and started anew."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from sandbox.server import Sandbox

ROOT = Path(__file__).parents[2]
GEMBA = [str(Path(sys.executable).with_name("gemba")), "up"]
IN_A_HURRY = [sys.executable, "-m", "tests.soak.replica"]
STOP_SECONDS = 10.0
REST = 0.5
"""Seconds until one that ended by itself is started again, as a service manager does."""


@dataclass
class Replica:
    """One place in the fleet, and the process that fills it."""

    number: int
    process: subprocess.Popen[bytes]
    wanted_down: bool = False
    down_since: float | None = None


@dataclass
class Fleet:
    """So many bots against one sandbox and one database. Their logs stand in `folder`."""

    sandbox: Sandbox
    database: str
    folder: Path
    size: int
    command: list[str]
    replicas: list[Replica] = field(default_factory=list)
    kills: int = 0
    ends: int = 0
    fell: list[str] = field(default_factory=list)
    """What those said last that ended although nobody had told them to."""

    def start(self) -> None:
        self.replicas = [Replica(number, self._launch(number)) for number in range(self.size)]

    def kill(self, number: int) -> None:
        """SIGKILL: no farewell."""
        self._down(number, self.replicas[number].process.kill)
        self.kills += 1

    def end(self, number: int) -> None:
        """SIGTERM, as a service manager does for an update."""
        self._down(number, self.replicas[number].process.terminate)
        self.ends += 1

    def keep_up(self) -> None:
        """Start those again that are gone; call it often."""
        for replica in self.replicas:
            if replica.process.poll() is None:
                continue
            if replica.down_since is None:
                replica.down_since = monotonic()
                if not replica.wanted_down:
                    self.fell.append(f"replica {replica.number}: {self._last_words(replica.number)}")
            if replica.wanted_down or monotonic() - replica.down_since > REST:
                replica.process = self._launch(replica.number)
                replica.wanted_down, replica.down_since = False, None

    def stop(self) -> list[str]:
        """SIGTERM to all. Returns what is wrong with how they ended."""
        for replica in self.replicas:
            replica.process.terminate()
        wrong, deadline = [], monotonic() + STOP_SECONDS
        for replica in self.replicas:
            try:
                status = replica.process.wait(max(0.1, deadline - monotonic()))
            except subprocess.TimeoutExpired:
                wrong.append(f"replica {replica.number} did not end within {STOP_SECONDS:.0f} s")
            else:
                if status:
                    wrong.append(f"replica {replica.number} ended with {status}: {self._last_words(replica.number)}")
        return wrong

    def destroy(self) -> None:
        """Leave no process behind."""
        for replica in self.replicas:
            replica.process.kill()
            replica.process.wait()

    def _down(self, number: int, signal: Callable[[], None]) -> None:
        replica = self.replicas[number]
        if replica.process.poll() is None:
            replica.wanted_down = True
            signal()

    def _launch(self, number: int) -> subprocess.Popen[bytes]:
        """Its settings are those of a person's `.env`, and no others."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "GEMBA_"))}
        tokens = {"SLACK_BOT_TOKEN": "xoxb-sandbox", "SLACK_APP_TOKEN": "xapp-sandbox"}
        place = {"SLACK_API_URL": self.sandbox.api_url, "DATABASE_URL": self.database, "GEMBA_HTTP_PORT": "0"}
        place |= {"GEMBA_ANONYMOUS_WAIT": "0"}  # the soak lasts no quarter of an hour
        with self._log(number).open("ab") as log:
            return subprocess.Popen(
                self.command,
                cwd=self.folder,
                env={**kept, **tokens, **place, "PYTHONPATH": str(ROOT)},
                stdout=subprocess.DEVNULL,
                stderr=log,
            )

    def _log(self, number: int) -> Path:
        return self.folder / f"replica-{number}.log"

    def _last_words(self, number: int) -> str:
        lines = self._log(number).read_text(errors="replace").strip().splitlines()
        return lines[-1][:300] if lines else "nothing was said"
