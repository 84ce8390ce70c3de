"""Knowing people: what Slack says of them, and the roles they have here."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from domain.core import FormErrors, UnitOfWork, words
from domain.people.record import Member, Role
from domain.schedules.actions import schedule_member

FROM_SLACK = ("name", "locale", "timezone", "is_admin", "active", "seen_at")


def register(work: UnitOfWork, seen: Member, *, now: datetime) -> Member:
    """Take over what Slack says of a person: name, locale, time zone, admin. Their own settings stay as they are."""
    fresh: dict[str, Any] = {name: getattr(seen, name) for name in FROM_SLACK}
    fresh["timezone"] = seen.timezone or work.workspace.timezone
    member = work.of(Member).one(user_id=seen.user_id)
    if member is None:
        member = work.of(Member).add(Member(user_id=seen.user_id, **fresh), by="", at=now, verb="met")
    else:
        member = work.of(Member).change(member, by="", at=now, verb="seen", **fresh).record
    if member.active:
        schedule_member(work, member, now=now)
    return member


def unknown_members(work: UnitOfWork, user_ids: Collection[str]) -> list[str]:
    """Those whom the bot has never met; Slack has to be asked about them."""
    wanted = tuple(dict.fromkeys(user_id for user_id in user_ids if user_id))
    met = {member.user_id for member in work.of(Member).find(user_id=wanted)} if wanted else set()
    return [user_id for user_id in wanted if user_id not in met]


def can_own(work: UnitOfWork, user_id: str, field: str = "owner") -> None:
    """Raises FormErrors for `field` where this is a bot, or somebody who has left; whom nobody knows yet may be."""
    member = work.of(Member).one(user_id=user_id) if user_id else None
    if member is not None and not member.active:
        said = words("{who} is not here any more, or is a bot. Choose somebody else.", who=name_of(work, user_id))
        raise FormErrors({field: said})


def name_of(work: UnitOfWork, user_id: str) -> str:
    """What a person is called in a sentence that is no mrkdwn; the id where nothing more is known."""
    member = work.of(Member).one(user_id=user_id)
    return member.name if member and member.name else user_id


def give_role(work: UnitOfWork, role: Role, user_ids: Collection[str], *, by: str, now: datetime) -> None:
    """Make these people, and nobody else, have the role. All of them have to be known."""
    for member in work.of(Member).find():
        has, should = role in member.roles, member.user_id in user_ids
        if has != should:
            roles = (*member.roles, role) if should else tuple(other for other in member.roles if other is not role)
            work.of(Member).change(member, by=by, at=now, verb="role", roles=roles)


def with_role(work: UnitOfWork, role: Role) -> tuple[str, ...]:
    return tuple(member.user_id for member in work.of(Member).find() if role in member.roles)
