"""The workspace itself: its people, channels and groups, and the app's connections."""

from sandbox import members
from sandbox.base import Json, Refused
from sandbox.control.call import Call, answered
from sandbox.objects import user_object


@answered
async def add_person(call: Call) -> Json:
    call.need("name")
    _free(call, call.slack.workspace.users)
    user = call.slack.workspace.add_person(call.body)
    call.slack.channels_changed()
    return {"user": user_object(user)}


@answered
async def change_person(call: Call) -> Json:
    user = call.slack.workspace.change_person(call.user, call.body)
    call.slack.channels_changed()
    stamp = call.slack.workspace.stamps.next()
    call.slack.events.emit({"type": "user_change", "user": user_object(user), "event_ts": stamp})
    return {"user": user_object(user)}


@answered
async def add_channel(call: Call) -> Json:
    call.need("name")
    _free(call, call.slack.workspace.channels)
    channel = call.slack.workspace.add_channel(call.body)
    call.slack.channels_changed()
    return {"channel": channel}


@answered
async def change_channel(call: Call) -> Json:
    channel = call.channel()
    channel.update({key: call.body[key] for key in ("name", "topic") if key in call.body})
    if "archived" in call.body:
        members.archive(call.slack, channel, bool(call.body["archived"]), channel["creator"])
    call.slack.channels_changed()
    return {"channel": channel}


@answered
async def members_(call: Call) -> Json:
    user = call.slack.workspace.person(call.need("user"))["id"]
    change = members.leave if call.body.get("remove") else members.join
    change(call.slack, call.channel(), user)
    return {"channel": call.channel()}


@answered
async def add_usergroup(call: Call) -> Json:
    call.need("handle")
    _free(call, call.slack.workspace.usergroups)
    group = call.slack.workspace.add_usergroup(call.body)
    call.slack.changed()
    return {"usergroup": group}


@answered
async def sockets(call: Call) -> Json:
    """`drop` closes the app's connections as a network failure does, `refresh` asks for new ones as Slack does."""
    if call.body.get("action") == "drop":
        await call.slack.sockets.close()
    else:
        await call.slack.sockets.disconnect(call.body.get("reason", "refresh_requested"))
    return {}


@answered
async def reset(call: Call) -> Json:
    call.slack.reset()
    await call.slack.hook.align()
    return {}


def _free(call: Call, known: dict[str, Json]) -> None:
    if call.body.get("id") in known:
        raise Refused("already_there", f"There is already a {call.body['id']}.", 409)
