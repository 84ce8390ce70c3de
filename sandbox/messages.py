"""Messages: posted, changed, deleted, in threads, for one person's eyes only."""

import copy
from typing import Any

from sandbox.base import APP_ID, Json, SlackError
from sandbox.blocks import name_blocks
from sandbox.objects import message_object
from sandbox.slack import Slack

CONTENT = (
    "subtype",
    "inviter",
    "blocks",
    "attachments",
    "metadata",
    "files",
    "client_msg_id",
    "username",
    "icon_emoji",
    "mrkdwn",
)


def sees(channel: Json, user: str) -> bool:
    """Whether a person can look into a channel."""
    return channel["kind"] == "channel" or user in channel["members"]


def post(slack: Slack, channel: Json, author: str, content: Json) -> Json:
    """Post a message; with `thread_ts` as a reply, with `reply_broadcast` in the channel too."""
    workspace = slack.workspace
    message = _new(slack, author, content)
    if content.get("thread_ts"):
        parent = _parent(slack, channel["id"], content["thread_ts"])
        message["thread_ts"] = parent["ts"]
        message["parent_user_id"] = parent["user"]
        if content.get("reply_broadcast"):
            message |= {"subtype": "thread_broadcast", "root": _summary(parent)}
    workspace.messages[channel["id"]][message["ts"]] = message
    if "thread_ts" in message:
        _count_replies(slack, channel, message["thread_ts"])
    workspace.reads.setdefault(author, {})[channel["id"]] = message["ts"]
    _push(slack, "message", channel, message=message)
    slack.events.message(channel, message_object(message))
    slack.changed()
    return message


def change(slack: Slack, channel: Json, message: Json, content: Json) -> None:
    """Replace the content of a message: text without blocks drops the blocks; metadata stays unless given."""
    previous = message_object(message)
    rewrite(message, content)
    message["edited"] = {"user": message["user"], "ts": slack.workspace.stamps.next()}
    touched(slack, channel, message)
    event = {"type": "message", "subtype": "message_changed", "hidden": True, "message": message_object(message)}
    slack.events.message(channel, {**event, "previous_message": previous, "ts": slack.workspace.stamps.next()})


def rewrite(message: Json, content: Json) -> None:
    """Replace what a message holds, and nothing around it."""
    message["text"] = content.get("text") or ""
    for key in ("blocks", "attachments"):
        message.pop(key, None)
    message |= _content(content)
    if content.get("metadata") == {}:
        message.pop("metadata", None)


def delete(slack: Slack, channel: Json, message: Json) -> None:
    """Delete a message; its thread lives on, as in Slack."""
    del slack.workspace.messages[channel["id"]][message["ts"]]
    if message.get("thread_ts", message["ts"]) != message["ts"]:
        _count_replies(slack, channel, message["thread_ts"])
    _push(slack, "message_deleted", channel, ts=message["ts"], thread_ts=message.get("thread_ts"))
    event = {"type": "message", "subtype": "message_deleted", "hidden": True, "deleted_ts": message["ts"]}
    event |= {"previous_message": message_object(message), "ts": slack.workspace.stamps.next()}
    slack.events.message(channel, event)
    slack.changed()


def whisper(slack: Slack, channel: Json, user: str, content: Json) -> Json:
    """Show a message to one person only; it is gone when they reload."""
    message = {**_new(slack, slack.bot, content), "is_ephemeral": True, "channel": channel["id"]}
    if content.get("thread_ts"):
        message["thread_ts"] = content["thread_ts"]
    slack.ephemerals.setdefault(user, {})[message["ts"]] = message
    slack.push("ephemeral", lambda page: page == user, channel=channel["id"], message=message_object(message))
    return message


def touched(slack: Slack, channel: Json, message: Json) -> None:
    """Show a changed message to those who look on, and keep it."""
    _push(slack, "message_changed", channel, message=message)
    slack.changed()


def thread(slack: Slack, channel_id: str, ts: str) -> list[Json]:
    """A message and its replies, oldest first; raises `thread_not_found`."""
    found = [
        message
        for message in slack.workspace.messages.get(channel_id, {}).values()
        if message["ts"] == ts or message.get("thread_ts") == ts
    ]
    if not found:
        raise SlackError("thread_not_found")
    return found


def in_channel(message: Json) -> bool:
    """Whether a message stands in the channel itself and not only in a thread."""
    return message.get("thread_ts", message["ts"]) == message["ts"] or message.get("subtype") == "thread_broadcast"


def _new(slack: Slack, author: str, content: Json) -> Json:
    ts = slack.workspace.stamps.next()
    message = {"type": "message", "user": author, "text": content.get("text") or "", "ts": ts}
    message["team"] = slack.id
    if author == slack.bot and "subtype" not in content:  # joining is not said by the app
        bot_id = slack.workspace.bot_id
        profile = {"id": bot_id, "app_id": APP_ID, "name": slack.app.name, "deleted": False, "team_id": slack.id}
        message |= {"bot_id": bot_id, "app_id": APP_ID, "bot_profile": profile}
    return message | _content(content)


def _content(content: Json) -> Json:
    kept: dict[str, Any] = {key: copy.deepcopy(content[key]) for key in CONTENT if content.get(key) is not None}
    if "blocks" in kept:
        kept["blocks"] = name_blocks(kept["blocks"])
    for number, attachment in enumerate(kept.get("attachments", []), start=1):
        attachment["id"] = number
        if inner := attachment.pop("blocks", None):
            attachment["blocks"] = name_blocks(inner)
    return {key: value for key, value in kept.items() if value != []}


def _parent(slack: Slack, channel_id: str, ts: str) -> Json:
    found = slack.workspace.messages[channel_id].get(ts)
    if found is None:
        raise SlackError("cannot_reply_to_message")
    above = found.get("thread_ts", ts)
    return found if above == ts else _parent(slack, channel_id, above)


def _summary(parent: Json) -> Json:
    return {key: parent[key] for key in ("ts", "user", "text")}


def _count_replies(slack: Slack, channel: Json, ts: str) -> None:
    parent = slack.workspace.messages[channel["id"]].get(ts)
    if parent is None:
        return
    replies = [message for message in thread(slack, channel["id"], ts) if message["ts"] != ts]
    users = list(dict.fromkeys(message["user"] for message in replies))
    parent |= {"thread_ts": ts, "reply_count": len(replies), "reply_users": users, "reply_users_count": len(users)}
    parent["latest_reply"] = replies[-1]["ts"] if replies else ts
    _push(slack, "message_changed", channel, message=parent)


def _push(slack: Slack, kind: str, channel: Json, **fields: Any) -> None:
    if "message" in fields:
        fields["message"] = message_object(fields["message"])
    slack.push(kind, lambda page: sees(channel, page), channel=channel["id"], **fields)
