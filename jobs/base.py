"""The shape of a job."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class Run:
    """One period of one schedule. `subject` is a channel or person, or empty for the workspace.

    `day` is the local date of the period, `late` how long ago it was due.
    """

    work: UnitOfWork
    subject: str
    day: date
    slot: str
    now: datetime
    late: timedelta

    @property
    def is_for_channel(self) -> bool:
        return self.subject.startswith(("C", "G"))


@dataclass(frozen=True, slots=True)
class Job:
    """`run` queues what is to be said, and returns a few words for the log; empty when there was nothing to do.

    `catch_up`: how late a period may still be run after an outage; an older one is noted as skipped.
    """

    name: str
    does: str  # for `gemba jobs list`
    run: Callable[[Run], str]
    catch_up: timedelta
