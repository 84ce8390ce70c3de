"""Several that look at the same moment: one runs it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier, Event
from time import sleep

from bot.scheduling.periods import RunResult
from bot.scheduling.runner import ScheduleRunner
from jobs.base import Run
from tests.bot.scheduling.house import House


def test_when_two_runners_look_at_the_same_moment_one_runs_it(house: House) -> None:
    for number in range(6):
        house.schedule("daily 09:00", subject=f"C{number}")
    house.clerk.worse = lambda run: sleep(0.005)
    house.clock.travel_to(datetime(2026, 11, 23, 9, tzinfo=UTC))
    runners, together = [house.another_runner() for _ in range(3)], Barrier(3)

    def look(runner: ScheduleRunner) -> list[RunResult]:
        together.wait()
        return runner.run_due()

    with ThreadPoolExecutor(3) as pool:
        outcomes = [outcome for found in pool.map(look, runners) for outcome in found]
    assert sorted(outcome.subject for outcome in outcomes) == [f"C{number}" for number in range(6)]
    assert len(house.titles()) == 6 and len(house.clerk.runs) == 6


def test_by_hand_it_waits_for_who_is_running_it(house: House) -> None:
    house.schedule("daily 09:00")
    started = Event()

    def slowly(run: Run) -> None:
        started.set()
        sleep(0.05)

    house.clerk.worse = slowly
    house.clock.travel_to(datetime(2026, 11, 23, 9, tzinfo=UTC))
    with ThreadPoolExecutor(1) as pool:
        ticked = pool.submit(house.runner.run_due)
        assert started.wait(30)
        by_hand = house.runner.run_by_hand("clerk", house.clock.now())
    assert [outcome.outcome for outcome in ticked.result() + by_hand] == ["ran", "already_ran"]
    assert house.titles() == ["2026-11-23"]
