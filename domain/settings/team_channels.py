"""Team channels: what they are for, and what they hear."""

from datetime import datetime

from domain.core import UnitOfWork
from domain.people.record import Department, Member, TeamChannel, is_lead
from domain.people.routing import team_channel
from domain.processes.record import Process
from domain.schedules.actions import schedule_channel
from domain.settings.actions import apply
from domain.settings.forms import ChannelForm
from domain.settings.rights import CONFIGURE_CHANNEL


def can_change(work: UnitOfWork, member: Member, channel_id: str) -> bool:
    """A head of any department can set up a channel that nobody has set up."""
    channel = team_channel(work, channel_id)
    if channel is None:
        departments = (None, *work.of(Department).find())
        return any(CONFIGURE_CHANNEL.allows(work, member, department) for department in departments)
    return CONFIGURE_CHANNEL.allows(work, member, _department(work, channel.department_id))


def who_can_change(work: UnitOfWork, channel_id: str) -> tuple[str, ...]:
    """Whom to ask: the head of its department and the deputy, then leads and admins."""
    channel = team_channel(work, channel_id)
    department = _department(work, channel.department_id if channel else None)
    heads = (department.head, department.deputy) if department else ()
    leads = [member.user_id for member in work.of(Member).find(order="name") if member.active and is_lead(member)]
    return tuple(dict.fromkeys(user_id for user_id in (*heads, *leads) if user_id))


def save_channel(
    work: UnitOfWork, member: Member, channel_id: str, form: ChannelForm, *, name: str, now: datetime
) -> TeamChannel:
    """Set up a channel or change it; its sync and its board of overdue work follow at once.

    Its department and processes say what they have to say here from now on, unless they have a place already.
    """
    before = team_channel(work, channel_id)
    department_id = before.department_id if before else form.department
    CONFIGURE_CHANNEL.check(work, member, _department(work, department_id))
    fields = form.model_dump(exclude={"department"})
    fields |= {
        "department_id": form.department,
        "language": "" if form.language == "default" else form.language,
        "timezone": "" if form.timezone == work.workspace.timezone else form.timezone,
        "name": name,
    }
    if before is None:
        saved = work.of(TeamChannel).add(TeamChannel(channel_id=channel_id, **fields), by=member.user_id, at=now)
    else:
        saved = apply(work.of(TeamChannel), before, by=member.user_id, now=now, **fields)
    _give_places(work, member, before, saved, now)
    schedule_channel(work, saved, now=now)
    return saved


def rename_channel(work: UnitOfWork, channel_id: str, name: str, *, now: datetime) -> None:
    """Slack says that a channel has a new name."""
    channel = team_channel(work, channel_id)
    if channel is not None:
        apply(work.of(TeamChannel), channel, by="", now=now, name=name)


def _give_places(
    work: UnitOfWork, member: Member, before: TeamChannel | None, after: TeamChannel, now: datetime
) -> None:
    """Make the channel the place of its department and processes; what is no longer its own loses it as its place."""
    place, by = after.channel_id, member.user_id
    departments = {before.department_id if before else None, after.department_id}
    for department in work.of(Department).find(id=tuple(one for one in departments if one is not None)):
        channel = _place(department.channel, place, belongs=department.id == after.department_id)
        apply(work.of(Department), department, by=by, now=now, channel=channel)
    concerned = tuple({*(before.processes if before else ()), *after.processes})
    for process in work.of(Process).find(id=concerned) if concerned else []:
        channel = _place(process.channel, place, belongs=process.id in after.processes)
        apply(work.of(Process), process, by=by, now=now, channel=channel)


def _place(present: str, channel_id: str, *, belongs: bool) -> str:
    if belongs:
        return present or channel_id
    return "" if present == channel_id else present


def _department(work: UnitOfWork, department_id: int | None) -> Department | None:
    return None if department_id is None else work.of(Department).one(id=department_id)
