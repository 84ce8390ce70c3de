"""What a person sees at one glance: what they owe, what they filed, the pilots under way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.commitments.digests import Reminder, reminders_of
from domain.commitments.queries import Commitment, open_commitments
from domain.core import Ref, Since, UnitOfWork
from domain.destinations.actions import Backlog, backlogs
from domain.issues.record import FINISHED, Issue
from domain.kpis.queries import HomeKpi, kpis_on_home
from domain.people.record import Department, Member, TeamChannel, is_lead
from domain.people.routing import link_to, today_of
from domain.pilots.queries import PilotStanding, pilot_standing, running_pilots
from domain.processes.record import Process
from domain.suggestions.record import Suggestion

OWED, FILED, SUGGESTED, PILOTS, KPIS = 12, 8, 5, 5, 6
"""So many of each are shown."""
REMEMBERED = timedelta(days=14)
"""So long is shown what became of something filed."""


@dataclass(frozen=True, slots=True)
class Overview:
    """`links`: addresses of cards by their key. `to_set_up`: what a workspace still lacks, told to leads.

    `blocked`: destinations that Slack lets nothing through to, told to admins.
    """

    today: date
    owed: Sequence[Reminder]
    owed_count: int
    filed: Sequence[Issue]
    filed_count: int
    suggested: Sequence[Suggestion]
    pilots: Sequence[PilotStanding]
    pilot_count: int
    links: Mapping[str, str]
    to_set_up: Sequence[str] = ()
    blocked: Sequence[Backlog] = ()
    kpis: Sequence[HomeKpi] = ()
    kpi_count: int = 0


def overview(work: UnitOfWork, member: Member, *, now: datetime) -> Overview:
    today = today_of(member, work.workspace, now)
    owed = open_commitments(work, today, owner=member.user_id)
    filed = _filed(work, member, now)
    running = running_pilots(work, today)
    kpis, kpi_count = kpis_on_home(work, member, KPIS, now=now)
    return Overview(
        today=today,
        owed=reminders_of(work, owed[:OWED], today),
        owed_count=len(owed),
        filed=filed[:FILED],
        filed_count=len(filed),
        suggested=work.of(Suggestion).find(author=member.user_id, order="-id", limit=SUGGESTED),
        pilots=[pilot_standing(work, pilot, today) for pilot in running[:PILOTS]],
        pilot_count=len(running),
        links=_links(work, owed[:OWED], filed[:FILED]),
        to_set_up=_to_set_up(work) if is_lead(member) else (),
        blocked=backlogs(work) if member.is_admin else (),
        kpis=kpis,
        kpi_count=kpi_count,
    )


def _filed(work: UnitOfWork, member: Member, now: datetime) -> list[Issue]:
    """Their unfinished issues and those that were finished lately, the newest first."""
    lately = Since(now - REMEMBERED)
    waiting = work.of(Issue).find(reporter=member.user_id, finished_at=None)
    finished = work.of(Issue).find(reporter=member.user_id, status=FINISHED, finished_at=lately)
    return sorted([*waiting, *finished], key=lambda issue: -issue.id)


def _links(work: UnitOfWork, owed: Sequence[Commitment], filed: Sequence[Issue]) -> dict[str, str]:
    keys = {*(item.card for item in owed), *(Ref("issue", issue.id).card for issue in filed)} - {""}
    return {key: link_to(work, key) for key in keys}


def _to_set_up(work: UnitOfWork) -> tuple[str, ...]:
    present = {
        "channel": work.of(TeamChannel).one(),
        "process": work.of(Process).one(),
        "department": work.of(Department).one(),
        "triage": work.workspace.triage_channel,
    }
    return tuple(name for name, value in present.items() if not value)
