"""Asks people, on the last working day before a sync, what they have done, will do, and are blocked by."""

from datetime import timedelta

from domain.people.routing import team_channel
from domain.schedules.actions import SYNC_ASKS
from domain.weekly_sync.actions import ask_for_notes
from jobs.base import Job, Run


def run(this: Run) -> str:
    channel = team_channel(this.work, this.subject)
    asked = ask_for_notes(this.work, channel, this.day) if channel else 0
    return f"{asked} asked" if asked else ""


JOB = Job(SYNC_ASKS, "ask what people bring to the weekly sync", run, catch_up=timedelta(hours=12))
