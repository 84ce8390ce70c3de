"""The workspace that is soaked: people who act, people who owe something, channels, and what is due when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from domain.core import Bilingual
from domain.issues.record import Issue
from domain.kpis.record import Frequency, Kpi
from domain.people.record import Member, TeamChannel
from domain.schedules.record import Schedule
from storage.unit_of_work import Database

TEAM = "T0SANDBOX"
TRIAGE = "C0TRIAGE"
ACTORS = [f"U0ACTOR{number:02}" for number in range(8)]
DEBTORS = [f"U0DEBTOR{number:02}" for number in range(16)]
CHANNELS = [f"C0TEAM{number:02}" for number in range(40)]
KPI_TARGET = "≤3 days"


@dataclass(frozen=True, slots=True)
class Planned:
    """A period that has to be run once: the schedule's id, the key of the period, when it is due."""

    schedule_id: int
    slot: str
    due: datetime


def workspace() -> dict[str, Any]:
    """For the sandbox: everybody is everywhere, and so is the bot."""
    everybody = [*ACTORS, *DEBTORS]
    return {
        "team": {"id": TEAM, "name": "Soak", "domain": "soak"},
        "people": [{"id": person, "name": person.lower(), "locale": "en-US", "tz": "UTC"} for person in everybody],
        "channels": [
            {"id": channel, "name": channel.lower(), "members": everybody, "bot": True}
            for channel in (*CHANNELS, TRIAGE)
        ],
    }


def kpi_of(actor: str) -> str:
    """The one that this person brings the values of."""
    return f"Cycle of {actor.lower()}"


def furnish(database: Database, chance: Random, load: timedelta) -> list[Planned]:
    """Make the records that a soak begins with; returns what falls due while it goes on."""
    now = datetime.now(UTC)
    with database.writing(TEAM) as work:
        work.set_workspace(by="", at=now, triage_channel=TRIAGE)
        for debtor in DEBTORS:
            as_slack_says = Member(user_id=debtor, name=debtor.lower(), locale="en-US", quiet_days=(), seen_at=now)
            work.of(Member).add(as_slack_says, by="", at=now)
        for actor, channel in zip(ACTORS, CHANNELS, strict=False):
            kpi = Kpi(
                name=Bilingual(kpi_of(actor)),
                target=KPI_TARGET,
                frequency=Frequency.DAILY,
                channel=channel,
                data_owner=actor,
            )
            work.of(Kpi).add(kpi, by=actor, at=now)
        for at, channel in enumerate(CHANNELS):
            work.of(TeamChannel).add(TeamChannel(channel_id=channel, name=channel.lower()), by="", at=now)
            owed = Issue(
                number=work.next_number("I"),
                title=f"Owed in {channel}",
                channel=channel,
                owner=DEBTORS[at % len(DEBTORS)],
                due=now.date() - timedelta(days=1),
                filed_at=now,
            )
            work.of(Issue).add(owed, by="", at=now, verb="filed")
        return [_plan(work.of(Schedule).add(schedule, by="", at=now)) for schedule in _schedules(now, load, chance)]


def _schedules(now: datetime, load: timedelta, chance: Random) -> Iterator[Schedule]:
    """One a channel for its sync and for its board, one a debtor for the digest, at any second of the load."""
    subjects = [("weekly-sync", channel) for channel in CHANNELS]
    subjects += [("overdue-reminders", subject) for subject in (*CHANNELS, *DEBTORS)]
    for job, subject in subjects:
        due = (now + load * chance.uniform(0.1, 1)).replace(microsecond=0)
        yield Schedule(job=job, subject=subject, rule=f"daily {due:%H:%M:%S}", next_due=due)


def _plan(schedule: Schedule) -> Planned:
    return Planned(schedule.id, schedule.next_due.date().isoformat(), schedule.next_due)
