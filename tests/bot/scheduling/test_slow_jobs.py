"""A job that waits for others holds up nothing else, and asks them once."""

from collections.abc import Callable
from datetime import UTC, datetime
from threading import Event, Timer
from time import monotonic, sleep

from bot.scheduling.background import STOP_SECONDS, THREADS, Background
from bot.scheduling.periods import hold
from domain.people.rosters import NOBODY, Roster
from domain.schedules.record import Schedule
from jobs.base import Job, Preparation
from tests.bot.scheduling.house import HALF_A_DAY, TEAM, House


class Far:
    """A job that asks somebody who answers when the test says so."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.answers = Event()
        self.job = Job("far", "asks", lambda run: f"heard {run.subject}", HALF_A_DAY, prepare=self.ask, is_slow=bool)

    def ask(self, this: Preparation) -> Roster:
        self.asked.append(this.subject)
        assert self.answers.wait(30)
        return NOBODY


def wait_for(condition: Callable[[], object]) -> None:
    until = monotonic() + 30
    while not condition():
        assert monotonic() < until
        sleep(0.01)


def test_what_waits_for_others_holds_up_nothing_else_and_is_asked_once(house: House) -> None:
    far = Far()
    house.schedule("daily 09:00", "sql:erp", job="far")
    house.schedule("daily 09:00")
    house.clock.travel_to(datetime(2026, 11, 23, 9, tzinfo=UTC))
    one, other = house.another_runner(far=far.job), house.another_runner(far=far.job)
    assert [outcome.job for outcome in one.look()] == ["clerk"]
    wait_for(lambda: far.asked)
    assert one.look() == other.look() == [] and other.run_due() == []
    assert far.asked == ["sql:erp"], "by one process, once"
    far.answers.set()
    wait_for(lambda: len(house.ledger()) == 2)
    assert house.at("2026-11-23 09:05") == [] and far.asked == ["sql:erp"]
    one.stop()


def test_what_a_process_held_that_died_is_asked_by_another(house: House) -> None:
    far = Far()
    house.schedule("daily 09:00", "sql:erp", job="far")
    house.clock.travel_to(datetime(2026, 11, 23, 9, tzinfo=UTC))
    with house.database.writing(TEAM) as work:
        assert [hold(work, work.of(Schedule).find()[0], house.clock.now()) for _ in range(2)] == [True, False]
    far.answers.set()
    house.runner = house.another_runner(far=far.job)
    assert house.at("2026-11-23 09:01") == []
    assert [outcome.outcome for outcome in house.at("2026-11-23 09:02")] == ["ran"]
    assert house.ledger() == [("2026-11-23", "ran")] and house.at("2026-11-23 09:05") == []


def test_what_fails_to_ask_is_tried_again_when_it_is_held_no_more(house: House) -> None:
    def fail(_this: Preparation) -> Roster:
        raise ZeroDivisionError

    house.schedule("daily 09:00", "sql:erp", job="far")
    house.runner = house.another_runner(far=Job("far", "asks", lambda _run: "", HALF_A_DAY, prepare=fail, is_slow=bool))
    assert house.at("2026-11-23 09:00") == [] == house.at("2026-11-23 09:01") and house.ledger() == []
    far = Far()
    far.answers.set()
    house.runner = house.another_runner(far=far.job)
    assert [outcome.outcome for outcome in house.at("2026-11-23 09:03")] == ["ran"]


def test_what_was_not_begun_is_not_waited_for_at_the_end() -> None:
    background, answers = Background(), Event()
    for number in range(2 * THREADS):
        background.begin(number, lambda: answers.wait(30))
    Timer(0.1, answers.set).start()
    began = monotonic()
    background.stop()
    assert monotonic() - began < STOP_SECONDS
