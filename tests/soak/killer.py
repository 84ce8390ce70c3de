"""What goes wrong: bots are killed and restarted, the database is killed, Slack fails. All moments from one seed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from time import monotonic, sleep
from typing import Any

from tests.postgres import PostgresServer
from tests.soak.fleet import Fleet

WATCH = 0.02
ENDED_WELL = 0.15
"""The share of bots that are stopped by SIGTERM; the others get SIGKILL."""
DATABASE_DOWN = (0.1, 1.0)

FAULTS: list[dict[str, Any]] = [
    {"where": "chat.postMessage", "kind": "slow", "rate": 0.2, "delay": 0.2},
    {"where": "chat.postMessage", "kind": "drop_after", "rate": 0.02},
    {"where": "chat.postMessage", "kind": "drop_before", "rate": 0.02},
    {"where": "chat.postMessage", "kind": "500_after", "rate": 0.01},
    {"where": "chat.postMessage", "kind": "500", "rate": 0.01},
    {"where": "chat.postMessage", "kind": "429", "rate": 0.01, "delay": 1},
    {"where": "chat.update", "kind": "429", "rate": 0.02, "delay": 1},
    {"where": "chat.update", "kind": "drop_after", "rate": 0.02},
    {"where": "conversations.history", "kind": "503", "rate": 0.05},
    {"where": "interactive", "kind": "drop_after", "rate": 0.01},
    {"where": "interactive", "kind": "redelivery", "rate": 0.05, "delay": 0.2},
    {"where": "events", "kind": "redelivery", "rate": 0.1, "delay": 0.3},
    {"where": "events", "kind": "drop_after", "rate": 0.01},
]
"""What Slack does to everybody. Each kind by chance, so that some hit what was hit before."""
LATE: list[dict[str, Any]] = [{"where": "chat.postMessage", "kind": "late", "rate": 0.002, "delay": 1}]
"""Done after the client has given up, for soaks that last long enough."""


@dataclass
class Killer:
    """Kills at random moments for so many seconds."""

    fleet: Fleet
    postgres: PostgresServer | None
    chance: Random
    every: float
    """Seconds from one kill to the next, on average."""
    restarts: int = 0

    def rage(self, seconds: float, *, database_restarts: int) -> None:
        """Go on for `seconds`; the database, if it is a server, is killed so many times in between."""
        began = monotonic()
        for at, act in sorted(self._plan(seconds, database_restarts), key=lambda planned: planned[0]):
            while monotonic() < began + at:
                self.fleet.keep_up()
                sleep(WATCH)
            act()
        while monotonic() < began + seconds:
            self.fleet.keep_up()
            sleep(WATCH)

    def _plan(self, seconds: float, database_restarts: int) -> Iterator[tuple[float, Callable[[], None]]]:
        """Moments, in seconds from the beginning, and what happens then."""
        at = self.every
        while at < seconds:
            yield at, self._hit
            at += self.chance.uniform(0.4, 1.6) * self.every
        for part in range(database_restarts if self.postgres else 0):
            yield seconds * (part + self.chance.uniform(0.3, 0.9)) / database_restarts, self._restart_database

    def _hit(self) -> None:
        """The first one is a kill, however short the soak."""
        number, well = self.chance.randrange(self.fleet.size), self.chance.random() < ENDED_WELL
        if well and self.fleet.kills:
            self.fleet.end(number)
        else:
            self.fleet.kill(number)

    def _restart_database(self) -> None:
        assert self.postgres is not None
        self.postgres.kill()
        sleep(self.chance.uniform(*DATABASE_DOWN))
        self.postgres.start()
        self.restarts += 1
