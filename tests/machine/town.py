"""Where the machine runs: a small town in several time zones, with clocks that change at night."""

from datetime import datetime, time
from typing import Any

from bot.manifest import manifest
from domain.core import Bilingual, UnitOfWork
from domain.kpis.record import Frequency, Kpi
from domain.people.record import Department, Member, TeamChannel
from domain.schedules.actions import schedule_channel, schedule_member, schedule_workspace
from sandbox.base import TEAM_ID

TEAM = TEAM_ID
OPEN, CLOSED = "C0OPEN", "C0CLOSED"
CHANNELS = (OPEN, CLOSED)
ADMIN, KEEPER = "U0BERLIN", "U0NEWYORK"
PEOPLE = {
    ADMIN: "Europe/Berlin",
    KEEPER: "America/New_York",
    "U0HOWE": "Australia/Lord_Howe",
    "U0CITY": "Asia/Shanghai",
}
SUNDAY = 6
TARGET = "≤3 days"
LIMIT = 3

WITHOUT_EVENTS = manifest()
WITHOUT_EVENTS["settings"]["event_subscriptions"]["bot_events"] = []

SEED: dict[str, Any] = {
    "people": [
        {
            "id": person,
            "name": person.lower(),
            "tz": zone,
            "is_admin": person == ADMIN,
            "locale": "zh-CN" if zone == "Asia/Shanghai" else "en-US",
        }
        for person, zone in PEOPLE.items()
    ],
    "channels": [
        {"id": OPEN, "name": "open", "members": [*PEOPLE], "bot": True},
        {"id": CLOSED, "name": "closed", "members": [*PEOPLE], "bot": True, "is_private": True},
    ],
}


def furnish(work: UnitOfWork, now: datetime, seen_at: datetime) -> None:
    """People with a digest every day, in the hour that is left out or comes twice; channels, a KPI, a department."""
    workspace = work.set_workspace(
        by="", at=now, sponsor=ADMIN, triage_channel=CLOSED, url="https://example.slack.com/"
    )
    schedule_workspace(work, workspace, now=now)
    for person, zone in PEOPLE.items():
        at = time(2, 15) if person == "U0HOWE" else time(2, 30)
        member = Member(
            user_id=person,
            name=person.lower(),
            timezone=zone,
            is_admin=person == ADMIN,
            digest_time=at,
            quiet_days=(),
            locale="zh-CN" if person == "U0CITY" else "en-US",
            seen_at=seen_at,
        )
        schedule_member(work, work.of(Member).add(member, by="", at=now), now=now)
    work.of(Department).add(Department(name=Bilingual("Town"), head=KEEPER, channel=OPEN), by=ADMIN, at=now)
    for channel_id, zone, at in ((OPEN, "Europe/Berlin", time(2, 30)), (CLOSED, "America/Havana", time(0))):
        channel = TeamChannel(channel_id=channel_id, timezone=zone, sync_day=SUNDAY, sync_time=at)
        schedule_channel(work, work.of(TeamChannel).add(channel, by=ADMIN, at=now), now=now)
    kpi = Kpi(name=Bilingual("Cycle time"), target=TARGET, frequency=Frequency.DAILY, channel=OPEN, data_owner=KEEPER)
    work.of(Kpi).add(kpi, by=ADMIN, at=now)
