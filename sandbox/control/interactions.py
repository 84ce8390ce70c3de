"""What a person does with the app, and what becomes of the app's answer."""

from collections.abc import Callable
from typing import Any

from sandbox import answers, payloads
from sandbox.base import Json, Refused, SlackError
from sandbox.blocks import blocks_of
from sandbox.control.call import Call, Routes, need, part
from sandbox.forms import faults_of
from sandbox.limits import SUGGESTIONS
from sandbox.objects import view_object
from sandbox.sockets import Ack

routes = Routes()

NOTHING: Json = {}


@routes("/as/{user}/commands", "POST")
async def command(call: Call) -> Json:
    """Type a slash command."""
    slack, user, channel = call.slack, call.user, _place(call, call.need("channel"))
    name, _, text = call.need("text").strip().partition(" ")
    if not (slack.installation.installed and slack.app.has_command(name)):
        return _not_sent("invalid_command")
    payload = payloads.command(slack, user, channel, name, text.strip())
    ack = await slack.send("slash_commands", f"command {name}", payload, accepts=True)
    return _settled(ack, lambda: answers.say(slack, channel, user, ack.payload))


@routes("/as/{user}/shortcuts", "POST")
async def shortcut(call: Call) -> Json:
    """Choose a shortcut, of the workspace or of a message."""
    slack, user, callback_id, ts = call.slack, call.user, call.need("callback_id"), call.get("message_ts", "")
    known = slack.app.shortcut(callback_id)
    wanted = "message" if ts else "global"
    if slack.app.scopes is not None and (known is None or known["type"] != wanted):
        raise Refused("no_such_shortcut", f"The manifest has no {wanted} shortcut {callback_id}.", 404)
    if ts:
        channel = _place(call, call.need("channel"))
        message = slack.workspace.message(channel["id"], ts)
        payload = payloads.message_shortcut(slack, user, callback_id, channel, message)
    else:
        payload = payloads.interaction(slack, "shortcut", user) | {"callback_id": callback_id}
        payload["action_ts"] = slack.workspace.stamps.next()
    return _outcome(await slack.send("interactive", f"shortcut {callback_id}", payload))


@routes("/as/{user}/actions", "POST")
async def act(call: Call) -> Json:
    """Press a button, choose in a menu."""
    action = part(call.body, "action", dict)
    action_id = need(action, "action_id")
    payload, blocks = _surface(call, "block_actions")
    payload["actions"] = [payloads.action(call.slack, blocks, call.get("block_id", ""), action)]
    return _outcome(await call.slack.send("interactive", f"action {action_id}", payload))


@routes("/as/{user}/options", "POST")
async def options(call: Call) -> Json:
    """Type into an external select; returns the options the app offers."""
    ids = {"block_id": call.need("block_id"), "action_id": call.need("action_id")}
    payload, _ = _surface(call, "block_suggestion")
    payload = {key: value for key, value in payload.items() if key not in payloads.NOT_FOR_OPTIONS}
    payload |= {**ids, "value": call.get("value", "")}
    ack = await call.slack.send("interactive", f"options {ids['action_id']}", payload, accepts=True)
    if not ack.acked:
        raise Refused(ack.error or "", "The app did not answer with options.", 409)
    faults = list(SUGGESTIONS.check(ack.payload, ""))
    if faults:
        ack.note(*faults)
        raise Refused("invalid_options", faults[0], 409)
    return dict(ack.payload)


@routes("/as/{user}/views/{view}/submit", "POST")
async def submit(call: Call) -> Json:
    """Press the submit button of a modal. What a client checks itself never reaches the app."""
    slack, view = call.slack, _modal(call, call.request.path_params["view"])
    view["state"] = payloads.full_state(view["blocks"], {"values": call.get("values", NOTHING)})
    faults = faults_of(view)
    if faults:
        return _not_sent("invalid_input", faults)
    payload = payloads.view_submission(slack, call.user, view)
    ack = await slack.send("interactive", f"submit {view['callback_id']}", payload, accepts=True)
    errors: Json = {}
    outcome = _settled(ack, lambda: errors.update(answers.after_submission(slack, view, ack.payload)))
    return outcome | {"ok": outcome["ok"] and not errors, "errors": errors or None}


