"""Running schedules: each period once, also when two look at the same moment; what was missed is caught up or noted."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from random import Random
from threading import Barrier, Event, Lock
from time import monotonic, sleep
from typing import Any, cast

import pytest
from sqlalchemy import select, update
from structlog.testing import capture_logs

from bot.scheduling.clock import FixedClock
from bot.scheduling.periods import RunResult, hold
from bot.scheduling.runner import ScheduleRunner
from domain.cards.messages import Card
from domain.core.activity import Activity
from domain.core.ports import Directory, UnitOfWork
from domain.core.reference import Ref
from domain.issues.record import Issue
from domain.people.rosters import NOBODY, Roster
from domain.people.routing import zone
from domain.schedules.record import Schedule, ScheduleRun
from domain.schedules.slots import rule
from jobs.base import Job, Preparation, Run
from storage.tables import outbox
from storage.unit_of_work import Database

TEAM = "T1"
MONDAY = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
HALF_A_DAY = timedelta(hours=12)


class Clerk:
    """What a small job does: it files an issue and says so. Remembers its runs; does worse when it is told to."""

    def __init__(self) -> None:
        self.runs: list[Run] = []
        self.worse: Callable[[Run], None] = lambda run: None
        self.idle = False
        self._lock = Lock()

    def __call__(self, run: Run) -> str:
        with self._lock:
            self.runs.append(run)
        if self.idle:
            return ""
        filed = run.work.of(Issue).add(
            Issue(number=run.work.numbers.next("I"), title=run.slot, filed_at=run.now), by="", at=run.now
        )
        run.work.outbox.say(
            Card(Ref("issue", filed.id)), to=run.subject or "C0", once=f"clerk:{run.subject}:{run.slot}"
        )
        self.worse(run)
        return f"filed {filed.reference}"


class House:
    """A database with a clerk's job, and the runner that runs it."""

    def __init__(self, database: Database) -> None:
        self.database, self.clerk = database, Clerk()
        self.clock = cast(FixedClock, database.clock)
        self.runner = self.another_runner()
        with database.writing(TEAM) as work:
            work.set_workspace(by="", at=MONDAY, name="Test")

    def another_runner(self, **others: Job) -> ScheduleRunner:
        jobs = {"clerk": Job("clerk", "files an issue", self.clerk, HALF_A_DAY), **others}
        return ScheduleRunner(self.database, jobs, cast(Directory, object()))

    def schedule(
        self, text: str, subject: str = "", timezone: str = "UTC", job: str = "clerk", team: str = TEAM
    ) -> None:
        """A schedule that is set up now."""
        now = self.clock.now()
        due = rule(text).following(now, zone(timezone)).due
        made = Schedule(job=job, subject=subject, rule=text, timezone=timezone, next_due=due)
        with self.database.writing(team) as work:
            work.of(Schedule).add(made, by="", at=now)

    def at(self, text: str) -> list[RunResult]:
        """Run what is due at this moment (`2026-11-24 09:00`, UTC)."""
        self.clock.travel_to(datetime.fromisoformat(text).replace(tzinfo=UTC))
        return self.runner.run_due()

    def titles(self) -> list[str]:
        with self.database.reading(TEAM) as work:
            return [issue.title for issue in work.of(Issue).find()]

    def ledger(self) -> list[tuple[str, str]]:
        with self.database.reading(TEAM) as work:
            return [(run.slot, run.outcome) for run in work.of(ScheduleRun).find(order="slot")]

    def next_due(self) -> datetime:
        with self.database.reading(TEAM) as work:
            return work.of(Schedule).find()[0].next_due


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Tracebacks of jobs that fail on purpose take 0.1 s each to be drawn."""
    with capture_logs():
        yield


@pytest.fixture
def house(database: Database) -> House:
    return House(database)


def test_nothing_is_due_before_its_time(house: House) -> None:
    house.schedule("daily 09:00")
    assert house.at("2026-11-23 08:59") == [] and house.titles() == []


def test_what_is_due_runs_once(house: House) -> None:
    house.schedule("daily 09:00", subject="C1")
    assert house.at("2026-11-23 09:00") == [RunResult("clerk", "C1", "2026-11-23", "ran", "filed I-1")]
    assert house.at("2026-11-23 09:00") == [] and house.at("2026-11-23 23:59") == []
    assert house.at("2026-11-24 09:00:10")[0].slot == "2026-11-24"
    assert house.titles() == ["2026-11-23", "2026-11-24"]


def test_a_job_is_told_its_period_in_local_time(house: House) -> None:
    house.schedule("daily 06:30", subject="C1", timezone="Asia/Shanghai")
    house.at("2026-11-23 22:31")
    (run,) = house.clerk.runs
    assert (run.subject, run.day, run.slot, run.late) == ("C1", date(2026, 11, 24), "2026-11-24", timedelta(minutes=1))
    assert run.now == house.clock.now() and run.roster == NOBODY and run.is_for_channel


def test_what_it_says_and_changes_is_stored_with_the_run(house: House) -> None:
    house.schedule("daily 09:00")
    heard: list[Any] = []
    house.database.listeners.append(heard.append)
    house.at("2026-11-23 09:00")
    assert [commit.said for commit in heard] == [True]
    with house.database.reading(TEAM) as work:
        (run,) = work.of(ScheduleRun).find()
    assert (run.slot, run.outcome, run.note, run.at) == ("2026-11-23", "ran", "filed I-1", house.clock.now())


def test_a_paused_schedule_does_not_run(house: House) -> None:
    house.schedule("daily 09:00")
    with house.database.writing(TEAM) as work:
        work.of(Schedule).change(work.of(Schedule).find()[0], by="U1", at=MONDAY, paused=True)
    assert house.at("2026-11-23 09:00") == []


def test_each_workspace_has_its_own(house: House) -> None:
    with house.database.writing("T2") as work:
        work.set_workspace(by="", at=MONDAY, name="Other")
    house.schedule("daily 09:00")
    house.schedule("daily 09:00", team="T2")
    assert len(house.at("2026-11-23 09:00")) == 2
    assert {run.work.team_id for run in house.clerk.runs} == {TEAM, "T2"}


def test_when_two_sweeps_look_at_the_same_moment_one_runs_it(house: House) -> None:
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


def test_and_by_hand_it_waits_for_who_is_running_it(house: House) -> None:
    house.schedule("daily 09:00")
    started = Event()

    def slowly(run: Run) -> None:
        started.set()
        sleep(0.05)

    house.clerk.worse = slowly
    house.clock.travel_to(datetime(2026, 11, 23, 9, tzinfo=UTC))
    with ThreadPoolExecutor(1) as pool:
        swept = pool.submit(house.runner.run_due)
        assert started.wait(30)
        by_hand = house.runner.run_by_hand("clerk", house.clock.now())
    assert [outcome.outcome for outcome in swept.result() + by_hand] == ["ran", "already_ran"]
    assert house.titles() == ["2026-11-23"]


def test_what_was_missed_is_caught_up_once_for_the_newest_period(house: House) -> None:
    house.schedule("daily 09:00")
    (outcome,) = house.at("2026-11-26 20:59")
    assert (outcome.slot, outcome.outcome) == ("2026-11-26", "ran")
    assert house.clerk.runs[0].late == timedelta(hours=11, minutes=59)
    assert house.titles() == ["2026-11-26"] and house.next_due() == datetime(2026, 11, 27, 9, tzinfo=UTC)
    assert house.at("2026-11-26 21:30") == []


def test_and_the_older_ones_are_noted(house: House) -> None:
    house.schedule("daily 09:00")
    house.at("2026-11-26 20:59")
    missed = [("2026-11-23", "skipped"), ("2026-11-24", "skipped"), ("2026-11-25", "skipped")]
    assert house.ledger() == [*missed, ("2026-11-26", "ran")]


@pytest.mark.parametrize(
    "swept, late_since",
    [
        pytest.param("2026-11-23 09:40", None, id="some minutes are nothing to speak of"),
        pytest.param("2026-11-23 10:01", datetime(2026, 11, 23, 9, tzinfo=UTC), id="more than an hour is said"),
        pytest.param("2026-11-25 11:00", datetime(2026, 11, 25, 9, tzinfo=UTC), id="of the period that is run"),
    ],
)
def test_what_is_said_late_says_since_when(house: House, swept: str, late_since: datetime | None) -> None:
    house.schedule("daily 09:00")
    house.at(swept)
    with house.database.engine.connect() as connection:
        assert connection.execute(select(outbox.c.late_since)).scalars().all() == [late_since]


def test_and_so_does_each_update_of_it(house: House) -> None:
    house.schedule("daily 09:00")
    house.at("2026-11-23 11:00")
    with house.database.engine.begin() as connection:
        connection.execute(update(outbox).values(state="sent", ts="1.1"))
    with house.database.writing(TEAM) as work:
        work.outbox.refresh("clerk::2026-11-23")
    with house.database.engine.connect() as connection:
        late = connection.execute(select(outbox.c.late_since)).scalars().all()
    assert late == [datetime(2026, 11, 23, 9, tzinfo=UTC)] * 2


def test_beyond_its_limit_it_is_noted_and_not_run(house: House) -> None:
    house.schedule("daily 09:00")
    (outcome,) = house.at("2026-11-26 21:01")
    assert (outcome.slot, outcome.outcome) == ("2026-11-26", "skipped") and "due 2026-11-26 09:00Z" in outcome.note
    assert house.clerk.runs == [] and house.ledger()[-1] == ("2026-11-26", "skipped")
    assert house.at("2026-11-27 09:00")[0].outcome == "ran"


def test_over_a_change_of_the_clock_each_day_runs_once(house: House) -> None:
    house.clock.travel_to(datetime(2027, 3, 26, 12, tzinfo=UTC))
    house.schedule("daily 02:30", timezone="Europe/Berlin")
    for hour in range(24 * 4):
        house.at(f"2027-03-{27 + hour // 24} {hour % 24:02}:30")
    assert house.titles() == ["2027-03-27", "2027-03-28", "2027-03-29", "2027-03-30"]


def test_a_job_that_raises_leaves_no_half_work_and_is_tried_again(house: House) -> None:
    house.schedule("daily 09:00")
    house.clerk.worse = lambda run: cast(None, 1 / 0)
    assert house.at("2026-11-23 09:00") == []
    with house.database.reading(TEAM) as work:
        assert work.of(Issue).count() == work.of(Activity).count(subject="issues") == work.of(ScheduleRun).count() == 0
    house.clerk.worse = lambda run: None
    (outcome,) = house.at("2026-11-23 09:00:15")
    assert outcome.outcome == "ran" and outcome.note == "filed I-1"
    with house.database.writing(TEAM) as work:
        assert not work.outbox.say(Card(Ref("issue", 1)), to="C0", once="clerk::2026-11-23")


def test_and_takes_no_other_with_it(house: House) -> None:
    for number in range(3):
        house.schedule("daily 09:00", subject=f"C{number}")
    house.clerk.worse = lambda run: cast(None, 1 / 0 if run.subject == "C1" else 0)
    assert [outcome.subject for outcome in house.at("2026-11-23 09:00")] == ["C0", "C2"]


@pytest.mark.parametrize(
    "job", [pytest.param("clerk", id="that fail"), pytest.param("gone", id="of a job that is gone")]
)
def test_however_many_schedules_there_are(house: House, job: str) -> None:
    for number in range(60):
        house.schedule("daily 09:00", subject=f"C{number}", job=job)
    house.schedule("daily 09:01", subject="U1")
    house.clerk.worse = lambda run: cast(None, 1 / 0 if run.subject != "U1" else 0)
    assert [outcome.subject for outcome in house.at("2026-11-23 09:02")] == ["U1"]


def test_a_job_that_looks_every_minute_leaves_no_row_when_there_is_nothing_to_say(house: House) -> None:
    house.schedule("every 1")
    house.clerk.idle = True
    assert house.at("2026-11-23 08:31")[0].outcome == "nothing_to_say" and house.ledger() == []
    house.clerk.idle = False
    house.at("2026-11-23 08:32")
    assert house.ledger() == [("2026-11-23T08:32Z", "ran")]


def test_a_schedule_tells_its_last_look_and_what_came_of_it(house: House) -> None:
    def last() -> tuple[str, str]:
        with house.database.reading(TEAM) as work:
            [schedule] = work.of(Schedule).find()
        return f"{schedule.last_run:%H:%M}" if schedule.last_run else "never", schedule.last_outcome

    house.schedule("every 1")
    assert last() == ("never", "")
    house.clerk.idle = True
    house.at("2026-11-23 08:31")
    assert last() == ("08:31", "nothing_to_say")
    house.clerk.idle, house.clerk.worse = False, lambda run: cast(None, 1 / 0)
    house.at("2026-11-23 08:32")
    assert last() == ("08:32", "failed")
    house.clerk.worse = lambda run: None
    house.at("2026-11-23 08:33")
    assert last() == ("08:33", "ran")
    house.runner.run_by_hand("clerk", house.clock.now(), dry=True)
    house.runner.run_by_hand("clerk", house.clock.now())
    assert last() == ("08:33", "ran"), "that period ran before"


def test_a_daily_one_leaves_its_row(house: House) -> None:
    house.schedule("daily 09:00")
    house.clerk.idle = True
    house.at("2026-11-23 09:00")
    assert house.ledger() == [("2026-11-23", "nothing_to_say")]


def test_a_job_may_ask_slack_before_its_unit_of_work_is_open(house: House) -> None:
    roster = Roster({"C1": ("U1", "U2")})

    def prepare(this: Preparation) -> Roster:
        with this.reading() as work:
            assert work.workspace.name == "Test" and this.subject == "C1"
        with house.database.writing(TEAM) as work:  # would wait for ever inside one
            work.numbers.next("X")
        return roster

    asking = Job("asking", "asks Slack", house.clerk, HALF_A_DAY, prepare=prepare)
    house.runner = house.another_runner(asking=asking)
    house.schedule("daily 09:00", subject="C1", job="asking")
    house.at("2026-11-23 09:00")
    assert house.clerk.runs[0].roster is roster


def test_by_hand_it_runs_the_day_it_is_given_and_claims_it_for_good(house: House) -> None:
    house.schedule("daily 09:00", subject="C1")
    by_hand = house.runner.run_by_hand("clerk", datetime(2026, 11, 23, 7, tzinfo=UTC))
    assert by_hand == [RunResult("clerk", "C1", "2026-11-23", "ran", "filed I-1")]
    assert house.runner.run_by_hand("clerk", MONDAY)[0].outcome == "already_ran"
    assert house.at("2026-11-23 09:00")[0].outcome == "already_ran"
    assert house.at("2026-11-24 09:00")[0].outcome == "ran"
    assert house.titles() == ["2026-11-23", "2026-11-24"]


def test_by_hand_it_runs_for_a_day_long_past_as_of_then(house: House) -> None:
    house.schedule("weekly 0 09:00", timezone="Asia/Shanghai")
    then = datetime(2026, 10, 7, 12, tzinfo=UTC)
    assert house.runner.run_by_hand("clerk", then)[0].slot == "2026-10-05"
    assert (house.clerk.runs[0].now, house.clerk.runs[0].late) == (then, timedelta(0))


def test_a_dry_run_tells_what_would_be_and_leaves_nothing(house: House) -> None:
    house.schedule("daily 09:00")
    heard: list[Any] = []
    house.database.listeners.append(heard.append)
    (outcome,) = house.runner.run_by_hand("clerk", MONDAY, dry=True)
    assert (outcome.outcome, outcome.note) == ("ran", "filed I-1")
    assert house.titles() == [] and house.ledger() == [] and heard == []
    assert house.at("2026-11-23 09:00")[0].outcome == "ran"


def test_an_unknown_job_cannot_be_run_by_hand(house: House) -> None:
    with pytest.raises(KeyError):
        house.runner.run_by_hand("clark", MONDAY)


@pytest.mark.parametrize("seed", range(3))
def test_whatever_the_outages_no_period_runs_twice_or_too_late(house: House, seed: int) -> None:
    chance = Random(seed)
    for number, zone_name in enumerate(["Europe/Berlin", "Asia/Shanghai", "America/Santiago"]):
        house.schedule(f"daily {chance.randrange(24):02}:15", subject=f"C{number}", timezone=zone_name)
    now, outcomes = MONDAY, []
    house.clerk.worse = lambda run: cast(None, 1 / chance.randrange(4))  # one in four fails
    for _ in range(40):
        now += timedelta(minutes=chance.choice([5, 60, 300, 700, 4_000]))
        house.clock.travel_to(now)
        outcomes += house.runner.run_due()
    ran = [(outcome.subject, outcome.slot) for outcome in outcomes if outcome.outcome == "ran"]
    assert len(ran) == len(set(ran)) == len(house.titles()) > 5
    assert all(run.late <= HALF_A_DAY for run in house.clerk.runs)
    with house.database.reading(TEAM) as work:
        accounted = _accounted(work)
    assert {(outcome.subject, outcome.slot) for outcome in outcomes} <= accounted
    for subject in ("C0", "C1", "C2"):
        days = sorted(date.fromisoformat(slot) for who, slot in accounted if who == subject)
        assert days == [days[0] + timedelta(days=n) for n in range(len(days))], "every day was run or noted"


def _accounted(work: UnitOfWork) -> set[tuple[str, str]]:
    subjects = {schedule.id: schedule.subject for schedule in work.of(Schedule).find()}
    return {(subjects[run.schedule_id], run.slot) for run in work.of(ScheduleRun).find()}


class Far:
    """A job that asks somebody who answers when the test says so."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.answers = Event()
        self.job = Job("far", "asks", lambda run: f"heard {run.subject}", HALF_A_DAY, self.ask, is_slow=bool)

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
    house.runner = house.another_runner(far=Job("far", "asks", lambda _run: "", HALF_A_DAY, fail, is_slow=bool))
    assert house.at("2026-11-23 09:00") == [] == house.at("2026-11-23 09:01") and house.ledger() == []
    far = Far()
    far.answers.set()
    house.runner = house.another_runner(far=far.job)
    assert [outcome.outcome for outcome in house.at("2026-11-23 09:03")] == ["ran"]
