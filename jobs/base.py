"""The shape of a job."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.ports import Directory, UnitOfWork, Work
from domain.use_cases.rosters import NOBODY, Roster


@dataclass(frozen=True, slots=True)
class Run:
    """One period of one schedule. `subject` is a channel or person, or empty for the workspace.

    `day` is the local date of the period, `late` how long ago it was due, `roster` what `prepare` found.
    """

    work: UnitOfWork
    subject: str
    day: date
    slot: str
    now: datetime
    late: timedelta
    roster: Roster = NOBODY

    @property
    def is_for_channel(self) -> bool:
        return self.subject.startswith(("C", "G"))


@dataclass(frozen=True, slots=True)
class Preparation:
    """What a job may look at before its run: the records (`with this.reading() as work`) or Slack, one at a time."""

    reading: Work
    directory: Directory
    subject: str
    now: datetime


@dataclass(frozen=True, slots=True)
class Job:
    """`run` queues what is to be said, and returns a few words for the log; empty when there was nothing to do.

    `catch_up`: how late a period may still be run after an outage; an older one is noted as skipped.
    `prepare`: asks Slack who is where, before the run's unit of work is opened; its answer is the run's `roster`.
    """

    name: str
    does: str  # for `gemba jobs list`
    run: Callable[[Run], str]
    catch_up: timedelta
    prepare: Callable[[Preparation], Roster] | None = None
