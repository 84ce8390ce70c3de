"""Telling the department head, and later the sponsor, what has been overdue for too long: once a thing and level."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import cache, partial

from domain.calendars.working_days import calendar_of
from domain.commitments.digests import level_of, refs
from domain.commitments.ladder import EscalationLevel
from domain.commitments.messages import Escalation
from domain.commitments.queries import Commitment, open_commitments
from domain.core import Before, UnitOfWork
from domain.people.deputies import reader_id
from domain.people.record import Department, Member
from domain.people.routing import department_of, process_of, team_channel
from domain.people.working_hours import works_on


def escalate_to(work: UnitOfWork, member: Member, reader: Member, day: date, *, now: datetime) -> int:
    """Tell a head or sponsor, in one message, what has newly come to their level. Returns how much.

    `reader` is the same person, or who stands in for them.

    That they were told is kept on the record itself (`escalated`), in the same transaction: nothing is told twice, and
    a new due date begins the ladder anew.
    """
    if not works_on(day, reader.quiet_days, calendar_of(work.workspace.country)) or not _hears(work, member.user_id):
        return 0
    newly_theirs = list(_newly_theirs(work, member.user_id, day))
    if not newly_theirs:
        return 0
    for owed, levels in newly_theirs:
        _remember(work, owed, levels, now)
    items = [owed for owed, _ in newly_theirs]
    message = Escalation(member.user_id, day, refs(items), to_deputy=reader != member)
    work.outbox.say(message, to=reader.user_id, once=f"escalation:{member.user_id}:{day}")
    return len(items)


def head_for(work: UnitOfWork, owed: Commitment, reader_of: Callable[[str], str]) -> str:
    """Who leads the department of the process, else of the channel: head, deputy, or the sponsor.

    The first of them whom a message reaches and who is not the owner; nobody where there is no department.
    """
    department = department_of(work, process_of(work, owed.process_id)) or _department_of_channel(work, owed.channel)
    if department is None:
        return ""
    leading = (department.head, department.deputy, work.workspace.sponsor)
    nobody = ("", owed.owner)
    return next((one for one in leading if one not in nobody and reader_of(one) not in nobody), "")


def _newly_theirs(work: UnitOfWork, user_id: str, day: date) -> Iterator[tuple[Commitment, list[EscalationLevel]]]:
    sponsor = work.workspace.sponsor
    reader_of = cache(partial(reader_id, work))  # each is looked up once
    for owed in open_commitments(work, day, due=Before(day)):
        reached = level_of(work, owed, day)
        levels = []
        if (
            reached is not EscalationLevel.OWNER
            and EscalationLevel.HEAD not in owed.escalated
            and head_for(work, owed, reader_of) == user_id
        ):
            levels.append(EscalationLevel.HEAD)
        if (
            reached is EscalationLevel.SPONSOR
            and EscalationLevel.SPONSOR not in owed.escalated
            and user_id == sponsor != owed.owner
        ):
            levels.append(EscalationLevel.SPONSOR)
        if levels:
            yield owed, levels


def _hears(work: UnitOfWork, user_id: str) -> bool:
    """Whether anything can be escalated to this person at all; spares most people the look at everything."""
    return user_id == work.workspace.sponsor or any(
        user_id in (department.head, department.deputy) for department in work.of(Department).find()
    )


def _remember(work: UnitOfWork, commitment: Commitment, levels: list[EscalationLevel], now: datetime) -> None:
    records = work.of(work.kinds.named(commitment.ref.kind).record)
    escalated = (*commitment.escalated, *levels)
    records.change(records.get(commitment.ref.id), by="", at=now, verb="escalated", escalated=escalated)


def _department_of_channel(work: UnitOfWork, channel_id: str) -> Department | None:
    channel = team_channel(work, channel_id) if channel_id else None
    if channel is not None and channel.department_id is not None:
        return work.of(Department).get(channel.department_id)
    return work.of(Department).one(channel=channel_id) if channel_id else None
