"""What Slack lets nothing through to: noted, told once to who can mend it, and tried again when they say."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from domain.core.activity import Activity
from domain.core.errors import AlreadyDone
from domain.core.ports import UnitOfWork
from domain.destinations.messages import TargetStopped
from domain.destinations.record import Stop
from domain.destinations.rights import TRY_AGAIN
from domain.people.record import Member, TeamChannel

MOST_TOLD = 3


@dataclass(frozen=True, slots=True)
class Held:
    """A stop, and how many messages wait for it (0 for that of an action)."""

    stop: Stop
    waiting: int


def stop_target(work: UnitOfWork, target: str, error: str, *, now: datetime, admins: Iterable[str] = ()) -> None:
    """Hold back what is for `target` (a conversation, an action, or '' for the workspace), and say so, once a cause.

    `admins`: who is one by configuration; empty means as Slack says.
    """
    known = work.of(Stop).one(target=target)
    if known is None:
        stop = work.of(Stop).add(Stop(target=target, error=error, since=now), by="", at=now, verb="stopped")
    elif known.held and known.mended_at is None:
        return
    elif known.mended_at is None:  # tried again, in vain
        stop = work.of(Stop).change(known, by="", at=now, verb="stopped", error=error, held=True).record
        if stop.error == known.error:
            _show_anew(work, stop)
            return
        stop = work.of(Stop).change(stop, by="", at=now, verb="stopped", times=stop.times + 1).record
    else:
        anew = {"error": error, "since": now, "held": True, "mended_at": None, "tried_by": "", "times": known.times + 1}
        stop = work.of(Stop).change(known, by="", at=now, verb="stopped", **anew).record
    told = who_can_mend(work, target, tuple(admins))
    for user_id in told:
        work.outbox.say(TargetStopped(stop.id, user_id), to=user_id, once=told_key(stop, user_id))
    work.of(Stop).change(stop, by="", at=now, verb="told", told=told)


def try_again(work: UnitOfWork, member: Member, stop_id: int, *, now: datetime) -> Stop:
    """Let one message after the other try, until Slack refuses again. Raises AlreadyDone where nothing is stopped."""
    stop = work.of(Stop).get(stop_id)
    TRY_AGAIN.check(work, member, stop)
    if stop.mended_at is not None:
        raise AlreadyDone("This works again; nothing is held back any more.")
    if not stop.held:
        raise AlreadyDone("It is being tried again right now.")
    return _let_try(work, stop, member.user_id, now)


def resume(work: UnitOfWork, *targets: str, now: datetime) -> None:
    """Something has changed (the bot was invited, or started with another token): try by itself."""
    for stop in work.of(Stop).find(target=targets, held=True, mended_at=None):
        _let_try(work, stop, "", now)


def mended(work: UnitOfWork, *targets: str, now: datetime) -> None:
    """Messages get through to these again."""
    for stop in work.of(Stop).find(target=targets, mended_at=None):
        _show_anew(work, work.of(Stop).change(stop, by="", at=now, verb="mended", held=False, mended_at=now).record)


def held_back(work: UnitOfWork) -> list[Held]:
    """What is stopped now, the oldest first."""
    return [held(work, stop) for stop in work.of(Stop).find(mended_at=None, order="since")]


def held(work: UnitOfWork, stop: Stop) -> Held:
    """A stop with what waits for it."""
    return Held(stop, work.outbox.waiting(stop.target))


def told_key(stop: Stop, user_id: str) -> str:
    """The key of the message that tells a person of it."""
    return f"stop:{stop.id}:{stop.times}:{user_id}"


def who_can_mend(work: UnitOfWork, target: str, admins: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Who set the channel up; else admins, at most three. Never who cannot be reached."""
    channel = work.of(TeamChannel).one(channel_id=target) if target else None
    if channel is not None:
        changes = work.of(Activity).find(subject="channels", subject_id=channel.id, order="-id", limit=5)
        for user_id in (change.by for change in changes):
            member = work.of(Member).one(user_id=user_id) if user_id else None
            if member is not None and member.active:
                return (user_id,)
    by_slack = (member.user_id for member in work.of(Member).find(is_admin=True, active=True))
    return tuple(user_id for user_id in (admins or by_slack) if user_id != target)[:MOST_TOLD]


def _let_try(work: UnitOfWork, stop: Stop, by: str, now: datetime) -> Stop:
    tried = work.of(Stop).change(stop, by=by, at=now, verb="tried", held=False, tried_by=by).record
    _show_anew(work, tried)
    return tried


def _show_anew(work: UnitOfWork, stop: Stop) -> None:
    for user_id in stop.told:
        work.outbox.refresh(told_key(stop, user_id))
