"""The shape of a job."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Generic, TypeVar

from domain.core import Directory, UnitOfWork, Work
from domain.schedules.defaults import DefaultSchedules

Prepared = TypeVar("Prepared")


class Stopped(Exception):
    """The program ends; what a job has asked others for is not known, and its period is due again."""


@dataclass(frozen=True, slots=True)
class Run(Generic[Prepared]):
    """One period of one schedule. `subject` is a channel or person, or empty for the workspace.

    `day` is the date of the period, local to the schedule (in UTC where it is due every so many minutes), `late` how
    long ago it was due, `prepared` what `prepare` found. A run by hand may be for another moment (`now`) than the
    clock's (`begun_at`).
    """

    work: UnitOfWork
    subject: str
    day: date
    slot: str
    now: datetime
    begun_at: datetime
    late: timedelta
    prepared: Prepared

    @property
    def is_for_channel(self) -> bool:
        return self.subject.startswith(("C", "G"))


@dataclass(frozen=True, slots=True)
class Preparation:
    """What a job may look at before its run, one at a time: the records (`with this.reading() as work`), and Slack."""

    reading: Work
    directory: Directory
    subject: str
    now: datetime


@dataclass(frozen=True, slots=True)
class Job(Generic[Prepared]):
    """`run` queues what is to be said, and returns a few words for the log; empty when there was nothing to do.

    `catch_up`: how late a period may still be run after an outage; an older one is noted as skipped.
    `prepare`: asks others (Slack, a database) before the run's unit of work is opened; its answer is `prepared`, which
    is None without it.
    `is_slow`: tells, by the subject, whether that may take long; then it holds up nothing else.
    `quotes`: its few words may quote what others wrote, so they are not logged.
    """

    name: str
    does: str  # for `gemba jobs list`
    run: Callable[[Run[Prepared]], str]
    catch_up: timedelta
    schedules: DefaultSchedules = field(default_factory=DefaultSchedules)
    prepare: Callable[[Preparation], Prepared] | None = None
    is_slow: Callable[[str], bool] = lambda _subject: False
    quotes: bool = False
