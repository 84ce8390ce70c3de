"""Reminds people of what they owe, channels of what is overdue there, and heads of what has been so for too long."""

from datetime import timedelta

from domain.commitments.digests import send_board, send_digest
from domain.commitments.escalation import escalate_to
from domain.commitments.recipients import strangers_concerned
from domain.people.deputies import reader_for
from domain.people.record import Member
from domain.people.rosters import NOBODY, Roster, meet, remember
from domain.people.routing import team_channel
from domain.schedules.defaults import DefaultSchedules
from jobs.base import Job, Preparation, Run

SCHEDULES = DefaultSchedules(
    member=lambda member: f"daily {member.digest_time:%H:%M}",
    channel=lambda _channel, _workspace: "daily 09:00",
    workspace="every 30",  # meets those who owe something
)


def prepare(this: Preparation) -> Roster:
    """Whoever owes something is met, so that there is a digest for them; done for the workspace as a whole."""
    if this.subject:
        return NOBODY
    with this.reading() as work:
        strangers = strangers_concerned(work, this.now.date())
    return Roster(strangers=meet(this.directory, strangers))


def run(this: Run[Roster]) -> str:
    if not this.subject:
        remember(this.work, this.prepared, now=this.begun_at)
        met = sum(stranger.active for stranger in this.prepared.strangers)
        return f"{met} met" if met else ""
    return _show_board(this) if this.is_for_channel else _remind(this)


def _show_board(this: Run[Roster]) -> str:
    channel = team_channel(this.work, this.subject)
    overdue = send_board(this.work, channel, this.day) if channel else 0
    return f"{overdue} overdue" if overdue else ""


def _remind(this: Run[Roster]) -> str:
    member = next(iter(this.work.of(Member).find(user_id=this.subject)), None)  # not locked: the record is only read
    reader = None if member is None else reader_for(this.work, member)
    if member is None or reader is None:
        return ""
    escalated = escalate_to(this.work, member, reader, this.day, now=this.now)  # first: the digest tells of it
    reminded = send_digest(this.work, member, reader, this.day)
    return f"{reminded} reminded, {escalated} escalated" if reminded or escalated else ""


JOB = Job(
    "overdue-reminders",
    "remind of what is due, show what is overdue, escalate",
    run,
    timedelta(hours=10),
    SCHEDULES,
    prepare,
)
