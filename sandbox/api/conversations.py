"""conversations.*: channels, who is in them, what was said."""

from collections.abc import Iterable, Iterator

from sandbox import members, messages
from sandbox.api.call import Call, Methods, paged
from sandbox.base import Json, SlackError
from sandbox.objects import API_TYPES, SCOPE_FAMILY, conversation_object, message_object

methods = Methods()

INVITE_SCOPES = {"channel": ("channels:manage", "channels:write.invites"), "private": ("groups:write",)}
LEAVE_SCOPES = {**INVITE_SCOPES, "channel": ("channels:manage", "channels:join")}


@methods("conversations.open")
def open_(call: Call) -> Json:
    users = call.names("users")
    if not users:
        return {"channel": _shown(call, call.channel())}
    call.need_scope("im:write" if len(users) == 1 else "mpim:write")
    channel = call.direct_messages(users)
    full = call.flag("return_im")
    return {"channel": _shown(call, channel) if full else {"id": channel["id"]}}


@methods("conversations.list")
def list_(call: Call) -> Json:
    bot = call.slack.bot
    found = (channel for channel in _of_types(call) if channel["kind"] == "channel" or bot in channel["members"])
    return paged("channels", call.page([_shown(call, channel) for channel in found], most=1_000))


@methods("users.conversations")
def users_conversations(call: Call) -> Json:
    bot = call.slack.bot
    user = call.text("user") or bot
    found = (channel for channel in _of_types(call) if {user, bot} <= {*channel["members"], bot})
    mine = (channel for channel in found if channel["kind"] == "channel" or bot in channel["members"])
    return paged("channels", call.page([_shown(call, channel) for channel in mine]))


@methods("conversations.info")
def info(call: Call) -> Json:
    channel = call.channel()
    call.need_channel_scope("read", channel)
    shown = _shown(call, channel)
    if not call.flag("include_num_members"):
        shown.pop("num_members", None)
    return {"channel": shown}


@methods("conversations.members")
def members_(call: Call) -> Json:
    channel = call.channel()
    call.need_channel_scope("read", channel)
    page, cursor = call.page([{"id": user} for user in channel["members"]])
    return {"members": [user["id"] for user in page], "response_metadata": {"next_cursor": cursor}}


@methods("conversations.history")
def history(call: Call) -> Json:
    channel = call.channel_as_member()
    call.need_channel_scope("history", channel)
    found = [item for item in call.slack.workspace.messages[channel["id"]].values() if messages.in_channel(item)]
    page, cursor = call.page(_between(call, reversed(found)))
    shown = [message_object(item, all_metadata=call.flag("include_all_metadata")) for item in page]
    return paged("messages", (shown, cursor), has_more=bool(cursor), pin_count=len(channel["pinned"]))


@methods("conversations.replies")
def replies(call: Call) -> Json:
    channel = call.channel_as_member()
    call.need_channel_scope("history", channel)
    first, *rest = messages.thread(call.slack, channel["id"], call.need("ts", "thread_not_found"))
    page, cursor = call.page([first, *_between(call, rest)], default=1_000, most=1_000)
    shown = [message_object(item, all_metadata=call.flag("include_all_metadata")) for item in page]
    return paged("messages", (shown, cursor), has_more=bool(cursor))


@methods("conversations.join", "channels:join")
def join(call: Call) -> Json:
    channel = call.channel()
    if channel["kind"] != "channel":
        raise SlackError("method_not_supported_for_channel_type")
    if channel["archived"]:
        raise SlackError("is_archived")
    joined = members.join(call.slack, channel, call.slack.bot)
    return {"channel": _shown(call, channel), **({} if joined else {"warning": "already_in_channel"})}


@methods("conversations.invite")
def invite(call: Call) -> Json:
    channel = call.channel_as_member()
    call.need_scope(*INVITE_SCOPES.get(channel["kind"], ()))
    users = call.names("users")
    if not users or any(user not in call.slack.workspace.users for user in users):
        raise SlackError("user_not_found" if users else "no_user")
    joined = [members.join(call.slack, channel, user, call.slack.bot) for user in users]
    if not any(joined):
        raise SlackError("already_in_channel")
    return {"channel": _shown(call, channel)}


@methods("conversations.leave")
def leave(call: Call) -> Json:
    channel = call.channel()
    call.need_scope(*LEAVE_SCOPES.get(channel["kind"], ()))
    return {} if members.leave(call.slack, channel, call.slack.bot) else {"not_in_channel": True}


def _shown(call: Call, channel: Json) -> Json:
    return conversation_object(call.slack.workspace, channel)


def _of_types(call: Call) -> Iterator[Json]:
    types = call.names("types") or ["public_channel"]
    if any(name not in API_TYPES for name in types):
        raise SlackError("invalid_types")
    kinds = {API_TYPES[name] for name in types}
    for kind in kinds:
        call.need_scope(f"{SCOPE_FAMILY[kind]}:read")
    channels = (item for item in call.slack.workspace.channels.values() if item["kind"] in kinds)
    return (item for item in channels if not (item["archived"] and call.flag("exclude_archived")))


def _between(call: Call, found: Iterable[Json]) -> list[Json]:
    """Keep what lies between `oldest` and `latest`; the ends themselves only if `inclusive`."""
    oldest, latest = _moment(call, "oldest", "0"), _moment(call, "latest", "inf")
    inclusive = call.flag("inclusive")
    stamped = ((float(item["ts"]), item) for item in found)
    return [item for ts, item in stamped if oldest < ts < latest or (inclusive and ts in (oldest, latest))]


def _moment(call: Call, name: str, default: str) -> float:
    try:
        return float(call.text(name) or default)
    except ValueError:
        raise SlackError(f"invalid_ts_{name}") from None
