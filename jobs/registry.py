"""All jobs, by name."""

from jobs import feedback_asks, kpi_alerts, kpi_report, kpi_sources, overdue_reminders, sync_asks, weekly_sync
from jobs.base import Job

JOBS: dict[str, Job] = {
    job.name: job
    for job in (
        kpi_alerts.JOB,
        kpi_sources.JOB,
        kpi_report.JOB,
        feedback_asks.JOB,
        overdue_reminders.JOB,
        weekly_sync.JOB,
        sync_asks.JOB,
    )
}
