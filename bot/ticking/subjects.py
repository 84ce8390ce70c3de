"""Whom a schedule is for, as people call it."""

from domain.core.ports import UnitOfWork


def name_of(work: UnitOfWork, subject: str) -> str:
    """Whom or which channel a schedule is for."""
    if not subject:
        return "workspace"
    channel = work.channels.one(channel_id=subject)
    member = None if channel else work.members.one(user_id=subject)
    return f"#{channel.name}" if channel and channel.name else member.name if member else subject
