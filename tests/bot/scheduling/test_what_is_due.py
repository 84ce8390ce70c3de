"""Running what is due: each period once, told in local time, stored with what it says."""

from datetime import date, timedelta
from typing import Any, cast

from bot.scheduling.periods import RunResult
from domain.people.rosters import Roster
from domain.schedules.record import Schedule, ScheduleRun
from jobs.base import Job, Preparation
from tests.bot.scheduling.house import HALF_A_DAY, MONDAY, TEAM, House


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
    assert run.now == house.clock.now() and run.prepared is None and run.is_for_channel


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
            work.next_number("X")
        return roster

    asking = Job("asking", "asks Slack", house.clerk, HALF_A_DAY, prepare=prepare)
    house.runner = house.another_runner(asking=asking)
    house.schedule("daily 09:00", subject="C1", job="asking")
    house.at("2026-11-23 09:00")
    assert house.clerk.runs[0].prepared is roster
