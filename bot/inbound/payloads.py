"""Reading what Slack sends: whose doing it is, and what a redelivery has in common with it."""

import re
from collections.abc import Mapping
from typing import Any

from handlers.core import Kind
from views.core import unescaped

Body = Mapping[str, Any]
SLACKBOT = "USLACKBOT"
BARE = re.compile("[<>]|&(?!(?:amp|lt|gt);)")


def kind_of(body: Body) -> Kind | None:
    """What kind of request it is; None where no handler is ever asked (a closed view, a check of the address)."""
    match body.get("type"):
        case "event_callback":
            return Kind.EVENT
        case "block_actions":
            return Kind.ACTION
        case "view_submission":
            return Kind.SUBMISSION
        case "block_suggestion":
            return Kind.OPTIONS
        case "shortcut" | "message_action":
            return Kind.SHORTCUT
    return Kind.COMMAND if "command" in body else None


def name_of(kind: Kind, body: Body, prefix: str) -> str:
    """The command without its prefix, or the action, callback or event id."""
    match kind:
        case Kind.COMMAND:
            return str(body["command"]).removeprefix("/").removeprefix(prefix)
        case Kind.ACTION:
            return str(body["actions"][0]["action_id"])
        case Kind.SUBMISSION:
            return str(body["view"]["callback_id"])
        case Kind.SHORTCUT:
            return str(body["callback_id"])
        case Kind.OPTIONS:
            return str(body["action_id"])
        case Kind.EVENT:
            return str(body["event"]["type"])


def author_of(kind: Kind, body: Body) -> str:
    """Whose doing it is; of an event, empty where it is nobody's (a renamed channel), or the bot's own.

    Where `user` of an event is a whole object (`user_change`), it is whom the event is about.
    """
    if kind is not Kind.EVENT:
        return str(body.get("user_id") or body["user"]["id"])
    event = body["event"]
    user = event.get("user")
    bots = [SLACKBOT, *(authorized.get("user_id") for authorized in body.get("authorizations") or [])]
    return user if isinstance(user, str) and user not in bots and not event.get("bot_id") else ""


def typed_in(body: Body) -> str:
    """What stands behind a command, as it was typed.

    Whether Slack escapes `&`, `<`, `>` there is documented nowhere. Where none is left bare it did, and that is undone.
    """
    text = str(body.get("text") or "")
    return text if BARE.search(text) else unescaped(text)


def nothing_chosen(body: Body) -> bool:
    """A choice was taken back: Slack tells that of an action too."""
    chosen = [value for name, value in body["actions"][0].items() if name.startswith("selected_")]
    return bool(chosen) and all(value is None for value in chosen)


def key_of(kind: Kind, body: Body) -> str:
    """What a redelivery of the same request has in common with it; names no person. Empty where nothing tells."""
    match kind:
        case Kind.SUBMISSION:
            return f"view:{body['view']['id']}:{body['view'].get('hash', '')}"
        case Kind.ACTION:
            action, container = body["actions"][0], body.get("container") or {}
            place = container.get("message_ts") or container.get("view_id", "")
            return f"action:{place}:{action['action_id']}:{action.get('action_ts', body.get('trigger_id', ''))}"
        case Kind.EVENT:
            return f"event:{body['event_id']}" if body.get("event_id") else ""
    return f"{kind}:{body['trigger_id']}" if body.get("trigger_id") else ""
