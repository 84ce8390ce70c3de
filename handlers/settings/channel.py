"""The settings of a team channel."""

from domain.people.record import Department, TeamChannel
from domain.people.routing import team_channel
from domain.processes.record import Process
from domain.settings import team_channels as use
from domain.settings.forms import ChannelChoice, ChannelForm
from domain.weekly_sync.actions import next_sync_at
from handlers.core import Options, Reply, Request, Routes, Update, View, form_of, metadata_of, show
from views.settings import channel as settings_channel, time_zones
from views.settings.channel import ChannelFacts

routes = Routes()


@routes.action("settings.channel")
def open_channel(request: Request) -> Reply:
    """The channel of the button, or where it was typed; else it is asked for first."""
    channel_id = request.value or request.team_channel
    if not channel_id:
        return show(request, settings_channel.choice(request.t, metadata_of()))
    return show(request, _form(request, channel_id))


@routes.submission("settings.choose")
def choose_channel(request: Request) -> Reply:
    return Update(_form(request, form_of(request, ChannelChoice).channel))


@routes.options("settings.zone")
def find_zones(request: Request) -> Reply:
    return Options(time_zones.search(str(request.payload.get("value", "")), request.t))


@routes.submission("settings.channel")
def submit_channel(request: Request) -> Reply:
    form = form_of(request, ChannelForm)
    channel_id = str(request.metadata["channel"])
    name = request.directory.channel_name(channel_id)
    with request.writing() as work:
        saved = use.save_channel(work, request.member, channel_id, form, name=name, now=request.now)
        sync, workspace = next_sync_at(work, saved), work.workspace
    return Update(settings_channel.saved(saved, workspace, sync, request.t, metadata_of(channel=channel_id)))


def _form(request: Request, channel_id: str) -> View:
    """The form; for those who cannot change it, how things stand and whom to ask."""
    with request.reading() as work:
        can_change, ask = use.can_change(work, request.member, channel_id), use.who_can_change(work, channel_id)
        facts = ChannelFacts(
            team_channel(work, channel_id) or TeamChannel(channel_id=channel_id),
            work.workspace,
            work.of(Department).find(order="name"),
            work.of(Process).find(order="name"),
        )
    if not can_change:
        return settings_channel.read_only(facts, ask, request.t, metadata_of(channel=channel_id))
    return settings_channel.form(facts, request.t, metadata_of(channel=channel_id))
