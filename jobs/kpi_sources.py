"""Brings KPI values that nobody has to enter: from our own records, and from databases that are configured."""

from datetime import timedelta

from domain.kpis.sources.databases import Fetched, record_fetched
from domain.kpis.sources.derived import derive_values
from domain.people.rosters import NOBODY
from domain.schedules.actions import KPI_SOURCES
from jobs.base import Job, Preparation, Prepared, Run


def prepare(this: Preparation) -> Prepared:
    """Ask the database that the schedule is for."""
    return this.sources.fetch(this.subject) if this.subject else NOBODY


def run(this: Run) -> str:
    if isinstance(this.prepared, Fetched):
        return record_fetched(this.work, this.prepared, this.subject, this.day, this.slot, now=this.now)
    derived = derive_values(this.work, now=this.now)
    return f"{derived} worked out" if derived else ""


JOB = Job(
    KPI_SOURCES,
    "work out KPIs from our own records, ask other databases",
    run,
    timedelta(days=365),
    prepare,
    is_slow=bool,
    quotes=True,  # a database's error may quote its rows
)
