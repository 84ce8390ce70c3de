"""Who is in a channel: joining and leaving, and telling the app."""

from sandbox import messages
from sandbox.base import Json
from sandbox.slack import Slack

EVENT_TYPES = {"channel": "C", "private": "G", "im": "D", "mpim": "G"}


def join(slack: Slack, channel: Json, user: str, inviter: str | None = None) -> bool:
    """Add a person or the app; return False when they were there already."""
    if user in channel["members"]:
        return False
    channel["members"].append(user)
    extra = {"inviter": inviter} if inviter else {}
    _tell(slack, channel, "member_joined_channel", user, extra)
    subtype = "channel_join" if channel["kind"] == "channel" else "group_join"
    messages.post(slack, channel, user, {"subtype": subtype, "text": f"<@{user}> has joined the channel", **extra})
    return True


def leave(slack: Slack, channel: Json, user: str) -> bool:
    """Take a person or the app out; return False when they were not there."""
    if user not in channel["members"]:
        return False
    channel["members"].remove(user)
    _tell(slack, channel, "member_left_channel", user, {})
    return True


def archive(slack: Slack, channel: Json, archived: bool, user: str) -> None:
    """Archive a channel or bring it back."""
    if channel["archived"] != archived:
        channel["archived"] = archived
        kind = ("channel" if channel["kind"] == "channel" else "group") + ("_archive" if archived else "_unarchive")
        slack.events.emit({"type": kind, "channel": channel["id"], "user": user})


def _tell(slack: Slack, channel: Json, kind: str, user: str, extra: Json) -> None:
    slack.channels_changed()
    if user == slack.bot or slack.bot in channel["members"]:
        event = {"type": kind, "user": user, "channel": channel["id"], "channel_type": EVENT_TYPES[channel["kind"]]}
        slack.events.emit({**event, "team": slack.id, **extra})
