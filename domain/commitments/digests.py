"""The digest of a person and the overdue board of a channel: who is reminded of what, and when nobody is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from domain.calendars.working_days import calendar_of
from domain.commitments.boards import board_key, digest_key
from domain.commitments.ladder import EscalationLevel, Lateness, days_overdue, lateness, level
from domain.commitments.messages import Digest, OverdueBoard
from domain.commitments.queries import Commitment, open_commitments, open_in_channel, read_commitments
from domain.core import Before, Ref, UnitOfWork
from domain.people.record import Member, OverdueMode, TeamChannel
from domain.people.working_hours import works_on

DUE = (Lateness.OVERDUE, Lateness.TODAY, Lateness.SOON)


class Became(StrEnum):
    """What became of something owed since the reminder was sent."""

    OPEN = "open"
    DONE = "done"
    MOVED = "moved"
    SNOOZED = "snoozed"
    HANDED_OVER = "handed_over"


@dataclass(frozen=True, slots=True)
class Reminder:
    """A line of a digest or board. `days` it is overdue, in working days; `became` since the message was sent."""

    owed: Commitment
    lateness: Lateness
    days: int = 0
    became: Became = Became.OPEN


def send_digest(work: UnitOfWork, member: Member, reader: Member, day: date) -> int:
    """Tell `reader`, a person or who stands in for them, what they owe; nothing where nothing is due.

    Once on each of the reader's working days.
    """
    if not works_on(day, reader.quiet_days, calendar_of(work.workspace.country)):
        return 0
    due = due_for(work, member.user_id, day)
    if not due:
        return 0
    message = Digest(member.user_id, day, refs(due), to_deputy=reader != member)
    work.outbox.say(message, to=reader.user_id, once=digest_key(member.user_id, day))
    return len(due)


def due_for(work: UnitOfWork, user_id: str, day: date) -> list[Commitment]:
    """What a digest of that day tells: due by the last of the days that are soon, and not snoozed."""
    later = calendar_of(work.workspace.country).after(day, work.workspace.soon_days + 1)
    lines = reminders_of(work, open_commitments(work, day, owner=user_id, due=Before(later)), day)
    return [line.owed for line in lines if line.lateness in DUE and not line.owed.snoozed(day)]


def send_board(work: UnitOfWork, channel: TeamChannel, day: date) -> int:
    """Tell a channel what is overdue there, once on each working day, as its setting says. Returns how much."""
    if channel.overdue is OverdueMode.OFF or not calendar_of(work.workspace.country).is_working(day):
        return 0
    late = open_in_channel(work, channel.channel_id, day, due=Before(day))
    if channel.overdue is OverdueMode.ESCALATION:
        late = [owed for owed in late if level_of(work, owed, day) is not EscalationLevel.OWNER]
    if not late:
        return 0
    message = OverdueBoard(channel.channel_id, day, refs(late))
    work.outbox.say(message, to=channel.channel_id, once=board_key(channel.channel_id, day))
    return len(late)


def digest_lines(work: UnitOfWork, message: Digest) -> list[Reminder]:
    """The digest's lines as they are now."""
    calendar = calendar_of(work.workspace.country)
    last_due = max(calendar.after(message.day, work.workspace.soon_days), message.day)
    items = read_commitments(work, message.items, message.day)
    return reminders_of(work, items, message.day, last_due=last_due, was_owner=message.member)


def board_lines(work: UnitOfWork, message: OverdueBoard) -> list[Reminder]:
    """The board's lines as they are now. A snooze is between the owner and the bot."""
    items = read_commitments(work, message.items, message.day)
    lines = reminders_of(work, items, message.day, last_due=message.day - timedelta(days=1))
    return [replace(line, became=Became.OPEN) if line.became is Became.SNOOZED else line for line in lines]


def reminders_of(
    work: UnitOfWork, items: Sequence[Commitment], day: date, *, last_due: date = date.max, was_owner: str = ""
) -> list[Reminder]:
    """Lines about these things as they stand on a day."""
    calendar, soon = calendar_of(work.workspace.country), work.workspace.soon_days
    lines = []
    for owed in items:
        late = lateness(owed.due, day, calendar, soon) if owed.due else Lateness.LATER
        days = days_overdue(owed.due, day, calendar) if owed.due else 0
        lines.append(Reminder(owed, late, days, became(owed, day, last_due=last_due, was_owner=was_owner)))
    return lines


def level_of(work: UnitOfWork, owed: Commitment, day: date) -> EscalationLevel:
    if owed.due is None:
        return EscalationLevel.OWNER
    return level(days_overdue(owed.due, day, calendar_of(work.workspace.country)), work.workspace)


def refs(items: Sequence[Commitment]) -> tuple[Ref, ...]:
    return tuple(owed.ref for owed in items)


def became(owed: Commitment, day: date, *, last_due: date, was_owner: str) -> Became:
    """`last_due`: the latest due day that the reminder of `day` takes in; `was_owner`: whose it is, empty for all."""
    if owed.finished:
        return Became.DONE
    if was_owner and owed.owner != was_owner:
        return Became.HANDED_OVER
    if owed.due is None or owed.due > last_due:
        return Became.MOVED
    return Became.SNOOZED if owed.snoozed(day) else Became.OPEN
