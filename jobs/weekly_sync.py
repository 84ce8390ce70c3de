"""Posts the weekly sync of a team channel."""

from datetime import timedelta

from domain.people.routing import team_channel
from domain.schedules.actions import WEEKLY_SYNC
from domain.weekly_sync.actions import send_sync
from jobs.base import Job, Run


def run(this: Run) -> str:
    channel = team_channel(this.work, this.subject)
    return send_sync(this.work, channel, this.day) if channel else ""


JOB = Job(WEEKLY_SYNC, "post the weekly sync of each team channel", run, catch_up=timedelta(days=3))
