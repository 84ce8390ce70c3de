"""A job run by hand, for any day: claimed for good, unless it is a dry run."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.scheduling.periods import RunResult
from tests.bot.scheduling.house import MONDAY, House


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
