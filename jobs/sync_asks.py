"""Asks people, on the last working day before a sync, what they have done, will do, and are blocked by."""

from datetime import timedelta

from domain.people.routing import team_channel
from domain.schedules.defaults import DefaultSchedules
from domain.weekly_sync.actions import ask_for_notes
from jobs.base import Job, Run

SCHEDULES = DefaultSchedules(channel=lambda channel, _: f"daily {channel.sync_time:%H:%M}")  # the run tells the day


def run(this: Run[None]) -> str:
    channel = team_channel(this.work, this.subject)
    asked = ask_for_notes(this.work, channel, this.day) if channel else 0
    return f"{asked} asked" if asked else ""


JOB = Job("sync-asks", "ask what people bring to the weekly sync", run, timedelta(hours=12), SCHEDULES)
