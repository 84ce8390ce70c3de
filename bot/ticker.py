"""APScheduler as the clock: it ticks, our tables decide. No schedule of ours is ever one of its jobs.

Its job store doubles runs when two processes share it and forgets what was missed; so there is one in-memory job.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.background import BackgroundScheduler

from bot.logs import log

TICK_SECONDS = 15


class Ticker:
    """Calls `sweep` every quarter of a minute, one at a time, and at once at the start."""

    def __init__(self, sweep: Callable[[], object]) -> None:
        self._sweep = sweep
        self._last: datetime | None = None
        self._scheduler = BackgroundScheduler(timezone=UTC)

    def start(self) -> None:
        self._scheduler.add_job(
            self._tick,
            "interval",
            seconds=TICK_SECONDS,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
            next_run_time=datetime.now(UTC) + timedelta(seconds=1),
        )
        self._scheduler.start()

    def stop(self) -> None:
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)

    @property
    def alive(self) -> bool:
        """It has ticked within the last three ticks."""
        return self._last is not None and datetime.now(UTC) - self._last < timedelta(seconds=3 * TICK_SECONDS)

    def _tick(self) -> None:
        try:
            self._sweep()
        except Exception:  # the tick goes on: the database may be back next time
            log.exception("sweep failed")
        self._last = datetime.now(UTC)
