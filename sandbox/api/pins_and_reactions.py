"""pins.* and reactions.*: what is put on a message."""

from sandbox import reactions
from sandbox.api.call import Call, Methods
from sandbox.base import Json, SlackError
from sandbox.messages import touched
from sandbox.objects import message_object

methods = Methods()


@methods("pins.add", "pins:write")
def add_pin(call: Call) -> Json:
    channel = call.channel_to_write(speak=False)
    message = call.message(channel, "timestamp")
    if message["ts"] in channel["pinned"]:
        raise SlackError("already_pinned")
    channel["pinned"].append(message["ts"])
    message["pinned_to"] = [channel["id"]]
    touched(call.slack, channel, message)
    return {}


@methods("pins.remove", "pins:write")
def remove_pin(call: Call) -> Json:
    channel = call.channel_to_write(speak=False)
    ts = call.need("timestamp", "message_not_found")
    if ts not in channel["pinned"]:
        raise SlackError("no_pin")
    channel["pinned"].remove(ts)
    message = call.slack.workspace.messages[channel["id"]].get(ts)
    if message:
        message.pop("pinned_to", None)
        touched(call.slack, channel, message)
    return {}


@methods("pins.list", "pins:read")
def list_pins(call: Call) -> Json:
    channel = call.channel_as_member()
    found = call.slack.workspace.messages[channel["id"]]
    pins = [found[ts] for ts in reversed(channel["pinned"]) if ts in found]
    return {"items": [{"type": "message", "channel": channel["id"], "message": message_object(pin)} for pin in pins]}


@methods("reactions.add", "reactions:write")
def add_reaction(call: Call) -> Json:
    channel = call.channel_to_write(speak=False)
    message = call.message(channel, "timestamp")
    reactions.add(call.slack, channel, message, call.slack.bot, call.need("name", "invalid_name"))
    return {}


@methods("reactions.remove", "reactions:write")
def remove_reaction(call: Call) -> Json:
    channel = call.channel_to_write(speak=False)
    message = call.message(channel, "timestamp")
    reactions.remove(call.slack, channel, message, call.slack.bot, call.need("name", "invalid_name"))
    return {}


@methods("reactions.get", "reactions:read")
def get_reactions(call: Call) -> Json:
    channel = call.channel_as_member()
    message = message_object(call.message(channel, "timestamp"))
    return {"type": "message", "channel": channel["id"], "message": message}
