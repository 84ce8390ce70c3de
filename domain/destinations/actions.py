"""What Slack blocks: noted, told once to who can mend it, and tried again when they say."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from domain.core import Activity, AlreadyDone, UnitOfWork
from domain.destinations.messages import TargetStopped
from domain.destinations.record import BlockedDestination
from domain.destinations.rights import TRY_AGAIN
from domain.people.record import Member, TeamChannel

MOST_NOTIFIED = 3


@dataclass(frozen=True, slots=True)
class Backlog:
    """A blocked destination, and how many messages wait for it (0 for an action)."""

    destination: BlockedDestination
    waiting: int


def block(work: UnitOfWork, target: str, error: str, *, now: datetime, admins: Iterable[str] = ()) -> None:
    """Hold back what is for `target` (a conversation, an action, or '' for the workspace), and say so, once a cause.

    `admins`: who is one by configuration; empty means as Slack says.
    """
    records = work.of(BlockedDestination)
    before = records.one(target=target)
    if before is None:
        blocked = records.add(BlockedDestination(target=target, error=error, since=now), by="", at=now, verb="stopped")
    elif before.held and before.mended_at is None:
        return
    elif before.mended_at is None:  # tried again, in vain
        blocked = records.change(before, by="", at=now, verb="stopped", error=error, held=True).record
        if blocked.error == before.error:
            _refresh_notices(work, blocked)
            return
        blocked = records.change(blocked, by="", at=now, verb="stopped", times=blocked.times + 1).record
    else:
        anew = {"error": error, "since": now, "held": True, "mended_at": None, "tried_by": ""}
        blocked = records.change(before, by="", at=now, verb="stopped", times=before.times + 1, **anew).record
    notified = who_can_unblock(work, target, tuple(admins))
    for user_id in notified:
        work.outbox.say(TargetStopped(blocked.id, user_id), to=user_id, once=notice_key(blocked, user_id))
    records.change(blocked, by="", at=now, verb="told", told=notified)


def try_again(work: UnitOfWork, member: Member, destination_id: int, *, now: datetime) -> BlockedDestination:
    """Let one message after the other try, until Slack refuses again. Raises AlreadyDone where it is not blocked."""
    destination = work.of(BlockedDestination).get(destination_id)
    TRY_AGAIN.check(work, member, destination)
    if destination.mended_at is not None:
        raise AlreadyDone("This works again; nothing is held back any more.")
    if not destination.held:
        raise AlreadyDone("It is being tried again right now.")
    return _let_try(work, destination, member.user_id, now)


def resume(work: UnitOfWork, *targets: str, now: datetime) -> None:
    """Something has changed (the bot was invited, or started with another token): try by itself."""
    for blocked in work.of(BlockedDestination).find(target=targets, held=True, mended_at=None):
        _let_try(work, blocked, "", now)


def resolve(work: UnitOfWork, *targets: str, now: datetime) -> None:
    """Messages get through to these again."""
    records = work.of(BlockedDestination)
    for blocked in records.find(target=targets, mended_at=None):
        resolved = records.change(blocked, by="", at=now, verb="mended", held=False, mended_at=now).record
        _refresh_notices(work, resolved)


def backlogs(work: UnitOfWork) -> list[Backlog]:
    """What is blocked now, the oldest first."""
    return [backlog(work, blocked) for blocked in work.of(BlockedDestination).find(mended_at=None, order="since")]


def backlog(work: UnitOfWork, destination: BlockedDestination) -> Backlog:
    """A blocked destination with what waits for it."""
    return Backlog(destination, work.outbox.waiting(destination.target))


def notice_key(destination: BlockedDestination, user_id: str) -> str:
    """The key of the message that tells a person of it."""
    return f"stop:{destination.id}:{destination.times}:{user_id}"


def who_can_unblock(work: UnitOfWork, target: str, admins: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Who set the channel up; else admins, at most three. Never who cannot be reached."""
    channel = work.of(TeamChannel).one(channel_id=target) if target else None
    if channel is not None:
        changes = work.of(Activity).find(subject="channels", subject_id=channel.id, order="-id", limit=5)
        for user_id in (change.by for change in changes):
            member = work.of(Member).one(user_id=user_id) if user_id else None
            if member is not None and member.active:
                return (user_id,)
    by_slack = (member.user_id for member in work.of(Member).find(is_admin=True, active=True))
    return tuple(user_id for user_id in (admins or by_slack) if user_id != target)[:MOST_NOTIFIED]


def _let_try(work: UnitOfWork, destination: BlockedDestination, by: str, now: datetime) -> BlockedDestination:
    tried = work.of(BlockedDestination).change(destination, by=by, at=now, verb="tried", held=False, tried_by=by).record
    _refresh_notices(work, tried)
    return tried


def _refresh_notices(work: UnitOfWork, destination: BlockedDestination) -> None:
    for user_id in destination.told:
        work.outbox.refresh(notice_key(destination, user_id))
