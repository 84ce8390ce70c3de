"""Moving a record on, whatever kind it is: fetched, locked, allowed, changed, and told to whom it concerns."""

from datetime import datetime
from typing import Any, TypeVar

from domain.core import Changed, Record, UnitOfWork
from domain.people.record import Member

R = TypeVar("R", bound=Record)


def changeable(work: UnitOfWork, member: Member, record: type[R], record_id: int) -> R:
    """A record, locked, for somebody who may change it. Raises NotFound, NotAllowed."""
    stored = work.of(record).get(record_id)
    may_change = work.kinds.of(record).may_change
    if may_change is not None:
        may_change(work, member, stored)
    return stored


def unfinished(work: UnitOfWork, member: Member, record: type[R], record_id: int) -> R:
    """The same of one that has not ended. Raises AlreadyDone with how it did, and by whose hand, too."""
    return not_ended(work, changeable(work, member, record, record_id))


def not_ended(work: UnitOfWork, record: R) -> R:
    """Raises AlreadyDone where it has ended."""
    kind = work.kinds.of(type(record))
    if kind.promises is not None and getattr(record, kind.promises.until) is not None and kind.already is not None:
        raise kind.already(work, record)
    return record


def move(work: UnitOfWork, record: R, *, by: str, now: datetime, verb: str, **fields: Any) -> Changed[R]:
    """Change a record, and bring what its kind shows of it up to date: card, thread, digests, boards."""
    changed = work.of(type(record)).change(record, by=by, at=now, verb=verb, **fields)
    for follow_up in work.kinds.of(type(record)).after:
        follow_up(work, changed)
    return changed
