"""What Slack sends to an app when a person does something, field by field."""

from typing import Any

from sandbox.base import APP_ID, VERIFICATION_TOKEN, Json, Refused
from sandbox.blocks import INITIAL, find_element, inputs_of, surface_state
from sandbox.objects import message_object, view_object
from sandbox.rich_input import as_sent
from sandbox.slack import Slack

# What a client adds to an action from the element itself.
CARRIED = ("text", "value", "placeholder", "confirm")
# What the fields of a state hold, where it is neither text nor a list.
STATE_KINDS = {"selected_option": (dict,), "selected_date_time": (int, float), "rich_text_value": (dict, str)}
# Who only types into a menu gives the app no right to open a modal or to answer.
NOT_FOR_OPTIONS = ("trigger_id", "response_url", "state")


def interaction(slack: Slack, kind: str, user_id: str) -> Json:
    """The part that all interactive payloads share."""
    team = slack.workspace.team
    user = slack.workspace.person(user_id)
    who = {"id": user_id, "username": user["name"], "name": user["name"], "team_id": team["id"]}
    return {
        "type": kind,
        "user": who,
        "team": {"id": team["id"], "domain": team["domain"]},
        "api_app_id": APP_ID,
        "token": VERIFICATION_TOKEN,
        "enterprise": None,
        "is_enterprise_install": False,
        "trigger_id": slack.triggers.issue(user_id),
    }


def command(slack: Slack, user_id: str, channel: Json, name: str, text: str) -> Json:
    """A slash command as it was typed: nothing in its text is escaped."""
    team = slack.workspace.team
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": team["id"],
        "team_domain": team["domain"],
        "channel_id": channel["id"],
        "channel_name": _channel_name(channel),
        "user_id": user_id,
        "user_name": slack.workspace.person(user_id)["name"],
        "command": name,
        "text": text,
        "api_app_id": APP_ID,
        "is_enterprise_install": "false",
        "response_url": slack.response_url(channel["id"], user_id),
        "trigger_id": slack.triggers.issue(user_id),
    }


def message_shortcut(slack: Slack, user_id: str, callback_id: str, channel: Json, message: Json) -> Json:
    payload = interaction(slack, "message_action", user_id) | {"callback_id": callback_id}
    where = {"channel": {"id": channel["id"], "name": _channel_name(channel)}, "message_ts": message["ts"]}
    url = slack.response_url(channel["id"], user_id, message["ts"])
    stamp = slack.workspace.stamps.next()
    return {**payload, **where, "action_ts": stamp, "response_url": url, "message": message_object(message)}


def on_message(slack: Slack, kind: str, user_id: str, message: Json, channel: Json, state: Json) -> Json:
    """Something done in a message. Of an ephemeral message the app gets the container only, not the message."""
    ephemeral = bool(message.get("is_ephemeral"))
    container = {"type": "message", "message_ts": message["ts"], "channel_id": channel["id"]}
    container |= {"is_ephemeral": ephemeral}
    if "thread_ts" in message:
        container["thread_ts"] = message["thread_ts"]
    payload = interaction(slack, kind, user_id) | {"container": container}
    payload |= {"channel": {"id": channel["id"], "name": _channel_name(channel)}, "state": state}
    payload["response_url"] = slack.response_url(channel["id"], user_id, message["ts"])
    return payload if ephemeral else {**payload, "message": message_object(message)}


def on_view(slack: Slack, kind: str, user_id: str, view: Json) -> Json:
    """Something done in a modal or in the Home tab."""
    container = {"type": "view", "view_id": view["id"]}
    return interaction(slack, kind, user_id) | {"container": container, "view": view_object(view)}


def view_closed(slack: Slack, user_id: str, view: Json, *, cleared: bool) -> Json:
    payload = interaction(slack, "view_closed", user_id) | {"view": view_object(view), "is_cleared": cleared}
    del payload["trigger_id"]
    return payload


def view_submission(slack: Slack, user_id: str, view: Json) -> Json:
    """A submission, with a response URL for each input that asked for one."""
    urls = []
    for block in view["blocks"]:
        element = block.get("element") or {}
        if element.get("response_url_enabled"):
            chosen = view["state"]["values"].get(block["block_id"], {}).get(element["action_id"], {})
            channel = chosen.get("selected_conversation") or chosen.get("selected_channel")
            where = {"block_id": block["block_id"], "action_id": element["action_id"], "channel_id": channel}
            urls.append({**where, "response_url": slack.response_url(channel, user_id)})
    payload = interaction(slack, "view_submission", user_id)
    return {**payload, "view": view_object(view), "response_urls": urls}


def action(slack: Slack, blocks: list[Json], block_id: str | None, given: Json) -> Json:
    """One entry of `actions`: what the person chose, and what the element says of itself."""
    found = find_element(blocks, given["action_id"], block_id)
    if found is None:
        raise Refused("no_such_element", f"There is no element {block_id}/{given['action_id']} to press.", 404)
    block, element = found
    carried = {key: element[key] for key in CARRIED if key in element}
    stamp = slack.workspace.stamps.next()
    ids = {"action_id": element["action_id"], "block_id": block["block_id"], "type": element["type"]}
    chosen = as_sent(given) if element["type"] == "rich_text_input" else given
    return {**carried, **chosen, **ids, "action_ts": stamp}


def full_state(blocks: list[Json], given: Json | None) -> Json:
    """The state of a whole surface, as a client sends it."""
    known = (given or {}).get("values") or {}
    for block, element in inputs_of(blocks):
        _check_typed(known, block["block_id"], element)
    values = surface_state(blocks, known)
    for block, element in inputs_of(blocks):
        if element["type"] == "rich_text_input":
            values[block["block_id"]][element["action_id"]] = as_sent(values[block["block_id"]][element["action_id"]])
    return {"values": values}


def _check_typed(known: Any, block_id: str, element: Json) -> None:
    """Raise Refused for a state that no client would send."""
    _, key, empty = INITIAL[element["type"]]
    kinds = (list,) if empty == [] else STATE_KINDS.get(key, (str,))
    try:
        value = known.get(block_id, {}).get(element["action_id"], {}).get(key)
    except AttributeError:
        raise Refused("invalid_state", "A state is {values: {BLOCK_ID: {ACTION_ID: {...}}}}.") from None
    if value is not None and not isinstance(value, kinds):
        raise Refused("invalid_state", f"The {key} of {block_id}/{element['action_id']} is of another kind.")


def _channel_name(channel: Json) -> str:
    return {"im": "directmessage", "private": "privategroup"}.get(channel["kind"], str(channel["name"]))
