"""The workspace itself: its people, channels and groups, and the app's connections."""

from sandbox import members
from sandbox.base import Json, Refused
from sandbox.control.call import Call, Routes
from sandbox.objects import user_object
from sandbox.rules import Rule, checked
from sandbox.seeds import CHANGED_CHANNEL, CHANGED_PERSON, CHANNEL, PERSON, USERGROUP

routes = Routes()


@routes("/workspaces", "POST")
async def add_workspace(call: Call) -> Json:
    """Add one, as a workspace file describes it; with `install` the app is in it, and its token in the answer."""
    slack = call.platform.add(call.body)
    return {"team": slack.workspace.team, "token": slack.installation.token}


@routes("/people", "POST")
async def add_person(call: Call) -> Json:
    call.need("name")
    fields = _free(call, PERSON, call.slack.workspace.users)
    user = call.slack.workspace.add_person(fields)
    call.slack.channels_changed()
    return {"user": user_object(user)}


@routes("/people/{user}", "PATCH")
async def change_person(call: Call) -> Json:
    user = call.slack.workspace.change_person(call.user, checked(CHANGED_PERSON, call.body))
    call.slack.channels_changed()
    call.slack.events.emit({"type": "user_change", "user": user_object(user)})
    return {"user": user_object(user)}


@routes("/channels", "POST")
async def add_channel(call: Call) -> Json:
    channel = call.slack.workspace.add_channel(_free(call, CHANNEL, call.slack.workspace.channels))
    call.slack.channels_changed()
    return {"channel": channel}


@routes("/channels/{channel}", "PATCH")
async def change_channel(call: Call) -> Json:
    channel, changed = call.channel(), checked(CHANGED_CHANNEL, call.body)
    channel.update({key: changed[key] for key in ("name", "topic") if key in changed})
    if "archived" in changed:
        members.archive(call.slack, channel, changed["archived"], channel["creator"])
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
    group = call.slack.workspace.add_usergroup(_free(call, USERGROUP, call.slack.workspace.usergroups))
    call.slack.changed()
    return {"usergroup": group}


@routes("/sockets", "POST")
async def sockets(call: Call) -> Json:
    """`drop` closes the app's connections as a network failure does, `refresh` asks for new ones as Slack does."""
    if call.body.get("action") == "drop":
        await call.platform.sockets.close()
    else:
        await call.platform.sockets.disconnect(call.get("reason", "refresh_requested"))
    return {}


@routes("/reset", "POST")
async def reset(call: Call) -> Json:
    call.platform.reset()
    await call.platform.hook.align()
    return {}


def _free(call: Call, rule: Rule, known: dict[str, Json]) -> Json:
    """The fields of what is to be added, whose id must not be taken."""
    fields = checked(rule, call.body)
    if fields.get("id") in known:
        raise Refused("already_there", f"There is already a {fields['id']}.", 409)
    return fields
