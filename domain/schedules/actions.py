"""Which schedules there are: rows that follow from people's and channels' settings, by the rules that jobs bring."""

from datetime import datetime

from domain.core import UnitOfWork
from domain.people.record import Member, TeamChannel, Workspace
from domain.people.routing import zone
from domain.schedules.record import Schedule
from domain.schedules.slots import rule


def schedule_member(work: UnitOfWork, member: Member, *, now: datetime) -> None:
    for job, due in work.default_schedules:
        if due.member:
            schedule(work, job, member.user_id, due.member(member), member.timezone, now=now)


def schedule_channel(work: UnitOfWork, channel: TeamChannel, *, now: datetime) -> None:
    timezone = channel.timezone or work.workspace.timezone
    for job, due in work.default_schedules:
        if due.channel:
            schedule(work, job, channel.channel_id, due.channel(channel, work.workspace), timezone, now=now)


def schedule_workspace(work: UnitOfWork, workspace: Workspace, *, now: datetime) -> None:
    """What is due for the workspace, or for something in it that has no time zone of its own (a database, say)."""
    for job, due in work.default_schedules:
        if due.workspace:
            schedule(work, job, "", due.workspace, workspace.timezone, now=now, at_once=due.at_once)
        if not (due.member or due.channel):
            for existing in work.of(Schedule).find(job=job):
                schedule(work, job, existing.subject, existing.rule, workspace.timezone, now=now)


def schedule(
    work: UnitOfWork, job: str, subject: str, text: str, timezone: str, *, now: datetime, at_once: bool = False
) -> None:
    """Make the schedule (`at_once`: it is due now), or move it to its new time.

    An unchanged one keeps its due time, so that nothing due is lost, unless that is later than the next one from `now`:
    it was made in a run by hand for a day to come.
    """
    existing = work.of(Schedule).one(job=job, subject=subject)
    next_due = rule(text).following(now, zone(timezone)).due
    if existing is None:
        first_due = now if at_once else next_due
        new = Schedule(job=job, subject=subject, rule=text, timezone=timezone, next_due=first_due)
        work.of(Schedule).add(new, by="", at=now)
    elif (existing.rule, existing.timezone) != (text, timezone) or existing.next_due > next_due:
        work.of(Schedule).change(existing, by="", at=now, rule=text, timezone=timezone, next_due=next_due)
