"""Message timestamps: `seconds.micros`, each greater than the one before, also across a restart."""

import time


class Stamps:
    """Hands out timestamps of real time that are unique and rise."""

    def __init__(self) -> None:
        self._last = 0

    def next(self) -> str:
        self._last = max(time.time_ns() // 1000, self._last + 1)
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"

    def rise_above(self, ts: str) -> None:
        """Never hand out `ts` or anything before it again."""
        seconds, micros = ts.split(".")
        self._last = max(self._last, int(seconds) * 1_000_000 + int(micros))
