"""The shape of a job."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from domain.core.ports import Directory, UnitOfWork, Work
from domain.kpis.sources.databases import Fetched
from domain.people.rosters import NOBODY, Roster

Prepared = Roster | Fetched


class Stopped(Exception):
    """The program ends; what a job has asked others for is not known, and its period is due again."""


class Sources(Protocol):
    """Other databases that KPI values come from."""

    def fetch(self, subject: str) -> Fetched:
        """Ask the one that a schedule is for; no unit of work may be open. Raises Stopped."""
        ...

    def stop(self) -> None:
        """Wait for no answer any more, for the program ends."""
        ...


@dataclass(frozen=True, slots=True)
class Run:
    """One period of one schedule. `subject` is a channel or person, or empty for the workspace.

    `day` is the date of the period, local to the schedule (in UTC where it is due every so many minutes), `late` how
    long ago it was due, `prepared` what `prepare` found.
    """

    work: UnitOfWork
    subject: str
    day: date
    slot: str
    now: datetime
    late: timedelta
    prepared: Prepared = NOBODY

    @property
    def roster(self) -> Roster:
        return self.prepared if isinstance(self.prepared, Roster) else NOBODY

    @property
    def is_for_channel(self) -> bool:
        return self.subject.startswith(("C", "G"))


@dataclass(frozen=True, slots=True)
class Preparation:
    """What a job may look at before its run, one at a time.

    The records (`with this.reading() as work`), Slack, and the databases that KPI values come from.
    """

    reading: Work
    directory: Directory
    sources: Sources
    subject: str
    now: datetime


@dataclass(frozen=True, slots=True)
class Job:
    """`run` queues what is to be said, and returns a few words for the log; empty when there was nothing to do.

    `catch_up`: how late a period may still be run after an outage; an older one is noted as skipped.
    `prepare`: asks others (Slack, a database) before the run's unit of work is opened; its answer is `prepared`.
    `is_slow`: tells, by the subject, whether that may take long; then it holds up nothing else.
    `quotes`: its few words may quote what others wrote, so they are not logged.
    """

    name: str
    does: str  # for `gemba jobs list`
    run: Callable[[Run], str]
    catch_up: timedelta
    prepare: Callable[[Preparation], Prepared] | None = None
    is_slow: Callable[[str], bool] = lambda _subject: False
    quotes: bool = False
