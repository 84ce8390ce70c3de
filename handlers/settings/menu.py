"""The menu of all settings, and a person's own."""

from domain.core import Command, NotFound, UnitOfWork
from domain.people.record import Member, is_lead
from domain.processes.record import Process
from domain.settings import actions as use, team_channels
from domain.settings.forms import PersonForm
from domain.text.command_words import nearly, word_of
from handlers.core import Handler, Reply, Request, Routes, Update, form_of, show, writing_about
from handlers.settings import (
    channel as settings_channel,
    structure as settings_structure,
    workspace as settings_workspace,
)
from views.core import language_of
from views.core.labels import label
from views.home.help import Usage
from views.settings import menu as settings, person as settings_person
from views.settings.menu import Menu

routes = Routes()
routes.help("gemba", Usage("settings", label("changes your settings, this channel's, departments and roles")))


@routes.command("gemba settings", "设置")
def open_menu_or_part(request: Request) -> Reply:
    """`/gemba settings [me|channel|departments|processes|workspace|roles]`."""
    wanted = request.text.strip().casefold()
    if not wanted:
        return open_menu(request)
    part = word_of(wanted, PARTS) or word_of(nearly(wanted, PARTS), PARTS)
    if not part:
        raise NotFound(
            "There are no settings “{name}”. Type only {command} to see all.",
            name=wanted,
            command=Command("gemba settings"),
        )
    request.text = ""
    return PARTS[part](request)


@routes.action("settings.menu")
def open_menu(request: Request) -> Reply:
    with request.reading() as work:
        offered = _offered(work, request.member, request.team_of_modals)
    return show(request, settings.menu(offered, request.t, request.chain_metadata))


@routes.action("settings.person")
def open_person(request: Request) -> Reply:
    return show(request, settings_person.form(request.member, request.t, request.chain_metadata))


@routes.submission("settings.person")
def submit_person(request: Request) -> Reply:
    """The answer is in the language that was just chosen."""
    form = form_of(request, PersonForm)
    with writing_about(request, [form.deputy]) as work:
        member = use.set_person(work, request.member, form, now=request.now)
        t = language_of(member, work.workspace, request.t.prefix)
    digest = use.next_digest(member, request.now)
    return Update(settings_person.saved(member, digest, t, request.chain_metadata))


def _offered(work: UnitOfWork, member: Member, channel_id: str) -> Menu:
    lead = is_lead(member)
    owner = work.of(Process).count(owner=member.user_id) > 0
    channel = team_channels.can_change(work, member, channel_id)
    return Menu(member, channel_id, channel=channel, structure=lead, processes=lead or owner, workspace=member.is_admin)


PARTS: dict[str, Handler] = {
    "me": open_person,
    "channel": settings_channel.open_channel,
    "departments": settings_structure.open_departments,
    "processes": settings_structure.open_processes,
    "workspace": settings_workspace.open_workspace,
    "roles": settings_workspace.open_roles,
}
