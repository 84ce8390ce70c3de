"""Business time. Machine time (leases, back-off, pings) is `time.monotonic` and `datetime.now` where it is needed."""

from datetime import UTC, datetime


class SystemClock:
    """The time it is. Implements `domain.core.ports.Clock`."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class FixedClock:
    """A business clock that stands still, for `--at` and for tests."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment

    def now(self) -> datetime:
        return self._moment

    def travel_to(self, moment: datetime) -> None:
        """Move forward. Raises ValueError when `moment` is earlier: message order depends on it."""
        if moment < self._moment:
            raise ValueError("business time only travels forward")
        self._moment = moment
