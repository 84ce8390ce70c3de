"""Posts the monthly report of a team channel's KPIs."""

from datetime import timedelta

from domain.kpis.report import send_report
from domain.people.routing import team_channel
from domain.schedules.actions import KPI_REPORT
from jobs.base import Job, Run


def run(this: Run) -> str:
    channel = team_channel(this.work, this.subject)
    return send_report(this.work, channel, this.day) if channel else ""


JOB = Job(KPI_REPORT, "post the monthly report of each team channel's KPIs", run, catch_up=timedelta(days=7))
