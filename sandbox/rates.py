"""Rate limits: in each workspace a bucket for each method, and one for each channel that is posted to."""

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sandbox.base import Refused
from sandbox.tiers import PER_CHANNEL, PER_WORKSPACE, TIER_OF, TIERS

MINUTE = 60.0
TINY = 1e-6  # what sums of fractions are off by
BURSTS = {
    "off": (0.0, 0.0),
    "on": (60.0, 20.0),  # what a well-behaved app never meets
    "strict": (10.0, 3.0),
}
"""By strictness: so many seconds' worth of a tier's calls at once, and so many messages at once in a channel."""


@dataclass
class Bucket:
    """So many calls at once, then `rate` a second."""

    size: float
    rate: float
    full: float
    """When it will be full again, on the machine's clock."""

    def wait(self, now: float) -> float:
        """Return the seconds until the next call may come; 0 when it may come now."""
        missing = max(0.0, self.full - now) * self.rate
        seconds = (missing + 1 - self.size) / self.rate
        return seconds if seconds > TINY else 0.0

    def take(self, now: float) -> None:
        self.full = max(self.full, now) + 1 / self.rate


class Rates:
    """How strict the sandbox is: `off`, `on` or `strict`."""

    def __init__(self, strictness: str = "off", clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._buckets: dict[tuple[str, ...], Bucket] = {}
        self.set(strictness)

    def set(self, strictness: str) -> None:
        """Begin anew with this strictness; raises Refused for a word there is none of."""
        if strictness not in BURSTS:
            raise Refused("unknown_strictness", f"There is no strictness {strictness}; there are {', '.join(BURSTS)}.")
        self.strictness = strictness
        self._buckets.clear()

    def ask(self, method: str, channel: str = "", team: str = "") -> int:
        """Count a call; return 0, or the whole seconds after which to try again, and then it is not counted."""
        if self.strictness == "off":
            return 0
        now = self._clock()
        buckets = list(self._of(method, channel, team, now))
        wait = max((bucket.wait(now) for bucket in buckets), default=0.0)
        if wait > 0:
            return math.ceil(wait - TINY)
        for bucket in buckets:
            bucket.take(now)
        return 0

    def _of(self, method: str, channel: str, team: str, now: float) -> Iterator[Bucket]:
        seconds, messages = BURSTS[self.strictness]
        a_minute = PER_WORKSPACE.get(method) or TIERS.get(TIER_OF.get(method, 0))
        if a_minute:
            yield self._bucket((team, method), max(1.0, a_minute * seconds / MINUTE), a_minute / MINUTE, now)
        if method in PER_CHANNEL:
            yield self._bucket((team, method, channel), messages, PER_CHANNEL[method] / MINUTE, now)

    def _bucket(self, key: tuple[str, ...], size: float, rate: float, now: float) -> Bucket:
        return self._buckets.setdefault(key, Bucket(size, rate, now))
