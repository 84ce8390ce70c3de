"""Reads once a day who works here: people become members by being in a channel of the bot's, not by using it."""

from dataclasses import dataclass
from datetime import timedelta

from domain.core import NotFound, NotNow
from domain.people.actions import take_over_directory
from domain.people.record import Member
from domain.schedules.defaults import DefaultSchedules
from jobs.base import Job, Preparation, Run


@dataclass(frozen=True, slots=True)
class Directory:
    """What Slack says of all people, and who of them is in a channel that the bot is in."""

    everyone: tuple[Member, ...] = ()
    using: frozenset[str] = frozenset()


def prepare(this: Preparation) -> Directory:
    """Nothing where Slack does not answer, or may not be asked: it is read the next day."""
    try:
        everyone = tuple(this.directory.everyone())
        channels = this.directory.channels()
        return Directory(everyone, frozenset(who for channel in channels for who in this.directory.people_in(channel)))
    except (NotFound, NotNow):
        return Directory()


def run(this: Run[Directory]) -> str:
    new = take_over_directory(this.work, this.prepared.everyone, this.prepared.using, now=this.begun_at)
    return f"{new} new" if new else ""


JOB = Job(
    "directory",
    "read who is in the bot's channels",
    run,
    timedelta(days=2),
    DefaultSchedules(workspace="daily 02:00", at_once=True),
    prepare,
    is_slow=lambda _subject: True,
)
