"""A job that only the tests have: each Friday it notes for a channel who is in it."""

from datetime import timedelta

from domain.issues.record import Issue
from domain.schedules.defaults import DefaultSchedules
from jobs.base import Job, Preparation, Run


def prepare(this: Preparation) -> list[str]:
    return sorted(this.directory.people_in(this.subject))


def run(this: Run[list[str]]) -> str:
    title = ", ".join(this.prepared)
    this.work.of(Issue).add(
        Issue(number=this.work.next_number("I"), title=title, filed_at=this.now), by="", at=this.now
    )
    return f"{len(this.prepared)} greeted"


SCHEDULES = DefaultSchedules(channel=lambda channel, _: f"weekly 4 {channel.sync_time:%H:%M}")
JOB = Job("greeting", "greet who is there", run, timedelta(hours=1), SCHEDULES, prepare)
