"""Who works here: the workspace, its members, departments and team channels."""

from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum

from domain.core import Bilingual, Record


class Role(StrEnum):
    """What a person may do beyond a member; process owners follow from the processes they own."""

    LEAD = "lead"
    TRIAGER = "triager"
    SPONSOR = "sponsor"


class Notice(StrEnum):
    """The kinds of message a team channel can take or leave."""

    ISSUES = "issues"
    OPTIMIZATIONS = "optimizations"
    SYNC = "sync"
    KPIS = "kpis"
    PILOTS = "pilots"


class OverdueMode(StrEnum):
    """What a team channel hears of overdue work."""

    DAILY = "daily"
    ESCALATION = "escalation"
    OFF = "off"


WEEKEND = (5, 6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace(Record):
    """Settings of a whole workspace. Day counts are working days."""

    name: str = ""
    url: str = ""  # where its messages are linked: https://NAME.slack.com/
    bot_user_id: str = ""  # the bot itself
    timezone: str = "UTC"
    language: str = "en"
    country: str = ""  # ISO 3166, for public holidays; empty: Monday to Friday
    triage_channel: str = ""
    sponsor: str = ""
    due_days_high: int = 3
    due_days_medium: int = 10
    due_days_low: int = 20
    soon_days: int = 2
    escalate_days: int = 5
    sponsor_days: int = 10
    feedback_minimum: int = 5
    salt: str = ""  # of tracking codes


@dataclass(frozen=True, slots=True, kw_only=True)
class Member(Record):
    """A person of the workspace. `language` empty: as Slack's locale says. Times are local to `timezone`."""

    user_id: str
    name: str = ""
    language: str = ""
    locale: str = ""
    timezone: str = "UTC"
    is_admin: bool = False
    active: bool = True  # False: a bot, or an account that is closed; nobody asks it anything
    roles: tuple[Role, ...] = ()
    digest_time: time = time(9)
    quiet_days: tuple[int, ...] = WEEKEND  # 0 = Monday
    deputy: str = ""
    seen_at: datetime | None = None  # when Slack was last asked about them


@dataclass(frozen=True, slots=True, kw_only=True)
class Department(Record):
    name: Bilingual
    head: str = ""
    deputy: str = ""
    channel: str = ""
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamChannel(Record):
    """A Slack channel that takes messages. `sync_day` 0 = Monday; `sync_time` is local to `timezone`."""

    channel_id: str
    name: str = ""
    department_id: int | None = None
    processes: tuple[int, ...] = ()
    notices: tuple[Notice, ...] = tuple(Notice)
    sync_day: int = 0
    sync_time: time = time(9)
    timezone: str = ""
    language: str = ""  # en, zh_CN or both; empty: the workspace's
    overdue: OverdueMode = OverdueMode.DAILY


def is_person(target: str) -> bool:
    """Whether an id of Slack's is a person's, not a conversation's: people's begin with U or W."""
    return target.startswith(("U", "W"))


def is_lead(member: Member) -> bool:
    return member.is_admin or Role.LEAD in member.roles


def is_triager(member: Member) -> bool:
    return is_lead(member) or Role.TRIAGER in member.roles
