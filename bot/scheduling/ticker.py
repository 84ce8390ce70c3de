"""APScheduler as the clock: it ticks, our tables decide. No schedule of ours is ever one of its jobs.

Its job store doubles runs when two processes share it and forgets what was missed; so there is one in-memory job.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import monotonic

from apscheduler.schedulers.background import BackgroundScheduler

from bot.logs import log

TICK_SECONDS = 15
TICK = "tick"


class Ticker:
    """Calls `run_due` every quarter of a minute, one at a time, and at once at the start."""

    def __init__(self, run_due: Callable[[], object], *, every: float = TICK_SECONDS) -> None:
        self._run_due = run_due
        self._every = every  # seconds
        self._last: float | None = None  # by the monotonic clock
        self._scheduler = BackgroundScheduler(timezone=UTC)

    def start(self) -> None:
        self._scheduler.add_job(
            self._tick,
            "interval",
            id=TICK,
            seconds=self._every,
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
        return self.age is not None and self.age < 3 * self._every

    @property
    def age(self) -> float | None:
        """Seconds since the end of the last tick; None before the first."""
        return None if self._last is None else monotonic() - self._last

    def keep_ticking(self) -> None:
        """Tick at once when the last tick is long ago: set back the machine's clock, and APScheduler waits for it."""
        if self._scheduler.running and not self.alive:
            self._scheduler.modify_job(TICK, next_run_time=datetime.now(UTC))

    def _tick(self) -> None:
        try:
            self._run_due()
        except Exception:  # the tick goes on: the database may be back next time
            log.exception("tick failed")
        self._last = monotonic()
