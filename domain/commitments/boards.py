"""The keys of messages that stand for a day or a week, and their being brought up to date when work moves."""

from datetime import date
from typing import Any

from domain.core import Changed, UnitOfWork
from domain.people.record import Member, TeamChannel
from domain.people.routing import is_place_of, process_of, today_in, today_of


def digest_key(user_id: str, day: date) -> str:
    return f"digest:{user_id}:{day}"


def board_key(channel_id: str, day: date) -> str:
    return f"overdue:{channel_id}:{day}"


def sync_key(channel_id: str, week: date) -> str:
    return f"sync:{channel_id}:{week}"


def refresh_reminders(work: UnitOfWork, change: Changed[Any]) -> None:
    """Work was done, moved or handed over: today's boards and its owner's digest show it at once."""
    changed, now = change.before, change.activity.at
    promises = work.kinds.of(type(changed)).promises
    owner = work.of(Member).one(user_id=changed.owner) if changed.owner else None
    if owner is not None:
        work.outbox.refresh(digest_key(owner.user_id, today_of(owner, work.workspace, now)))
    process = process_of(work, promises.process_of(changed) if promises else None)
    for channel in work.of(TeamChannel).find():
        if changed.channel == channel.channel_id or (process is not None and is_place_of(channel, process)):
            work.outbox.refresh(board_key(channel.channel_id, today_in(channel, work.workspace, now)))
