"""All jobs."""

from collections.abc import Mapping
from typing import Any

from domain.kpis.sources.databases import Fetch, not_configured
from domain.schedules.defaults import SchedulesByJob
from jobs import (
    directory,
    feedback_asks,
    kpi_alerts,
    kpi_report,
    kpi_sources,
    overdue_reminders,
    suggestions,
    sync_asks,
    weekly_sync,
)
from jobs.base import Job

Jobs = Mapping[str, Job[Any]]


def all_jobs(fetch: Fetch = not_configured, anonymous_wait: int = 0) -> Jobs:
    """By name, in the order of what they say where several are due at once.

    `fetch` asks a database for KPI values; `anonymous_wait` is for how many minutes an anonymous suggestion may wait.
    """
    jobs = (
        directory.JOB,
        kpi_alerts.JOB,
        kpi_sources.job(fetch),
        suggestions.job(anonymous_wait),
        feedback_asks.JOB,
        weekly_sync.JOB,
        sync_asks.JOB,
        overdue_reminders.JOB,
        kpi_report.JOB,
    )
    return {job.name: job for job in jobs}


def schedules_of(jobs: Jobs) -> SchedulesByJob:
    return tuple((job.name, job.schedules) for job in jobs.values())


JOBS = all_jobs()
"""Those of a program that no database was configured for."""
