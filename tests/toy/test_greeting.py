"""A job that only this folder knows is scheduled, prepared and run; no line elsewhere is about it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from shutil import copy

import pytest

from domain.issues.record import Issue
from domain.people.record import TeamChannel
from domain.schedules.actions import schedule_channel
from domain.schedules.record import Schedule
from jobs.registry import all_jobs
from sandbox.server import Sandbox
from tests.office import Office
from tests.toy.greeting import JOB

FRIDAY = datetime(2026, 11, 27, 7, 59, tzinfo=UTC)


@pytest.fixture
def office(workspace_server: Sandbox, upgraded_file: Path, tmp_path: Path) -> Iterator[Office]:
    """A channel is set up in an office that has the job, too."""
    file = copy(upgraded_file, tmp_path / "gemba.db")
    with Office.open(
        workspace_server, f"sqlite:///{file}", FRIDAY, jobs=lambda fetch, wait: {**all_jobs(fetch, wait), JOB.name: JOB}
    ) as opened:
        with opened.store() as work:
            sales = TeamChannel(channel_id="C0SALES", timezone="Europe/Berlin", sync_day=0)
            schedule_channel(work, work.of(TeamChannel).add(sales, by="", at=FRIDAY), now=FRIDAY)
        yield opened


def test_setting_up_a_channel_makes_its_schedule_in_the_channels_time_zone(office: Office) -> None:
    with office.records() as work:
        [due] = work.of(Schedule).find(job="greeting")
    assert (due.subject, due.rule, due.timezone) == ("C0SALES", "weekly 4 09:00", "Europe/Berlin")
    assert due.next_due == FRIDAY.replace(hour=8, minute=0)


def test_when_it_is_due_it_runs_with_what_it_has_asked_slack(office: Office) -> None:
    office.travel(minutes=2)
    with office.records() as work:
        [issue] = work.of(Issue).find()
    assert "U0CLERK" in issue.title.split(", ")


def test_it_can_be_run_by_hand(office: Office) -> None:
    [outcome] = office.program.runner.run_by_hand("greeting", FRIDAY)
    assert (outcome.outcome, outcome.slot) == ("ran", "2026-11-27") and "greeted" in outcome.note
