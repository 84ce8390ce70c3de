"""Posts the monthly report of a team channel's KPIs."""

from datetime import timedelta

from domain.kpis.report import send_report
from domain.people.routing import team_channel
from domain.schedules.defaults import DefaultSchedules
from jobs.base import Job, Run

SCHEDULES = DefaultSchedules(
    channel=lambda channel, workspace: f"monthly {channel.sync_time:%H:%M} {workspace.country}".strip()
)


def run(this: Run[None]) -> str:
    channel = team_channel(this.work, this.subject)
    return send_report(this.work, channel, this.day) if channel else ""


JOB = Job("kpi-report", "post the monthly report of each team channel's KPIs", run, timedelta(days=7), SCHEDULES)
