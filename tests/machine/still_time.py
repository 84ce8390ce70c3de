"""Machine time that stands still until somebody lets it pass, so that a run is the same each time."""

from datetime import UTC, datetime, timedelta

from bot.slack.message_search import MOST_SKEW
from sandbox.clock import MILLION, Stamps

FARTHEST_OFF = timedelta(seconds=MOST_SKEW - 10)
START = datetime(2026, 1, 5, tzinfo=UTC)


class StillTime:
    """Call it for the present moment, as the machine's clock shows it."""

    def __init__(self) -> None:
        self._passed = timedelta()
        self._set = timedelta()

    def __call__(self) -> datetime:
        return self.true() + self._set

    def true(self) -> datetime:
        """The moment, whatever the machine's clock was set to."""
        return START + self._passed

    def steady(self) -> float:
        """Seconds that passed."""
        return self._passed.total_seconds()

    def pass_(self, seconds: float) -> None:
        self._passed += timedelta(seconds=seconds)

    def set_clock(self, seconds: float) -> None:
        """Somebody sets the machine's clock, forward or back; no time passes. Never so far that Slack is refused."""
        if abs(self._set + timedelta(seconds=seconds)) <= FARTHEST_OFF:
            self._set += timedelta(seconds=seconds)


class SlackStamps(Stamps):
    """Slack's own clock: it shows the true time, and gives its messages their timestamps."""

    def __init__(self, time: StillTime) -> None:
        super().__init__()
        self._time = time

    def _micros(self) -> int:
        return round(self._time.true().timestamp() * MILLION)
