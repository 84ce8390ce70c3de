"""The menu of everything, and what the bot answers to those who write to it or invite it."""

from collections.abc import Mapping
from typing import Any

from domain.destinations.actions import resume
from domain.home.messages import ChannelGreeting, MenuHint
from domain.people.actions import register
from domain.people.record import Member
from domain.settings.team_channels import rename_channel
from domain.text.command_words import word_of
from handlers.core import Done, Reply, Request, Routes, Say
from views.core.labels import label
from views.home import menu
from views.home.help import Usage

routes = Routes()
routes.slash(
    "gemba",
    label("Menu, tasks, KPIs, pilots, projects, report, settings"),
    Usage("", label("opens the menu")),
)
ASKS_FOR_MENU = ("help", "menu", "hello")


@routes.command("gemba")
def open_menu(request: Request) -> Reply:
    return Say(menu.menu(request.t))


@routes.event("message")
def answer_message(request: Request) -> Reply:
    """A direct message: the menu, or a hint of it. What bots say, edits and joins are no messages of a person."""
    said = request.payload
    if said.get("channel_type") == "im" and _is_of_a_person(said) and request.member.user_id:
        with request.writing() as work:
            word = word_of(str(said.get("text", "")).strip(" !！。."), ASKS_FOR_MENU)
            work.outbox.say(MenuHint(bool(word)), to=request.member.user_id, once=_key(request))
    return Done()


@routes.event("app_mention")
def answer_mention(request: Request) -> Reply:
    """A mention in a channel is answered to the person alone: nobody else asked."""
    if _is_of_a_person(request.payload) and request.member.user_id:
        with request.writing() as work:
            place = request.channel_id
            work.outbox.whisper(MenuHint(), to=request.member.user_id, channel=place, once=_key(request))
    return Done()


@routes.event("member_joined_channel")
def greet_channel(request: Request) -> Reply:
    """The bot was invited: say hello, once for all times, and what had to wait because it was not there."""
    channel_id = request.channel_id
    with request.reading() as work:
        is_bot = request.payload.get("user") == work.workspace.bot_user_id
    if is_bot:
        with request.writing() as work:
            work.outbox.say(ChannelGreeting(channel_id), to=channel_id, once=f"greeting:{channel_id}")
            resume(work, channel_id, now=request.now)
    return Done()


@routes.event("channel_rename")
@routes.event("group_rename")  # of a private channel
def rename(request: Request) -> Reply:
    with request.writing() as work:
        rename_channel(work, request.channel_id, str(request.payload["channel"]["name"]), now=request.now)
    return Done()


@routes.event("user_change")
def refresh_person(request: Request) -> Reply:
    """Somebody's profile changed in Slack (name, language, time zone, admin). Who is unknown stays so."""
    user_id = str(request.payload["user"]["id"])
    with request.reading() as work:
        member = work.of(Member).one(user_id=user_id)
    if member is not None:
        seen = request.directory.member(user_id)
        with request.writing() as work:
            register(work, seen, now=request.now)
    return Done()


def _is_of_a_person(message: Mapping[str, Any]) -> bool:
    return not message.get("bot_id") and message.get("subtype") in (None, "file_share", "thread_broadcast")


def _key(request: Request) -> str:
    return f"hint:{request.channel_id}:{request.payload['ts']}"
