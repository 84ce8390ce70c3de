"""chat.*: what the app says."""

from typing import Any

from sandbox import messages
from sandbox.api.call import Call, Methods
from sandbox.base import Json, SlackError
from sandbox.objects import message_object
from sandbox.validate import check_message

methods = Methods()

POST_TEXT = 40_000
UPDATE_TEXT = 4_000
PASSED = ("thread_ts", "client_msg_id", "username", "icon_emoji")


@methods("chat.postMessage", "chat:write")
def post_message(call: Call) -> Json:
    channel = call.channel_to_write()
    content = content_of(call, POST_TEXT) | {"reply_broadcast": call.flag("reply_broadcast")}
    message = messages.post(call.slack, channel, call.slack.bot, content)
    return {"channel": channel["id"], "ts": message["ts"], "message": message_object(message)}


@methods("chat.update", "chat:write")
def update(call: Call) -> Json:
    channel = call.channel()
    if channel["archived"]:
        raise SlackError("is_inactive")
    message = call.message(channel)
    if message.get("bot_id") is None:
        raise SlackError("cant_update_message")
    messages.change(call.slack, channel, message, content_of(call, UPDATE_TEXT))
    answer = {"channel": channel["id"], "ts": message["ts"], "text": message["text"]}
    return {**answer, "message": message_object(message)}


@methods("chat.delete", "chat:write")
def delete(call: Call) -> Json:
    channel = call.channel()
    message = call.message(channel)
    if message.get("bot_id") is None:
        raise SlackError("cant_delete_message")
    messages.delete(call.slack, channel, message)
    return {"channel": channel["id"], "ts": message["ts"]}


@methods("chat.postEphemeral", "chat:write")
def post_ephemeral(call: Call) -> Json:
    channel = call.channel_to_write()
    user = call.user()["id"]
    if user not in channel["members"]:
        raise SlackError("user_not_in_channel")
    message = messages.whisper(call.slack, channel, user, content_of(call, POST_TEXT, metadata=False))
    return {"message_ts": message["ts"]}


@methods("chat.getPermalink")
def get_permalink(call: Call) -> Json:
    channel = call.channel()
    ts = call.message(channel, "message_ts")["ts"]
    link = f"{call.slack.url}/archives/{channel['id']}/p{ts.replace('.', '')}"
    return {"channel": channel["id"], "permalink": link}


def content_of(call: Call, longest: int, *, metadata: bool = True) -> Json:
    """Return what a message is to hold, checked against Slack's limits."""
    content: dict[str, Any] = {key: call.text(key) for key in PASSED if call.text(key)}
    content["text"] = call.text("text")
    content["blocks"] = call.json("blocks", "invalid_blocks_format")
    content["attachments"] = call.json("attachments", "invalid_attachments") or []
    if call.text("markdown_text"):
        content["blocks"] = [{"type": "markdown", "text": call.text("markdown_text")}]
    if metadata and call.args.get("metadata") is not None:
        content["metadata"] = _metadata(call)
    check_message(content, longest)
    return content


def _metadata(call: Call) -> Json:
    metadata = call.json("metadata", "invalid_metadata_format")
    fine = metadata == {} or (
        isinstance(metadata, dict)
        and isinstance(metadata.get("event_type"), str)
        and isinstance(metadata.get("event_payload"), dict)
    )
    if not fine:
        raise SlackError("invalid_metadata_format")
    return dict(metadata)
