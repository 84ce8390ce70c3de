"""What Slack sends, with the fields that it has there."""

import json
from typing import Any

TEAM, CLERK, CHANNEL, OLD = "T1", "U0CLERK", "C0SALES", "1790000000.000100"
MODAL = {"container": {"type": "view", "view_id": "VNHU13V36"}}


def command(text: str, name: str = "/issue", **more: Any) -> dict[str, Any]:
    return {
        "token": "x",
        "team_id": TEAM,
        "team_domain": "example",
        "channel_id": CHANNEL,
        "channel_name": "sales",
        "user_id": CLERK,
        "user_name": "clerk",
        "command": name,
        "text": text,
        "api_app_id": "A1",
        "is_enterprise_install": "false",
        "response_url": "https://hooks.slack.com/commands/T1/1/x",
        "trigger_id": "13345224609.738474920.8088930838d88f008e0",
        **more,
    }


def interaction(kind: str, **more: Any) -> dict[str, Any]:
    return {
        "type": kind,
        "user": {"id": CLERK, "username": "clerk", "name": "clerk", "team_id": TEAM},
        "api_app_id": "A1",
        "token": "x",
        "trigger_id": "12466734323.1395872398",
        "enterprise": None,
        "team": {"id": TEAM, "domain": "example"},
        "is_enterprise_install": False,
        **more,
    }


def action(action_id: str, value: Any = "1", kind: str = "button", **more: Any) -> dict[str, Any]:
    chosen = value if isinstance(value, dict) else {"value": value}
    given = {"type": kind, "action_id": action_id, "block_id": "=qXel", "action_ts": "1548426417.840180", **chosen}
    return interaction("block_actions", actions=[given], **more)


def in_message(*, ephemeral: bool = False, **message: Any) -> dict[str, Any]:
    """Where a button in a message was pressed. Of an ephemeral one Slack sends no message."""
    container = {"type": "message", "message_ts": OLD, "channel_id": CHANNEL, "is_ephemeral": ephemeral}
    shown = {"bot_id": "B1", "type": "message", "text": "", "user": "UBOT", "ts": OLD, "team": TEAM, **message}
    where = {
        "container": container,
        "channel": {"id": CHANNEL, "name": "sales"},
        "response_url": "https://hooks.slack.com/actions/T1/1/x",
    }
    return where if ephemeral else {**where, "message": shown, "state": {"values": {}}}


def view(callback: str, *blocks: dict[str, Any], kind: str = "modal", **more: Any) -> dict[str, Any]:
    return {
        "id": "VNHU13V36",
        "team_id": TEAM,
        "type": kind,
        "blocks": list(blocks),
        "private_metadata": "",
        "callback_id": callback,
        "state": {"values": {}},
        "hash": "156663117.cd33ad1f",
        "title": {"type": "plain_text", "text": "x", "emoji": True},
        "clear_on_close": False,
        "notify_on_close": False,
        "close": None,
        "submit": None,
        "previous_view_id": None,
        "root_view_id": "VNHU13V36",
        "app_id": "A1",
        "external_id": "",
        "app_installed_team_id": TEAM,
        "bot_id": "B1",
        **more,
    }


def event(kind: str, **more: Any) -> dict[str, Any]:
    return {
        "token": "x",
        "team_id": TEAM,
        "api_app_id": "A1",
        "event": {"type": kind, "event_ts": OLD, **more},
        "type": "event_callback",
        "event_id": "Ev1",
        "event_time": 1_790_000_000,
        "is_ext_shared_channel": False,
        "context_team_id": TEAM,
        "context_enterprise_id": None,
        "authorizations": [
            {"enterprise_id": None, "team_id": TEAM, "user_id": "UBOT", "is_bot": True, "is_enterprise_install": False}
        ],
    }


def an_input(name: str) -> dict[str, Any]:
    return {
        "type": "input",
        "block_id": name,
        "label": {"type": "plain_text", "text": name},
        "optional": True,
        "element": {"type": "plain_text_input", "action_id": name},
    }


def typed(**texts: Any) -> dict[str, Any]:
    values = {name: {name: {"type": "plain_text_input", "value": text}} for name, text in texts.items()}
    return {"state": {"values": values}}


def message_action(**message: Any) -> dict[str, Any]:
    return interaction(
        "message_action",
        callback_id="message_to_issue",
        channel={"id": CHANNEL, "name": "sales"},
        message_ts=OLD,
        action_ts=OLD,
        response_url="https://hooks.slack.com/app/T1/1/x",
        message={"type": "message", "ts": OLD, **message},
    )


def of_organisation(payload: dict[str, Any]) -> dict[str, Any]:
    """The same from an app that is installed for a whole organisation: no team, people with ids of their own."""
    changed = json.loads(json.dumps(payload).replace(f'"{CLERK}"', '"W0CLERK"'))
    if "user" in changed:
        changed |= {"team": None, "enterprise": {"id": "E1", "name": "Example"}, "is_enterprise_install": True}
    if "authorizations" in changed:
        changed |= {"authorizations": None, "enterprise_id": "E1", "is_enterprise_install": True}
    return changed
