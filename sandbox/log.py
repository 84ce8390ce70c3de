"""The inspector: every request and answer in both directions, and the rules they broke."""

import re
import time
from collections import deque
from collections.abc import Callable
from typing import Any

from sandbox.base import Json

KEPT = 2_000
TO_APP = "slack→app"
FROM_APP = "app→slack"
TOKENS = re.compile(r"\b(xox[a-z]|xapp)-[\w-]+")


class Log:
    """The last 2,000 exchanges. `tell` is called with the number of each entry made or completed."""

    def __init__(self, tell: Callable[[int], None]) -> None:
        self._entries: deque[Json] = deque(maxlen=KEPT)
        self._count = 0
        self._tell = tell

    def open(self, direction: str, what: str, request: Any, team: str | None = None) -> Json:
        """Note a request of a workspace, or one of which it is not known yet; the answer follows by `close`."""
        self._count += 1
        entry = {"n": self._count, "at": round(time.time(), 3), "direction": direction, "team": team, "what": what}
        entry |= {"request": masked(request), "response": None, "ms": None, "broke": [], "fault": None}
        self._entries.append(entry)
        self._tell(self._count)
        return entry

    def close(self, entry: Json, response: Any, ms: float, *broke: str) -> None:
        entry.update(response=masked(response), ms=round(ms, 1), broke=[*entry["broke"], *broke])
        self._tell(entry["n"])

    def after(self, n: int, limit: int) -> list[Json]:
        return [entry for entry in self._entries if entry["n"] > n][:limit]


def team_of(payload: Json) -> str:
    """The workspace that a payload for the app comes from."""
    return str(payload.get("team_id") or payload["team"]["id"])


def masked(value: Any) -> Any:
    """Return a copy in which tokens are cut short."""
    if isinstance(value, str):
        return TOKENS.sub(lambda found: found[1] + "-…", value)
    if isinstance(value, dict):
        return {key: masked(item) for key, item in value.items()}
    if isinstance(value, list):
        return [masked(item) for item in value]
    return value
