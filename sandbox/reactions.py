"""Reactions: put on a message by a person or the app, and removed."""

from sandbox.base import Json, SlackError
from sandbox.messages import touched
from sandbox.slack import Slack


def add(slack: Slack, channel: Json, message: Json, user: str, name: str) -> None:
    """Add a reaction; raises `already_reacted`."""
    reactions = message.setdefault("reactions", [])
    found = next((reaction for reaction in reactions if reaction["name"] == name), None)
    if found is None:
        found = {"name": name, "users": [], "count": 0}
        reactions.append(found)
    if user in found["users"]:
        raise SlackError("already_reacted")
    found["users"].append(user)
    found["count"] = len(found["users"])
    _tell(slack, channel, message, user, name, "reaction_added")


def remove(slack: Slack, channel: Json, message: Json, user: str, name: str) -> None:
    """Remove a reaction; raises `no_reaction`."""
    reactions = message.get("reactions", [])
    found = next((reaction for reaction in reactions if reaction["name"] == name and user in reaction["users"]), None)
    if found is None:
        raise SlackError("no_reaction")
    found["users"].remove(user)
    found["count"] = len(found["users"])
    if not found["users"]:
        reactions.remove(found)
    _tell(slack, channel, message, user, name, "reaction_removed")


def _tell(slack: Slack, channel: Json, message: Json, user: str, name: str, kind: str) -> None:
    touched(slack, channel, message)
    item = {"type": "message", "channel": channel["id"], "ts": message["ts"]}
    slack.events.emit({"type": kind, "user": user, "reaction": name, "item": item, "item_user": message["user"]})
