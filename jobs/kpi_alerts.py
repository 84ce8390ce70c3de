"""Judges KPI values that nobody has judged yet, asks for missing ones, and chases alerts that nobody takes on."""

from datetime import timedelta

from domain.kpis.alerts.escalation import end_silences, escalate_alerts
from domain.kpis.alerts.judging import judge_new_values
from domain.kpis.values.missing import ask_for_missing_values
from domain.schedules.defaults import DefaultSchedules
from jobs.base import Job, Run

SCHEDULES = DefaultSchedules(workspace="every 1")


def run(this: Run[None]) -> str:
    judged = judge_new_values(this.work, now=this.now)
    asked = ask_for_missing_values(this.work, now=this.now)
    ended = end_silences(this.work, now=this.now)
    escalated = escalate_alerts(this.work, now=this.now)
    done = {"judged": judged, "asked for": asked, "silences ended": ended, "escalated": escalated}
    return ", ".join(f"{count} {what}" for what, count in done.items()) if any(done.values()) else ""


JOB = Job(
    "kpi-alerts", "judge new KPI values, ask for missing ones, chase open alerts", run, timedelta(days=365), SCHEDULES
)
