"""Who hears of things in place of somebody who is away: whose account is closed, or for whom every day is quiet."""

from domain.core import UnitOfWork
from domain.people.record import Member

WEEK = 7


def is_away(member: Member) -> bool:
    return not member.active or len(set(member.quiet_days)) == WEEK


def reader_for(work: UnitOfWork, member: Member) -> Member | None:
    """The person, or whoever stands in while they are away; None where nobody does."""
    if not is_away(member):
        return member
    deputy = _member(work, member.deputy)
    return None if deputy is None or is_away(deputy) else deputy


def deputy_of(work: UnitOfWork, user_id: str) -> str:
    """Who stands in for a person, and may do what they may; empty where nobody does."""
    member = _member(work, user_id)
    return member.deputy if member else ""


def reader_id(work: UnitOfWork, user_id: str) -> str:
    """Whose direct messages it goes to; empty where nobody would read it. Whom nobody knows is taken to read."""
    member = _member(work, user_id)
    reader = None if member is None else reader_for(work, member)
    return user_id if member is None else reader.user_id if reader else ""


def _member(work: UnitOfWork, user_id: str) -> Member | None:
    """Only looked at, so not locked."""
    return next(iter(work.of(Member).find(user_id=user_id)), None) if user_id else None
