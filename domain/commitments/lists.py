"""Lists of what people have promised, of one kind of record."""

from datetime import date
from typing import Any

from domain.commitments.queries import Commitment, commitment_of
from domain.core import Before, UnitOfWork, UserError
from domain.people.record import Member
from domain.text.command_words import word_of

LISTS = (MINE := "mine", CHANNEL := "channel", OVERDUE := "overdue")


def which_list(typed: str) -> str:
    """`mine`, `channel` or `overdue`, as somebody types it in either language. Raises UserError for another word."""
    which = word_of(typed or MINE, LISTS)
    if not which:
        raise UserError("There is no list “{name}”. Try mine, channel or overdue.", name=typed.strip())
    return which


def listed(work: UnitOfWork, kind: str, which: str, member: Member, channel: str, today: date) -> list[Commitment]:
    """What is open: the member's own, what stands in a channel, or all that is overdue; by due day."""
    given: dict[str, dict[str, Any]] = {
        MINE: {"owner": member.user_id},
        CHANNEL: {"channel": channel},
        OVERDUE: {"due": Before(today)},
    }
    listed_kind, promises = work.kinds.promised(kind)
    records = work.of(listed_kind.record).find(**promises.open, **given[which], order="due")
    return [commitment_of(work, record) for record in records]
