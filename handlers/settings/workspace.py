"""The settings of the whole workspace, and who has which role."""

from domain.people.actions import with_role
from domain.people.record import Role
from domain.settings import actions as use
from domain.settings.forms import RolesForm, WorkspaceForm
from domain.settings.rights import CONFIGURE_WORKSPACE
from handlers.core import Options, Reply, Request, Routes, Update, form_of, show, writing_about
from views.settings import time_zones, workspace as settings_workspace

routes = Routes()


@routes.action("settings.workspace")
def open_workspace(request: Request) -> Reply:
    CONFIGURE_WORKSPACE.check(request.member)
    with request.reading() as work:
        workspace = work.workspace
    return show(request, settings_workspace.form(workspace, request.t, request.chain_metadata))


@routes.options("settings.country")
def find_countries(request: Request) -> Reply:
    import holidays  # 150 ms with its list: only where somebody looks for a country

    codes = holidays.list_supported_countries(include_aliases=False)
    return Options(time_zones.search_countries(str(request.payload.get("value", "")), codes, request.t))


@routes.submission("settings.workspace")
def submit_workspace(request: Request) -> Reply:
    form = form_of(request, WorkspaceForm)
    with request.writing() as work:
        saved = use.set_workspace(work, request.member, form, now=request.now)
    return Update(settings_workspace.saved(saved, request.t, request.chain_metadata))


@routes.action("settings.roles")
def open_roles(request: Request) -> Reply:
    CONFIGURE_WORKSPACE.check(request.member)
    with request.reading() as work:
        leads, triagers = with_role(work, Role.LEAD), with_role(work, Role.TRIAGER)
        sponsor = work.workspace.sponsor
    return show(request, settings_workspace.roles_form(leads, triagers, sponsor, request.t, request.chain_metadata))


@routes.submission("settings.roles")
def submit_roles(request: Request) -> Reply:
    CONFIGURE_WORKSPACE.check(request.member)
    form = form_of(request, RolesForm)
    with writing_about(request, (*form.leads, *form.triagers, form.sponsor)) as work:
        use.set_roles(work, request.member, form, now=request.now)
    roles = form.leads, form.triagers, form.sponsor
    return Update(settings_workspace.roles_saved(*roles, request.t, request.chain_metadata))
