"""The app as its manifest describes it. Without a manifest everything is allowed and every command is the app's."""

from dataclasses import dataclass, field
from typing import Any

from sandbox.base import APP_ID, Json


@dataclass(frozen=True)
class App:
    """What Slack knows of the app from its manifest."""

    name: str = "App"
    commands: list[Json] = field(default_factory=list)
    shortcuts: list[Json] = field(default_factory=list)
    scopes: frozenset[str] | None = None
    events: frozenset[str] | None = None
    urls: dict[str, str] = field(default_factory=dict)
    redirect_urls: tuple[str, ...] = ()

    @classmethod
    def from_manifest(cls, manifest: Json | None) -> "App":
        if manifest is None:
            return cls()
        return cls(
            name=_at(manifest, "display_information", "name", default="App"),
            commands=_at(manifest, "features", "slash_commands", default=[]),
            shortcuts=_at(manifest, "features", "shortcuts", default=[]),
            scopes=frozenset(_at(manifest, "oauth_config", "scopes", "bot", default=[])),
            events=frozenset(_at(manifest, "settings", "event_subscriptions", "bot_events", default=[])),
            urls=_urls(manifest),
            redirect_urls=tuple(_at(manifest, "oauth_config", "redirect_urls", default=[])),
        )

    @property
    def provided(self) -> str:
        """The granted scopes as Slack lists them in answers."""
        return ",".join(sorted(self.scopes or ()))

    def may(self, *needed: str) -> bool:
        """Whether one of the scopes is granted; nothing needed is always granted."""
        return self.scopes is None or not needed or any(scope in self.scopes for scope in needed)

    def hears(self, event: str) -> bool:
        return self.events is None or event in self.events

    def has_command(self, command: str) -> bool:
        return self.scopes is None or any(entry["command"] == command for entry in self.commands)

    def url(self, kind: str, payload: Json) -> str:
        """Where the manifest wants a payload of this kind to be posted; empty where it does not say."""
        if kind == "slash_commands":
            return next((str(own.get("url", "")) for own in self.commands if own["command"] == payload["command"]), "")
        asked = payload.get("type") == "block_suggestion" and self.urls.get("options")
        return asked or self.urls.get(kind, "")

    def shortcut(self, callback_id: str) -> Json | None:
        return next((entry for entry in self.shortcuts if entry["callback_id"] == callback_id), None)

    def described(self, bot_user: str, *, installed: bool, connected: bool) -> Json:
        """The app as the control API shows it: where it is not installed, nothing can be asked of it."""
        commands, shortcuts = (self.commands, self.shortcuts) if installed else ([], [])
        return {
            "id": APP_ID,
            "name": self.name,
            "bot_user_id": bot_user,
            "installed": installed,
            "connected": connected,
            "commands": [_picked(entry, "command", "description", "usage_hint") for entry in commands],
            "shortcuts": [_picked(entry, "name", "type", "callback_id", "description") for entry in shortcuts],
        }


def _urls(manifest: Json) -> dict[str, str]:
    found = {
        "events_api": _at(manifest, "settings", "event_subscriptions", "request_url", default=""),
        "interactive": _at(manifest, "settings", "interactivity", "request_url", default=""),
        "options": _at(manifest, "settings", "interactivity", "message_menu_options_url", default=""),
    }
    return {kind: url for kind, url in found.items() if url}


def _at(tree: Json, *path: str, default: Any) -> Any:
    for key in path:
        tree = tree.get(key) or {}
    return tree or default


def _picked(entry: Json, *keys: str) -> Json:
    return {key: entry.get(key, "") for key in keys}
