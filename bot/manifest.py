"""The app manifest that a workspace's admin pastes: made from what the code answers, so that it cannot differ."""

from typing import Any

from bot.inbound.dispatcher import EVENTS
from bot.scopes import SCOPES
from handlers.registry import all_routes

SHORTCUTS = (
    ("File an issue", "global", "file_issue", "File a process issue"),
    ("Make a suggestion", "global", "make_suggestion", "Drop a suggestion into the box"),
    ("Import KPI values", "message", "import_kpi_values", "Import the values in this message's file"),
    ("File as an issue", "message", "message_to_issue", "Make a process issue of this message"),
)
REQUEST_PATH = "/slack/events"


def manifest(prefix: str = "", *, http: str = "") -> dict[str, Any]:
    """The manifest; `prefix` stands before each command where a workspace has these names taken.

    For Socket Mode, unless `http` says where Slack finds the bot: https://gemba.example.org, say.
    """
    made = _for_socket_mode(prefix)
    return _by_http(made, http.rstrip("/").removesuffix(REQUEST_PATH) + REQUEST_PATH) if http else made


def _by_http(made: dict[str, Any], url: str) -> dict[str, Any]:
    """The same, with one address for everything that Slack sends."""
    for command in made["features"]["slash_commands"]:
        command["url"] = url
    made["settings"]["event_subscriptions"]["request_url"] = url
    made["settings"]["interactivity"] |= {"request_url": url, "message_menu_options_url": url}
    made["settings"]["socket_mode_enabled"] = False
    return made


def _for_socket_mode(prefix: str) -> dict[str, Any]:
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": "Gemba",
            "description": "For teams that improve their processes: issues, pilots, suggestions, KPIs, weekly sync",
            "background_color": "#1f4d3a",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "Gemba", "always_online": True},
            "shortcuts": [
                {"name": name, "type": kind, "callback_id": callback, "description": text}
                for name, kind, callback, text in SHORTCUTS
            ],
            "slash_commands": [
                {
                    "command": f"/{prefix}{command.name}",
                    "description": command.description,
                    "usage_hint": command.hint,
                    "should_escape": False,
                }
                for command in all_routes().commands
            ],
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {"bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True},
            "org_deploy_enabled": False,
            "socket_mode_enabled": True,
            "token_rotation_enabled": False,
        },
    }
