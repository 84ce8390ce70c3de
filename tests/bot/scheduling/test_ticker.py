"""The clock: it ticks whatever is run, and whatever is done to the machine's time."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import monotonic, sleep

from bot.scheduling.ticker import TICK, Ticker

EVERY = 0.2  # seconds


def wait_until(condition: Callable[[], bool], seconds: float = 30) -> None:
    until = monotonic() + seconds
    while not condition():
        assert monotonic() < until
        sleep(0.02)


def test_it_ticks_on_when_a_look_fails() -> None:
    looks: list[int] = []

    def runner() -> None:
        looks.append(1)
        raise ZeroDivisionError

    ticker = Ticker(runner, every=EVERY)
    assert not ticker.alive
    ticker.start()
    wait_until(lambda: len(looks) >= 3 and ticker.alive)
    ticker.stop()


def test_it_goes_on_when_the_clock_is_set_back() -> None:
    """APScheduler plans by the time of day: set back by an hour, it waits for that hour."""
    looks: list[int] = []
    ticker = Ticker(lambda: looks.append(1), every=EVERY)
    ticker.start()
    wait_until(lambda: ticker.alive)
    ticker._scheduler.modify_job(TICK, next_run_time=datetime.now(UTC) + timedelta(hours=1))
    wait_until(lambda: not ticker.alive)
    ticks = len(looks)
    ticker.keep_ticking()
    wait_until(lambda: len(looks) > ticks + 1 and ticker.alive)
    ticker.stop()
