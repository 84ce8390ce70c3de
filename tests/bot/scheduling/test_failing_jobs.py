"""A job that fails leaves nothing, is tried again, and holds up no other."""

from typing import cast

import pytest

from domain.cards.messages import Card
from domain.core import Activity, Ref
from domain.issues.record import Issue
from domain.schedules.record import ScheduleRun
from tests.bot.scheduling.house import TEAM, House


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
