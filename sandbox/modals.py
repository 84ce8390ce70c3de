"""Views: each person's stack of modals and their Home tab."""

import secrets
from typing import Any

from sandbox.base import APP_ID, Json, SlackError, new_id
from sandbox.blocks import name_blocks
from sandbox.workspace import Workspace

STACK = 3
OPTIONAL = {"private_metadata": "", "callback_id": "", "external_id": "", "title": None, "submit": None, "close": None}
FLAGS = ("clear_on_close", "notify_on_close")


class Modals:
    """The open stacks, lowest view first."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._stacks: dict[str, list[Json]] = {}

    def stack(self, user: str) -> list[Json]:
        return self._stacks.get(user, [])

    def open(self, user: str, payload: Json) -> Json:
        """Show a modal in place of whatever was open."""
        return self._put(user, [], payload)

    def push(self, user: str, payload: Json) -> Json:
        """Put a modal on top; raises `push_limit_reached` at the fourth."""
        stack = self.stack(user)
        if len(stack) >= STACK:
            raise SlackError("push_limit_reached")
        return self._put(user, stack, payload)

    def find(self, view_id: str | None = None, external_id: str | None = None) -> Json | None:
        views = [view for stack in self._stacks.values() for view in stack]
        if view_id:
            return next((view for view in views if view["id"] == view_id), None)
        return next((view for view in views if external_id and view["external_id"] == external_id), None)

    def close(self, view: Json) -> None:
        """Take a view off its stack, and all above it."""
        stack = self.stack(view["user"])
        if view in stack:
            del stack[stack.index(view) :]

    def clear(self, user: str) -> list[Json]:
        """Close the whole stack; return what was open, topmost first."""
        return self._stacks.pop(user, [])[::-1]

    def _put(self, user: str, below: list[Json], payload: Json) -> Json:
        if payload.get("external_id") and self.find(external_id=payload["external_id"]):
            raise SlackError("duplicate_external_id")
        view = make_view(self._workspace, user, payload)
        view["root_view_id"] = below[0]["id"] if below else view["id"]
        view["previous_view_id"] = below[-1]["id"] if below else None
        self._stacks[user] = [*below, view]
        return view


def make_view(workspace: Workspace, user: str, payload: Json) -> Json:
    """Return a new view object for a payload of the app."""
    team_id = workspace.team["id"]
    identity = {"id": new_id("V"), "team_id": team_id, "app_id": APP_ID, "app_installed_team_id": team_id, "user": user}
    view: Json = {**identity, "bot_id": workspace.bot_id, "previous_view_id": None, "state": {"values": {}}}
    view["root_view_id"] = view["id"]
    replace_content(view, payload)
    return view


def replace_content(view: Json, payload: Json) -> None:
    """Give a view new content. What was typed stays where block and action keep their ids."""
    content: dict[str, Any] = {key: payload.get(key) or default for key, default in OPTIONAL.items()}
    content |= {flag: bool(payload.get(flag)) for flag in FLAGS}
    blocks = name_blocks(payload["blocks"])
    kept = {block["block_id"] for block in blocks}
    values = {block: typed for block, typed in view["state"]["values"].items() if block in kept}
    view.update(content, type=payload["type"], blocks=blocks, state={"values": values})
    view["hash"] = f"{secrets.randbelow(10**10)}.{secrets.token_hex(4)}"


def check_hash(view: Json | None, given: str | None) -> None:
    """Raise `hash_conflict` when the app updates a version that is no longer there."""
    if given and (view is None or view["hash"] != given):
        raise SlackError("hash_conflict")
