"""Whom a schedule is for, as people call it."""

from domain.core import UnitOfWork
from domain.people.record import Member, TeamChannel


def name_of(work: UnitOfWork, subject: str) -> str:
    """Whom or which channel a schedule is for."""
    if not subject:
        return "workspace"
    channel = work.of(TeamChannel).one(channel_id=subject)
    member = None if channel else work.of(Member).one(user_id=subject)
    return f"#{channel.name}" if channel and channel.name else member.name if member else subject
