"""Judges KPI values that nobody has judged yet, and asks for missing ones."""

from datetime import timedelta

from domain.use_cases.kpis import ask_for_missing_values, judge_new_values
from domain.use_cases.schedules import KPI_ALERTS
from jobs.base import Job, Run


def run(this: Run) -> str:
    judged = judge_new_values(this.work, now=this.now)
    asked = ask_for_missing_values(this.work, now=this.now)
    return f"{judged} judged, {asked} asked for" if judged or asked else ""


JOB = Job(KPI_ALERTS, "judge new KPI values, ask for missing ones", run, catch_up=timedelta(days=365))
