"""The settings of a team channel."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.people.record import Department, Notice, OverdueMode, TeamChannel, Workspace
from domain.processes.record import Process
from domain.settings.forms import ChannelChoice, ChannelForm
from domain.settings.rights import CONFIGURE_CHANNEL
from views.core import Language, Mrkdwn, blocks as b, channel, choosing, inputs, join, language, of_record, person, said
from views.core.choosing import department_menu
from views.settings import menu as settings, time_zones

ASKED = 6
"""As many names as one reads."""


@dataclass(frozen=True, slots=True)
class ChannelFacts:
    """What the form starts with. A channel that nobody has set up yet has the defaults of a new one."""

    channel: TeamChannel
    workspace: Workspace
    departments: Sequence[Department]
    processes: Sequence[Process]


def choice(t: Language, metadata: str) -> dict[str, Any]:
    """Which channel? Asked where none is at hand."""
    title, fields = t("Team channel"), inputs(ChannelChoice, t)
    return b.modal("settings.choose", title, fields, submit=t("Continue"), close=t("Cancel"), metadata=metadata)


def form(facts: ChannelFacts, t: Language, metadata: str) -> dict[str, Any]:
    team_channel, workspace = facts.channel, facts.workspace
    default = t("As the workspace: {language}", language=settings.language_name(workspace.language, t))
    fields = inputs(
        ChannelForm,
        t,
        of_record(team_channel, language=team_channel.language or "default"),
        choices={
            "processes": choosing.processes(facts.processes, t),
            "sync_day": settings.weekdays(t),
            "language": settings.languages(t, b.option(default, "default")),
        },
        elements={
            "department": department_menu(facts.departments, team_channel.department_id, t),
            "timezone": time_zones.menu(team_channel.timezone or workspace.timezone, t),
        },
    )
    about = b.section(t.markup("Settings of {channel}", channel=channel(team_channel.channel_id)))
    return settings.form("settings.channel", t("Team channel"), [about, *fields], t, metadata)


def read_only(facts: ChannelFacts, people: Sequence[str], t: Language, metadata: str) -> dict[str, Any]:
    """The same to look at, for those who cannot change it. `people`: who can."""
    where = channel(facts.channel.channel_id)
    asked = join(", ", [person(user_id) for user_id in people[:ASKED]])
    if facts.channel.id:
        about = [b.section(t.markup("Settings of {channel}", channel=where)), _rows(facts, t)]
        who = t.markup("You can look at this. To have it changed, ask one of them: {people}", people=asked)
    else:
        none = t.markup(
            "Nobody has set up {channel} yet. It has no weekly sync and no list of overdue work.", channel=where
        )
        about = [b.section(none)]
        who = t.markup("Ask one of them to set it up: {people}", people=asked)
    nobody = said(t.words(CONFIGURE_CHANNEL.refusal(None)))
    blocks = [*about, b.context(who if people else nobody), settings.back(t)]
    return b.modal(b.READ_ONLY, t("Team channel"), blocks, close=t("Close"), metadata=metadata)


def saved(
    team_channel: TeamChannel, workspace: Workspace, sync: datetime | None, t: Language, metadata: str
) -> dict[str, Any]:
    """In words: what happens next in this channel."""
    zone = team_channel.timezone or workspace.timezone
    return settings.saved(
        [
            t.markup("This is how {channel} is set up:", channel=channel(team_channel.channel_id)),
            _sync(sync, zone, t),
            said(_overdue(team_channel.overdue, t)),
            t.markup(
                "Messages are in: {language}.",
                language=settings.language_name(team_channel.language or workspace.language, t),
            ),
            *([] if team_channel.notices else [said(t("It hears nothing of issues, KPIs and pilots."))]),
        ],
        t,
        metadata,
    )


def _rows(facts: ChannelFacts, t: Language) -> b.Block:
    team_channel, workspace = facts.channel, facts.workspace
    department = next((one for one in facts.departments if one.id == team_channel.department_id), None)
    processes = [t.name(one.name) for one in facts.processes if one.id in team_channel.processes]
    sync = t(
        "{day}, {time} ({zone})",
        day=t.weekday(team_channel.sync_day),
        time=f"{team_channel.sync_time:%H:%M}",
        zone=team_channel.timezone or workspace.timezone,
    )
    rows = [
        (t("Department or team"), t.name(department.name) if department else "–"),
        (t("Processes"), t.listed(processes) or "–"),
        (t("What it hears"), t.listed([t.label(kind) for kind in team_channel.notices]) or "–"),
        (t("Weekly sync"), sync if Notice.SYNC in team_channel.notices else t("No weekly sync here.")),
        (t("Language of the messages"), settings.language_name(team_channel.language or workspace.language, t)),
        (t("List of overdue work"), t.label(team_channel.overdue)),
    ]
    return b.facts(rows, gap="\n")


def _sync(sync: datetime | None, zone: str, t: Language) -> Mrkdwn:
    if sync is None:
        return said(t("No weekly sync here."))
    local = sync.astimezone(language("en", zone).zone)
    return t.markup(
        "Next weekly sync: {day}, {time} ({zone}).", day=t.day(local.date()), time=f"{local:%H:%M}", zone=zone
    )


def _overdue(mode: OverdueMode, t: Language) -> str:
    match mode:
        case OverdueMode.DAILY:
            return t("What is overdue is listed here once a day.")
        case OverdueMode.ESCALATION:
            return t("Overdue work is listed here only when it is escalated.")
        case OverdueMode.OFF:
            return t("Overdue work is never listed here.")