@routes("/as/{user}/views/{view}/close", "POST")
async def close(call: Call) -> Json:
    """Close a modal, or all of them, and tell the app where it asked for it."""
    slack, user, view = call.slack, call.user, _modal(call, call.request.path_params["view"])
    clear = bool(call.body.get("clear"))
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
            ack = await slack.send("interactive", f"close {gone['callback_id']}", payload)
    return _outcome(ack)


@routes("/as/{user}/home", "POST")
async def open_home(call: Call) -> Json:
    """Open the app's page."""
    slack, user, tab = call.slack, call.user, call.get("tab", "home")
    if not slack.installation.installed:
        return _not_sent("app_not_installed")
    channel = slack.workspace.add_direct_messages([user])
    event = {"type": "app_home_opened", "user": user, "channel": channel["id"], "tab": tab}
    view = slack.workspace.homes.get(user)
    if view and tab == "home":
        event["view"] = view_object(view)
    sending = slack.events.emit(event)
    return _outcome(await sending if sending else Ack(True, 0))


def _outcome(ack: Ack, *, error: str | None = None, errors: Json | None = None) -> Json:
    """What an act came to, for the one who acted."""
    error = error or ack.error
    ok = ack.acked and not error and not errors
    outcome = {"ok": ok, "acked": ack.acked, "ack_ms": ack.ms, "error": error}
    return {**outcome, "errors": errors, "response": ack.payload}


def _not_sent(error: str, errors: Json | None = None) -> Json:
    """An act that the client itself refuses: nothing reaches the app."""
    return _outcome(Ack(False, 0), error=error, errors=errors)


def _settled(ack: Ack, effect: Callable[[], Any]) -> Json:
    """Let the answer take effect; an answer that Slack would not accept is an error for the person."""
    if not ack.acked:
        return _outcome(ack)
    try:
        effect()
    except SlackError as refusal:
        ack.note(*refusal.broke)
        return _outcome(ack, error=refusal.body["error"])
    return _outcome(ack)


def _place(call: Call, channel_id: str) -> Json:
    channel = call.slack.workspace.channel(channel_id)
    if call.user not in channel["members"] and channel["kind"] != "channel":
        raise Refused("not_in_channel", f"{call.user} is not in {channel_id}.", 409)
    return channel


def _modal(call: Call, view_id: str) -> Json:
    view = call.slack.modals.find(view_id)
    if view is None or view["user"] != call.user:
        raise Refused("no_such_view", f"{call.user} has no open modal {view_id}.", 404)
    return view


def _surface(call: Call, kind: str) -> tuple[Json, list[Json]]:
    """Return the payload for an act in a message or view, and the blocks that are there."""
    slack, user, container, state = (
        call.slack,
        call.user,
        part(call.body, "container", dict),
        call.get("state", NOTHING),
    )
    if container.get("type") == "view":
        view = slack.workspace.homes.get(user)
        if view is None or view["id"] != container.get("view_id"):
            view = _modal(call, need(container, "view_id"))
        view["state"] = payloads.full_state(view["blocks"], state or view["state"])
        return payloads.on_view(slack, kind, user, view), view["blocks"]
    channel = _place(call, need(container, "channel"))
    ts = need(container, "ts")
    message = slack.ephemerals.get(user, {}).get(ts) or slack.workspace.message(channel["id"], ts)
    if message.get("user") != slack.bot:
        raise Refused("no_such_element", "The message is not the app's.", 404)
    blocks = blocks_of(message)
    payload = payloads.on_message(slack, kind, user, message, channel, payloads.full_state(blocks, state))
    return payload, blocks
