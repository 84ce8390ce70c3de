"""Brings KPI values that nobody has to enter: from our own records, and from databases that are configured."""

from datetime import timedelta

from domain.kpis.sources.databases import KPI_SOURCES, Fetch, Fetched, record_fetched
from domain.kpis.sources.derived import derive_values
from domain.schedules.defaults import DefaultSchedules
from jobs.base import Job, Preparation, Run


def job(fetch: Fetch) -> Job[Fetched | None]:
    """`fetch` asks the database that a schedule is for; without a subject it is for our own records."""

    def prepare(this: Preparation) -> Fetched | None:
        return fetch(this.subject) if this.subject else None

    return Job(
        KPI_SOURCES,
        "work out KPIs from our own records, ask other databases",
        run,
        timedelta(days=365),
        DefaultSchedules(workspace="daily 01:00"),
        prepare,
        is_slow=bool,
        quotes=True,  # a database's error may quote its rows
    )


def run(this: Run[Fetched | None]) -> str:
    if this.prepared is not None:
        return record_fetched(this.work, this.prepared, this.subject, this.day, this.slot, now=this.now)
    derived = derive_values(this.work, now=this.now)
    return f"{derived} worked out" if derived else ""
