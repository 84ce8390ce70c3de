"""The settings of the whole workspace, and who has which role."""

from collections.abc import Sequence
from typing import Any

from domain.people.record import Workspace
from domain.settings.forms import RolesForm, WorkspaceForm
from views.core import Language, Mrkdwn, blocks as b, channel, inputs, person, said
from views.settings import menu as settings, time_zones


def form(workspace: Workspace, t: Language, metadata: str) -> dict[str, Any]:
    menus = {
        "timezone": time_zones.menu(workspace.timezone, t),
        "country": time_zones.country_menu(workspace.country, t),
    }
    fields = inputs(WorkspaceForm, t, workspace, choices={"language": settings.languages(t)}, elements=menus)
    return settings.form("settings.workspace", t("Workspace"), fields, t, metadata)


def saved(workspace: Workspace, t: Language, metadata: str) -> dict[str, Any]:
    return settings.saved(
        [
            t.markup(
                "An issue is due after {high}, {medium} or {low} working days, by severity.",
                high=workspace.due_days_high,
                medium=workspace.due_days_medium,
                low=workspace.due_days_low,
            ),
            t.markup(
                "Overdue work goes to the department head after {head} working days, to the sponsor after {sponsor}.",
                head=workspace.escalate_days,
                sponsor=workspace.sponsor_days,
            ),
            t.markup("Suggestions go to {channel}.", channel=channel(workspace.triage_channel))
            if workspace.triage_channel
            else said(t("Suggestions have no channel yet: they wait until you choose one.")),
        ],
        t,
        metadata,
    )


def roles_form(
    leads: Sequence[str], triagers: Sequence[str], sponsor: str, t: Language, metadata: str
) -> dict[str, Any]:
    fields = inputs(RolesForm, t, {"leads": leads, "triagers": triagers, "sponsor": sponsor})
    admins = b.section(said(t("Admins of the Slack workspace may do everything. That is set in Slack.")))
    return settings.form("settings.roles", t("Roles"), [*fields, admins], t, metadata)


def roles_saved(
    leads: Sequence[str], triagers: Sequence[str], sponsor: str, t: Language, metadata: str
) -> dict[str, Any]:
    return settings.saved(
        [
            t.markup("Leads: {people}", people=_people(leads, t)),
            t.markup("Triagers: {people}", people=_people(triagers, t)),
            t.markup("Sponsor: {people}", people=_people([sponsor] if sponsor else [], t)),
        ],
        t,
        metadata,
    )


def _people(user_ids: Sequence[str], t: Language) -> Mrkdwn:
    return Mrkdwn(", ".join(person(user_id) for user_id in user_ids)) or said(t("nobody"))
