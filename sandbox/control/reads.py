"""What a person sees."""

from sandbox import messages
from sandbox.base import Json, Refused
from sandbox.control.call import Call, Routes
from sandbox.objects import message_object, user_object, view_object

routes = Routes()

KIND_ORDER = {"channel": 0, "private": 1, "im": 2, "mpim": 3}


@routes("/workspace")
async def workspace(call: Call) -> Json:
    slack, platform, known = call.slack, call.platform, call.slack.workspace
    connected = platform.delivery.way.connected
    app = slack.app.described(slack.bot, installed=slack.installation.installed, connected=connected)
    users = [user_object(user) for user in known.users.values()]
    people = {"users": users, "usergroups": list(known.usergroups.values())}
    time = {"now": known.stamps.now(), "hook": bool(platform.hook.url), "story": platform.story is not None}
    return {"team": known.team, "app": app, **people, **time, "workspaces": _workspaces(call)}


@routes("/workspaces")
async def workspaces(call: Call) -> Json:
    return {"workspaces": _workspaces(call)}


@routes("/as/{user}/channels")
async def channels(call: Call) -> Json:
    user = call.user
    seen = [channel for channel in call.slack.workspace.channels.values() if messages.sees(channel, user)]
    seen.sort(key=lambda channel: (KIND_ORDER[channel["kind"]], channel["name"]))
    return {"channels": [_listed(call, channel, user) for channel in seen]}


@routes("/as/{user}/channels/{channel}/messages")
async def messages_(call: Call) -> Json:
    user, channel = call.user, call.channel()
    if not messages.sees(channel, user):
        raise Refused("channel_not_found", f"{user} cannot look into {channel['id']}.", 404)
    thread = call.query.get("thread_ts")
    limit, before = call.number("limit", 50), call.query.get("before") or "9"
    whispered = call.slack.ephemerals.get(user, {}).values()
    mine = [item for item in whispered if item["channel"] == channel["id"] and item.get("thread_ts") == thread]
    if thread:
        found = messages.thread(call.slack, channel["id"], thread)
    else:
        found = [item for item in call.slack.workspace.messages[channel["id"]].values() if messages.in_channel(item)]
    shown = sorted((item for item in [*found, *mine] if item["ts"] < before), key=lambda item: item["ts"])
    return {"messages": [message_object(item) for item in shown[-limit:]], "has_more": len(shown) > limit}


@routes("/as/{user}/home")
async def home(call: Call) -> Json:
    view = call.slack.workspace.homes.get(call.user)
    return {"view": view_object(view) if view else None}


@routes("/as/{user}/modals")
async def modals(call: Call) -> Json:
    return {"views": [view_object(view) for view in call.slack.modals.stack(call.user)]}


@routes("/log")
async def log(call: Call) -> Json:
    return {"entries": call.platform.log.after(call.number("after", 0), call.number("limit", 200))}


def _workspaces(call: Call) -> list[Json]:
    """All workspaces, the first one first; `person` is somebody who is there."""
    return [
        {
            **{key: slack.workspace.team[key] for key in ("id", "name", "domain")},
            "installed": slack.installation.installed,
            "person": next(user["id"] for user in slack.workspace.users.values() if user["id"] != slack.bot),
        }
        for slack in call.platform.workspaces.values()
    ]


def _listed(call: Call, channel: Json, user: str) -> Json:
    known = call.slack.workspace
    read = known.reads.get(user, {}).get(channel["id"], "")
    fresh = (item for item in known.messages[channel["id"]].values() if item["ts"] > read and item["user"] != user)
    listed = {key: channel[key] for key in ("id", "name", "kind", "members", "topic", "archived", "pinned")}
    other = (known.bot_user if channel["with"] == user else channel["with"]) if channel["kind"] == "im" else None
    unread = sum(1 for item in fresh if messages.in_channel(item))
    return {**listed, "with": other, "is_member": user in channel["members"], "unread": unread}
