"""Posts the weekly sync of a team channel."""

from datetime import timedelta

from domain.people.routing import team_channel
from domain.schedules.defaults import DefaultSchedules
from domain.weekly_sync.actions import WEEKLY_SYNC, send_sync
from jobs.base import Job, Run

SCHEDULES = DefaultSchedules(channel=lambda channel, _: f"weekly {channel.sync_day} {channel.sync_time:%H:%M}")


def run(this: Run[None]) -> str:
    channel = team_channel(this.work, this.subject)
    return send_sync(this.work, channel, this.day) if channel else ""


JOB = Job(WEEKLY_SYNC, "post the weekly sync of each team channel", run, timedelta(days=3), SCHEDULES)
