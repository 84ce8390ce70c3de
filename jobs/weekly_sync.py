"""Posts the weekly sync of a team channel."""

from datetime import timedelta

from domain.use_cases.places import team_channel
from domain.use_cases.schedules import WEEKLY_SYNC
from domain.use_cases.syncing import send_sync
from jobs.base import Job, Run

LATE = timedelta(hours=1)
"""From when on the sync says that it is late."""


def run(this: Run) -> str:
    channel = team_channel(this.work, this.subject)
    return send_sync(this.work, channel, this.day, late=this.late > LATE) if channel else ""


JOB = Job(WEEKLY_SYNC, "post the weekly sync of each team channel", run, catch_up=timedelta(days=3))
