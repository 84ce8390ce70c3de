"""Digests, overdue boards and escalations. Sent first, they name what is open; later, what became of it too."""

from collections.abc import Sequence

from domain.commitments.boards import board_key, digest_key
from domain.commitments.digests import Became, Reminder, board_lines, digest_lines, reminders_of
from domain.commitments.messages import Digest, Escalation, OverdueBoard
from domain.commitments.queries import read_commitments
from views.cards.looks import Makers, Making
from views.commitments import digests as reminders
from views.core import Rendered


def _digest(message: Digest, making: Making) -> Rendered | None:
    key = digest_key(message.member, message.day)
    lines = _still_to_say(making, key, digest_lines(making.work, message))
    if not lines:
        return None
    day, member = message.day, message.member
    return reminders.digest(day, lines, making.t, making.link_of, owner=member, to_deputy=message.to_deputy)


def _board(message: OverdueBoard, making: Making) -> Rendered | None:
    key = board_key(message.channel_id, message.day)
    lines = _still_to_say(making, key, board_lines(making.work, message))
    return reminders.board(message.day, lines, making.t, making.link_of) if lines else None


def _escalation(message: Escalation, making: Making) -> Rendered | None:
    work = making.work
    items = read_commitments(work, message.items, message.day)
    late = [owed for owed in items if not owed.finished and owed.overdue(message.day)]
    if not late:
        return None
    lines = reminders_of(work, late, message.day)
    sponsor = message.member == work.workspace.sponsor
    away = message.member if message.to_deputy else ""
    return reminders.escalation(lines, making.t, making.link_of, sponsor=sponsor, away=away)


def _still_to_say(making: Making, key: str, lines: Sequence[Reminder]) -> list[Reminder]:
    """Before the first sending, what was done a minute ago is left out; after it, it is shown as done."""
    sent = making.work.outbox.posted(key) is not None
    return [line for line in lines if sent or line.became is Became.OPEN]


MAKERS: Makers = {Digest: _digest, OverdueBoard: _board, Escalation: _escalation}
