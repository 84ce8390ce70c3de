"""Changing settings: a person's own, the workspace's, and who has which role."""

from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from domain.core import FormErrors, Record, Records, UnitOfWork, words
from domain.people.actions import give_role
from domain.people.deputies import is_away
from domain.people.record import Member, Role, TeamChannel, Workspace
from domain.people.routing import zone
from domain.schedules.actions import schedule_channel, schedule_member, schedule_workspace
from domain.schedules.slots import rule
from domain.settings.forms import PersonForm, RolesForm, WorkspaceForm
from domain.settings.rights import CONFIGURE_WORKSPACE
from domain.suggestions.actions import announce_waiting

R = TypeVar("R", bound=Record)


def set_person(work: UnitOfWork, member: Member, form: PersonForm, *, now: datetime) -> Member:
    """Change a person's own settings. Their digest moves to its new time at once."""
    if form.deputy == member.user_id:
        raise FormErrors({"deputy": words("Choose somebody other than yourself.")})
    stored = work.of(Member).one(user_id=member.user_id) or member
    changed = apply(
        work.of(Member),
        stored,
        by=member.user_id,
        now=now,
        language="" if form.language == "slack" else form.language,
        digest_time=form.digest_time,
        quiet_days=tuple(sorted(form.quiet_days)),
        deputy=form.deputy,
    )
    schedule_member(work, changed, now=now)
    return replace(changed, is_admin=member.is_admin)


def next_digest(member: Member, now: datetime) -> datetime | None:
    """When their next digest may come; None when every day is quiet."""
    if is_away(member):
        return None
    daily, local, moment = rule(f"daily {member.digest_time:%H:%M}"), zone(member.timezone), now
    while True:
        moment = daily.following(moment, local).due
        if moment.astimezone(local).weekday() not in member.quiet_days:
            return moment


def set_workspace(work: UnitOfWork, member: Member, form: WorkspaceForm, *, now: datetime) -> Workspace:
    """Change the workspace's settings. What follows its time zone moves along."""
    CONFIGURE_WORKSPACE.check(member)
    before = work.workspace
    fields = _different(before, form.model_dump())
    if not fields:
        return before
    settings = work.set_workspace(by=member.user_id, at=now, **fields)
    if settings.triage_channel and settings.triage_channel != before.triage_channel:
        announce_waiting(work)
    if (settings.timezone, settings.country) != (before.timezone, before.country):  # other hours, other working days
        schedule_workspace(work, settings, now=now)
        for channel in work.of(TeamChannel).find():
            schedule_channel(work, channel, now=now)
    return settings


def set_roles(work: UnitOfWork, member: Member, form: RolesForm, *, now: datetime) -> None:
    """Say who leads, who triages and who sponsors. All of them have to be known."""
    CONFIGURE_WORKSPACE.check(member)
    give_role(work, Role.LEAD, form.leads, by=member.user_id, now=now)
    give_role(work, Role.TRIAGER, form.triagers, by=member.user_id, now=now)
    if form.sponsor != work.workspace.sponsor:
        work.set_workspace(by=member.user_id, at=now, sponsor=form.sponsor)


def apply(records: Records[R], record: R, *, by: str, now: datetime, **fields: Any) -> R:
    """Change what differs; nothing is written, and no activity noted, when nothing does."""
    different = _different(record, fields)
    return records.change(record, by=by, at=now, **different).record if different else record


def _different(record: Record, fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if getattr(record, name) != value}
