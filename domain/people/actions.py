"""Knowing people: what Slack says of them, and the roles they have here."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from domain.core import FormErrors, UnitOfWork, words
from domain.people.record import Member, Role, Workspace
from domain.schedules.actions import schedule_member

FROM_SLACK = ("name", "locale", "timezone", "is_admin", "active", "seen_at")


def facts_from_slack(seen: Member, workspace: Workspace) -> dict[str, Any]:
    """Name, locale, time zone, admin, active: the fields of a member that Slack fills. The others are their own."""
    return {name: getattr(seen, name) for name in FROM_SLACK} | {"timezone": seen.timezone or workspace.timezone}


def register(work: UnitOfWork, seen: Member, *, now: datetime) -> Member:
    """Take over what Slack says of a person, and make them a member if they are none yet.

    Never because they looked at something: a row beside an anonymous suggestion would name its author.
    """
    fresh = facts_from_slack(seen, work.workspace)
    member = work.of(Member).one(user_id=seen.user_id)
    if member is None:
        member = work.of(Member).add(Member(user_id=seen.user_id, **fresh), by="", at=now, verb="met")
    else:
        member = work.of(Member).change(member, by="", at=now, verb="seen", **fresh).record
    if member.active:
        schedule_member(work, member, now=now)
    return member


def take_over_directory(work: UnitOfWork, everyone: Sequence[Member], using: Collection[str], *, now: datetime) -> int:
    """Take over what Slack says of all people. Who is in a channel of the bot's (`using`) becomes a member, whether
    they ever used it or not. Returns how many are new.
    """
    members = {member.user_id: member for member in work.of(Member).find()}
    unchanged, new = [], 0
    for seen in everyone:
        member = members.get(seen.user_id)
        fresh = facts_from_slack(seen, work.workspace)
        if member and all(getattr(member, name) == value for name, value in fresh.items() if name != "seen_at"):
            unchanged.append({"id": member.id, "seen_at": seen.seen_at})
        elif member or (seen.active and seen.user_id in using):
            register(work, seen, now=now)
            new += member is None
    work.of(Member).change_all(unchanged, verb="seen")
    return new


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
