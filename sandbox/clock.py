"""Sandbox time, which people may move ahead of the machine's, and the message timestamps that follow it."""

import time
from datetime import datetime

MILLION = 1_000_000


class Stamps:
    """Hands out timestamps, `seconds.micros`: unique and rising, also across a restart and a journey.

    Triggers, response URLs, tickets and signatures do not travel: they stay on the machine's time.
    """

    def __init__(self, ahead: int = 0) -> None:
        self.ahead = ahead  # microseconds that sandbox time is ahead of the machine's
        self._last = 0

    def now(self) -> float:
        """Sandbox time in UNIX seconds."""
        return self._micros() / MILLION

    def travel_to(self, moment: datetime) -> None:
        """Move sandbox time forward to a moment; it never goes back."""
        self.ahead += max(0, round(moment.timestamp() * MILLION) - self._micros())

    def next(self) -> str:
        self._last = max(self._micros(), self._last + 1)
        return f"{self._last // MILLION}.{self._last % MILLION:06d}"

    def rise_above(self, ts: str) -> None:
        """Never hand out `ts` or anything before it again."""
        seconds, micros = ts.split(".")
        self._last = max(self._last, int(seconds) * MILLION + int(micros))

    def _micros(self) -> int:
        return time.time_ns() // 1000 + self.ahead
