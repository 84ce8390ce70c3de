"""The workspace itself: its people, channels and groups, and the app's connections."""

from sandbox import members
from sandbox.base import Json, Refused
from sandbox.control.call import Call, Routes
from sandbox.objects import user_object

routes = Routes()


@routes("/people", "POST")
async def add_person(call: Call) -> Json:
    call.need("name")
    _free(call, call.slack.workspace.users)
    user = call.slack.workspace.add_person(call.body)
    call.slack.channels_changed()
    return {"user": user_object(user)}


@routes("/people/{user}", "PATCH")
async def change_person(call: Call) -> Json:
    user = call.slack.workspace.change_person(call.user, call.body)
    call.slack.channels_changed()
    call.slack.events.emit({"type": "user_change", "user": user_object(user)})
    return {"user": user_object(user)}


@routes("/channels", "POST")
async def add_channel(call: Call) -> Json:
    call.need("name")
    _free(call, call.slack.workspace.channels)
    channel = call.slack.workspace.add_channel(call.body)
    call.slack.channels_changed()
    return {"channel": channel}


@routes("/channels/{channel}", "PATCH")
async def change_channel(call: Call) -> Json:
    channel = call.channel()
    channel.update({key: call.body[key] for key in ("name", "topic") if key in call.body})
    if "archived" in call.body:
        members.archive(call.slack, channel, bool(call.body["archived"]), channel["creator"])
    call.slack.channels_changed()
    return {"channel": channel}


@routes("/channels/{channel}/members", "POST")
async def members_(call: Call) -> Json:
    user = call.slack.workspace.person(call.need("user"))["id"]
    change = members.leave if call.body.get("remove") else members.join
    change(call.slack, call.channel(), user)
    return {"channel": call.channel()}


@routes("/usergroups", "POST")
async def add_usergroup(call: Call) -> Json:
    call.need("handle")
    _free(call, call.slack.workspace.usergroups)
    group = call.slack.workspace.add_usergroup(call.body)
    call.slack.changed()
    return {"usergroup": group}


@routes("/sockets", "POST")
async def sockets(call: Call) -> Json:
    """`drop` closes the app's connections as a network failure does, `refresh` asks for new ones as Slack does."""
    if call.body.get("action") == "drop":
        await call.slack.sockets.close()
    else:
        await call.slack.sockets.disconnect(call.body.get("reason", "refresh_requested"))
    return {}


@routes("/reset", "POST")
async def reset(call: Call) -> Json:
    call.slack.reset()
    await call.slack.hook.align()
    return {}


def _free(call: Call, known: dict[str, Json]) -> None:
    if call.body.get("id") in known:
        raise Refused("already_there", f"There is already a {call.body['id']}.", 409)
