"""Time travel: the sandbox moves the bot's business time through its hook, from one thing that is due to the next."""

import json
import signal
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from holidays import country_holidays

from bot.time_travel.journey import TravelClock
from domain.schedules.slots import Daily
from sandbox.person import Person
from sandbox.server import Sandbox
from tests.bot.test_up import GEMBA, up
from tests.business_day import DAY
from tests.journeys import ask, example_works

BERLIN, SHANGHAI = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Shanghai")
MONDAY_SYNC = Daily(time(9), 0)


@pytest.fixture
def works(tmp_path: Path) -> Iterator[tuple[Sandbox, TravelClock]]:
    with example_works(f"sqlite:///{tmp_path}/gemba.db") as opened:
        yield opened


def written(message: dict[str, Any]) -> str:
    return json.dumps(message.get("blocks", []), ensure_ascii=False)


def when(message: dict[str, Any]) -> datetime:
    return datetime.fromtimestamp(float(message["ts"]), UTC)


def test_travelling_past_monday_lets_each_sync_happen_at_its_own_time(works: tuple[Sandbox, TravelClock]) -> None:
    sandbox, clock = works
    stock, clerk = Person(sandbox.url, "U0STOCK"), Person(sandbox.url, "U0CLERK")
    stock.wait_for(lambda: stock.messages("C0WAREHOUSE"))
    shanghai = MONDAY_SYNC.following(clock.now(), SHANGHAI).due
    berlin = MONDAY_SYNC.following(shanghai, BERLIN).due
    there = berlin + timedelta(minutes=30)

    answer = ask(sandbox, "clock", now=there.isoformat(), locale="zh-CN")

    assert abs(answer["now"] - there.timestamp()) < 60
    assert "周例会 · #仓储-warehouse" in answer["happened"]
    first = next(m for m in stock.messages("C0WAREHOUSE") if "周例会" in written(m))
    later = next(m for m in clerk.messages("C0SALES") if "Weekly sync" in written(m))
    assert timedelta(0) <= when(first) - shanghai < timedelta(minutes=2)
    assert timedelta(0) <= when(later) - berlin < timedelta(minutes=2)
    digests = [when(m).astimezone(BERLIN) for m in clerk.messages() if "owed.done" in written(m)]
    assert all(digest.hour == 9 for digest in digests), "at their time of day, in their zone"
    ahead = [DAY + timedelta(days=number) for number in range(1, (there.date() - DAY).days + 1)]
    china = country_holidays("CN")
    assert [digest.date() for digest in digests] == [
        day for day in ahead if day.weekday() < 5 and china.is_working_day(day)
    ], "each working day that is not quiet"


def test_time_goes_forward_only_and_not_a_year_at_once(works: tuple[Sandbox, TravelClock]) -> None:
    sandbox, clock = works
    for days, error in ((-1, "in_the_past"), (400, "too_far")):
        assert ask(sandbox, "clock", now=(clock.now() + timedelta(days=days)).isoformat())["error"] == error


def test_jobs_are_named_in_the_readers_words_and_run_by_a_click_once_a_period(
    works: tuple[Sandbox, TravelClock],
) -> None:
    sandbox, clock = works
    listed = ask(sandbox, "jobs?locale=zh-CN")["jobs"]
    sync = next(job for job in listed if job["name"] == "周例会" and job["subject"] == "#sales")
    assert datetime.fromisoformat(sync["next"]) == MONDAY_SYNC.following(clock.now(), BERLIN).due
    assert [job["name"] for job in listed if job.get("every") == 60] == ["指标告警"]

    assert ask(sandbox, f"jobs/{sync['id']}/run", locale="en-US")["happened"] == [
        "Done. What it had to say is in the channels."
    ]
    assert any("Weekly sync" in written(m) for m in Person(sandbox.url, "U0CLERK").messages("C0SALES"))
    (again,) = ask(sandbox, f"jobs/{sync['id']}/run", locale="en-US")["happened"]
    assert "nothing is said twice" in again
    assert ask(sandbox, "jobs/9999/run", locale="en-US")["error"] == "hook_refused"


def test_a_hook_that_does_not_answer_is_refused_and_said() -> None:
    with Sandbox() as sandbox:
        assert ask(sandbox, "hook", url="http://127.0.0.1:9/none")["error"] == "hook_unreachable"
        assert ask(sandbox, "clock")["hook"] is False


def test_without_a_hook_messages_still_carry_the_travelled_time_and_rise() -> None:
    with Sandbox() as sandbox:
        admin = Person(sandbox.url, "U0ADMIN")
        before = admin.say("C0SALES", "before")
        tomorrow = datetime.now(UTC) + timedelta(days=1)
        ask(sandbox, "clock", now=tomorrow.isoformat())
        after = [admin.say("C0SALES", f"{n}") for n in range(3)]
        assert [when(message).date() for message in after] == [tomorrow.date()] * 3
        stamps = [message["ts"] for message in [before, *after]]
        assert stamps == sorted(set(stamps))
        ask(sandbox, "reset", again=True)
        assert when(admin.say("C0SALES", "now")) < tomorrow - timedelta(hours=1)


def test_the_travelled_time_outlives_the_sandboxs_process(tmp_path: Path) -> None:
    state = tmp_path / "slack.json"
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    with Sandbox(state=state) as first:
        ask(first, "clock", now=tomorrow.isoformat())
    with Sandbox(state=state) as second:
        assert abs(ask(second, "clock")["now"] - tomorrow.timestamp()) < 60


def test_gemba_in_its_sandbox_lets_its_time_be_moved_and_remembers_it(tmp_path: Path) -> None:
    moved = timedelta(hours=3)
    for ahead in (timedelta(0), moved):
        with up(tmp_path, command=(GEMBA, "demo")) as process:
            assert process.stdout is not None
            address = next(line.split()[-1] for line in process.stdout if "Open" in line)
            clock = ask(address, "clock")
            assert clock["hook"]
            assert abs(clock["now"] - (datetime.now(UTC) + ahead).timestamp()) < 60
            ask(address, "clock", now=(datetime.now(UTC) + moved).isoformat())
            process.send_signal(signal.SIGTERM)
            assert process.wait(30) == 0
