"""All jobs, by name."""

from jobs import kpi_alerts
from jobs.base import Job

JOBS: dict[str, Job] = {job.name: job for job in (kpi_alerts.JOB,)}
