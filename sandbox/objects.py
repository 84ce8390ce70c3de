"""Slack's own shapes of the things a workspace holds."""

import copy

from sandbox.base import Json
from sandbox.workspace import Workspace

CHANNEL_TYPES = {"channel": "channel", "private": "group", "im": "im", "mpim": "mpim"}
SCOPE_FAMILY = {"channel": "channels", "private": "groups", "im": "im", "mpim": "mpim"}
API_TYPES = {"public_channel": "channel", "private_channel": "private", "im": "im", "mpim": "mpim"}


def user_object(user: Json, *, locale: bool = True) -> Json:
    """A person as users.info shows them; the locale only when asked for."""
    shown = copy.deepcopy(user)
    if not locale:
        del shown["locale"]
    return shown


def conversation_object(workspace: Workspace, channel: Json) -> Json:
    """A channel as conversations.info shows it to the app."""
    kind = channel["kind"]
    shown = {
        "id": channel["id"],
        "created": channel["created"],
        "is_channel": kind == "channel",
        "is_group": kind == "private",
        "is_im": kind == "im",
        "is_mpim": kind == "mpim",
        "is_private": kind != "channel",
        "is_archived": channel["archived"],
        "is_general": channel["name"] == "general",
        "is_member": workspace.bot_user in channel["members"],
        "is_shared": False,
        "is_ext_shared": False,
        "is_org_shared": False,
        "context_team_id": workspace.team["id"],
    }
    if kind == "im":
        return {**shown, "user": channel["with"], "is_user_deleted": False, "is_open": True}
    topic = {"value": channel["topic"], "creator": channel["creator"], "last_set": 0}
    names = {"name": channel["name"], "name_normalized": channel["name"], "creator": channel["creator"]}
    return {**shown, **names, "topic": topic, "purpose": {**topic, "value": ""}, "num_members": len(channel["members"])}


def message_object(message: Json, *, all_metadata: bool = True) -> Json:
    """A message as conversations.history returns it: without `all_metadata` only the kind of metadata is told."""
    shown = copy.deepcopy(message)
    if not all_metadata and "metadata" in shown:
        shown["metadata"] = {"event_type": shown["metadata"].get("event_type", "")}
    return shown


def usergroup_object(group: Json, *, users: bool) -> Json:
    shown = {**group, "user_count": len(group["users"])}
    if not users:
        del shown["users"]
    return shown


def view_object(view: Json) -> Json:
    """A view as answers and payloads carry it; whose it is stays with us."""
    return {key: copy.deepcopy(value) for key, value in view.items() if key != "user"}
