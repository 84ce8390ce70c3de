"""What people do with an app, and what becomes of the app's answer."""

from typing import TYPE_CHECKING, Any

from sandbox import answers, payloads
from sandbox.base import BOT_USER, Json, Refused, SlackError
from sandbox.forms import faults_of
from sandbox.limits import SUGGESTIONS
from sandbox.objects import view_object
from sandbox.sockets import Ack

if TYPE_CHECKING:
    from sandbox.slack import Slack


def outcome(ack: Ack, *, error: str | None = None, errors: Json | None = None) -> Json:
    """What an act came to, for the one who acted."""
    error = error or ack.error
    ok = ack.acked and not error and not errors
    told = {"ok": ok, "acked": ack.acked, "ack_ms": ack.ms, "error": error}
    return {**told, "errors": errors, "response": ack.payload}


def not_sent(error: str, errors: Json | None = None) -> Json:
    """An act that the client itself refuses: nothing reaches the app."""
    return outcome(Ack(False, 0), error=error, errors=errors)


async def command(slack: "Slack", user: str, channel_id: str, typed: str) -> Json:
    """Type a slash command."""
    channel = _place(slack, user, channel_id)
    name, _, text = typed.strip().partition(" ")
    if not slack.app.has_command(name):
        return not_sent("invalid_command")
    payload = payloads.command(slack, user, channel, name, text.strip())
    ack = await slack.delivery.send("slash_commands", f"command {name}", payload, accepts=True)
    return _settled(ack, lambda: answers.say(slack, channel, user, ack.payload))


async def shortcut(slack: "Slack", user: str, callback_id: str, channel_id: str | None, ts: str | None) -> Json:
    """Choose a shortcut, of the workspace or of a message."""
    known = slack.app.shortcut(callback_id)
    wanted = "message" if ts else "global"
    if slack.app.scopes is not None and (known is None or known["type"] != wanted):
        raise Refused("no_such_shortcut", f"The manifest has no {wanted} shortcut {callback_id}.", 404)
    if ts:
        channel = _place(slack, user, channel_id or "")
        message = slack.workspace.message(channel["id"], ts)
        payload = payloads.message_shortcut(slack, user, callback_id, channel, message)
    else:
        payload = payloads.interaction(slack, "shortcut", user) | {"callback_id": callback_id}
        payload["action_ts"] = slack.workspace.stamps.next()
    return outcome(await slack.delivery.send("interactive", f"shortcut {callback_id}", payload))


async def act(slack: "Slack", user: str, container: Json, block_id: str | None, given: Json, state: Any) -> Json:
    """Press a button, choose in a menu."""
    payload, blocks = _surface(slack, user, container, state, "block_actions")
    payload["actions"] = [payloads.action(slack, blocks, block_id, given)]
    return outcome(await slack.delivery.send("interactive", f"action {given['action_id']}", payload))


async def options(slack: "Slack", user: str, container: Json, block_id: str, action_id: str, typed: str) -> Json:
    """Type into an external select; returns the options the app offers."""
    payload, _ = _surface(slack, user, container, None, "block_suggestion")
    payload |= {"block_id": block_id, "action_id": action_id, "value": typed}
    ack = await slack.delivery.send("interactive", f"options {action_id}", payload, accepts=True)
    if not ack.acked:
        raise Refused(ack.error or "", "The app did not answer with options.", 409)
    faults = list(SUGGESTIONS.check(ack.payload, ""))
    if faults:
        ack.note(*faults)
        raise Refused("invalid_options", faults[0], 409)
    return dict(ack.payload)


async def submit(slack: "Slack", user: str, view_id: str, values: Json) -> Json:
    """Press the submit button of a modal. What a client checks itself never reaches the app."""
    view = _modal(slack, user, view_id)
    view["state"] = payloads.full_state(view["blocks"], {"values": values})
    faults = faults_of(view)
    if faults:
        return not_sent("invalid_input", faults)
    payload = payloads.view_submission(slack, user, view)
    ack = await slack.delivery.send("interactive", f"submit {view['callback_id']}", payload, accepts=True)
    errors: Json = {}
    told = _settled(ack, lambda: errors.update(answers.after_submission(slack, view, ack.payload)))
    return told | {"ok": told["ok"] and not errors, "errors": errors or None}


async def close(slack: "Slack", user: str, view_id: str, *, clear: bool) -> Json:
    """Close a modal, or all of them, and tell the app where it asked for it."""
    view = _modal(slack, user, view_id)
    if clear or view["clear_on_close"]:
        closed = slack.modals.clear(user)
    else:
        slack.modals.close(view)
        closed = [view]
    slack.modals_changed(user)
    ack = Ack(True, 0)
    for gone in closed:
        if gone["notify_on_close"]:
            payload = payloads.view_closed(slack, user, gone, cleared=len(closed) > 1 or clear)
            ack = await slack.delivery.send("interactive", f"close {gone['callback_id']}", payload)
    return outcome(ack)


async def open_home(slack: "Slack", user: str, tab: str) -> Json:
    """Open the app's page."""
    channel = slack.workspace.add_direct_messages([slack.workspace.person(user)["id"]])
    stamp = slack.workspace.stamps.next()
    event = {"type": "app_home_opened", "user": user, "channel": channel["id"], "tab": tab, "event_ts": stamp}
    view = slack.workspace.homes.get(user)
    if view and tab == "home":
        event["view"] = view_object(view)
    sending = slack.events.emit(event)
    return outcome(await sending if sending else Ack(True, 0))


def _settled(ack: Ack, effect: Any) -> Json:
    """Let the answer take effect; an answer that Slack would not accept is an error for the person."""
    if not ack.acked:
        return outcome(ack)
    try:
        effect()
    except SlackError as refusal:
        ack.note(*refusal.broke)
        return outcome(ack, error=refusal.body["error"])
    return outcome(ack)


def _place(slack: "Slack", user: str, channel_id: str) -> Json:
    channel = slack.workspace.channel(channel_id)
    slack.workspace.person(user)
    if user not in channel["members"] and channel["kind"] != "channel":
        raise Refused("not_in_channel", f"{user} is not in {channel_id}.", 409)
    return channel


def _modal(slack: "Slack", user: str, view_id: str) -> Json:
    view = slack.modals.find(view_id)
    if view is None or view["user"] != user:
        raise Refused("no_such_view", f"{user} has no open modal {view_id}.", 404)
    return view


def _surface(slack: "Slack", user: str, container: Json, state: Any, kind: str) -> tuple[Json, list[Json]]:
    """Return the payload for an act in a message or view, and the blocks that are there."""
    if container.get("type") == "view":
        view = slack.workspace.homes.get(user)
        if view is None or view["id"] != container["view_id"]:
            view = _modal(slack, user, container["view_id"])
        known = state or view["state"]
        view["state"] = payloads.full_state(view["blocks"], known)
        return payloads.on_view(slack, kind, user, view), view["blocks"]
    channel = _place(slack, user, container["channel"])
    message = slack.ephemerals.get(user, {}).get(container["ts"])
    message = message or slack.workspace.message(channel["id"], container["ts"])
    if message.get("user") != BOT_USER:
        raise Refused("no_such_element", "The message is not the app's.", 404)
    blocks = [
        *message.get("blocks", []),
        *(b for part in message.get("attachments", []) for b in part.get("blocks", [])),
    ]
    payload = payloads.on_message(slack, kind, user, message, channel, payloads.full_state(blocks, state))
    return payload, blocks
