"""Where things are said, and what day it is there."""

from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from domain.core import UnitOfWork
from domain.people.record import Department, Member, Notice, TeamChannel, Workspace
from domain.processes.record import Process


def process_of(work: UnitOfWork, process_id: int | None) -> Process | None:
    """The process, as it was a second ago at most. Raises NotFound."""
    return None if process_id is None else work.of(Process).cached(id=process_id) or work.of(Process).get(process_id)


def is_place_of(channel: TeamChannel, process: Process) -> bool:
    """Whether a channel hears of a process: by the channel's settings, or by the process's own."""
    return process.id in channel.processes or process.channel == channel.channel_id


def department_of(work: UnitOfWork, process: Process | None) -> Department | None:
    """The department that a process belongs to, as it was a second ago at most. Raises NotFound."""
    if process is None or process.department_id is None:
        return None
    return work.of(Department).cached(id=process.department_id) or work.of(Department).get(process.department_id)


def processes_of_channel(work: UnitOfWork, channel_id: str) -> tuple[int, ...]:
    """The processes that a channel is the place of: by the channel's settings, or by their own."""
    channel = team_channel(work, channel_id)
    own = [process.id for process in work.of(Process).find(channel=channel_id)]
    return tuple(dict.fromkeys([*(channel.processes if channel else ()), *own]))


def channel_for(work: UnitOfWork, process: Process | None, typed_in: str, notice: Notice) -> str:
    """The channel that takes a notice: the process's, else its department's, else where it was typed.

    A channel whose settings refuse this kind of notice is passed over; empty where nobody wants it. Direct messages
    (ids that begin with D) are no team channel.
    """
    department = department_of(work, process)
    wanted = [process.channel if process else "", department.channel if department else "", typed_in]
    for channel_id in wanted:
        if channel_id and not channel_id.startswith("D") and _takes(work, channel_id, notice):
            return channel_id
    return ""


def link_to(work: UnitOfWork, key: str) -> str:
    """The address of the message that was said under `key`; empty while it is not out."""
    posted = work.outbox.posted(key)
    return f"{work.workspace.url}archives/{posted[0]}/p{posted[1].replace('.', '')}" if posted else ""


def team_channel(work: UnitOfWork, channel_id: str) -> TeamChannel | None:
    return work.of(TeamChannel).one(channel_id=channel_id)


def zone(name: str) -> ZoneInfo:
    """A time zone by its IANA name; UTC where the name is not known (Slack sends old ones now and then)."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def today_of(member: Member | None, workspace: Workspace, now: datetime) -> date:
    """The local date of a person, or of the workspace."""
    return now.astimezone(zone(member.timezone if member else workspace.timezone)).date()


def today_in(channel: TeamChannel | None, workspace: Workspace, now: datetime) -> date:
    """The local date of a channel, or of the workspace."""
    return now.astimezone(zone((channel.timezone if channel else "") or workspace.timezone)).date()


def _takes(work: UnitOfWork, channel_id: str, notice: Notice) -> bool:
    channel = work.of(TeamChannel).cached(channel_id=channel_id)
    return channel is None or notice in channel.notices


def departments_by_id(work: UnitOfWork) -> dict[int, Department]:
    return {department.id: department for department in work.of(Department).find()}
