"""What was missed is caught up for the newest period within its limit, and noted for the others."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import cast

import pytest
from sqlalchemy import select, update

from domain.core import UnitOfWork
from domain.schedules.record import Schedule, ScheduleRun
from storage.tables import outbox
from tests.bot.scheduling.house import HALF_A_DAY, MONDAY, TEAM, House


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
    "looked_at, late_since",
    [
        pytest.param("2026-11-23 09:40", None, id="some minutes are nothing to speak of"),
        pytest.param("2026-11-23 10:01", datetime(2026, 11, 23, 9, tzinfo=UTC), id="more than an hour is said"),
        pytest.param("2026-11-25 11:00", datetime(2026, 11, 25, 9, tzinfo=UTC), id="of the period that is run"),
    ],
)
def test_what_is_said_late_says_since_when(house: House, looked_at: str, late_since: datetime | None) -> None:
    house.schedule("daily 09:00")
    house.at(looked_at)
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
