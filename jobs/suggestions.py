"""Takes in the anonymous suggestions of the last minutes together, so that the time of one tells nothing."""

from datetime import timedelta

from domain.schedules.defaults import DefaultSchedules
from domain.suggestions.actions import TAKES_IN, take_in_waiting
from jobs.base import Job, Run


def job(minutes: int) -> Job[None]:
    """Without `minutes` nothing waits, but for what has waited since it was set otherwise."""
    schedules = DefaultSchedules(workspace=f"every {minutes}" if minutes else "")
    return Job(TAKES_IN, "take in anonymous suggestions", run, timedelta(days=365), schedules)


def run(this: Run[None]) -> str:
    taken = take_in_waiting(this.work)
    return f"{taken} taken in" if taken else ""
