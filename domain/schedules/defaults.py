"""The schedules that a job brings: the wiring hands them to the units of work, for the domain knows no job."""

from collections.abc import Callable
from dataclasses import dataclass

from domain.people.record import Member, TeamChannel, Workspace


@dataclass(frozen=True, slots=True)
class DefaultSchedules:
    """The rules by which a job is due for each person and team channel, and for the workspace; none: not for them.

    Each in the time zone of whom it is for. `at_once`: the first time as soon as it is scheduled.
    """

    member: Callable[[Member], str] | None = None
    channel: Callable[[TeamChannel, Workspace], str] | None = None
    workspace: str = ""
    at_once: bool = False


SchedulesByJob = tuple[tuple[str, DefaultSchedules], ...]
