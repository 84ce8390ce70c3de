"""The app as its manifest describes it. Without a manifest everything is allowed and every command is the app's."""

from dataclasses import dataclass, field
from typing import Any

from sandbox.base import APP_ID, BOT_USER, Json


@dataclass(frozen=True)
class App:
    """What Slack knows of the app from its manifest."""

    name: str = "App"
    commands: list[Json] = field(default_factory=list)
    shortcuts: list[Json] = field(default_factory=list)
    scopes: frozenset[str] | None = None
    events: frozenset[str] | None = None

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

    def shortcut(self, callback_id: str) -> Json | None:
        return next((entry for entry in self.shortcuts if entry["callback_id"] == callback_id), None)

    def described(self, *, connected: bool) -> Json:
        """The app as the control API shows it."""
        return {
            "id": APP_ID,
            "name": self.name,
            "bot_user_id": BOT_USER,
            "connected": connected,
            "commands": [_picked(entry, "command", "description", "usage_hint") for entry in self.commands],
            "shortcuts": [_picked(entry, "name", "type", "callback_id", "description") for entry in self.shortcuts],
        }


def _at(tree: Json, *path: str, default: Any) -> Any:
    for key in path:
        tree = tree.get(key) or {}
    return tree or default


def _picked(entry: Json, *keys: str) -> Json:
    return {key: entry.get(key, "") for key in keys}
