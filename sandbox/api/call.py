"""One call of the Web API: its arguments, whatever form they came in, and the checks that many methods share."""

import base64
import binascii
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from sandbox.base import Json, SlackError, parsed, whole
from sandbox.objects import SCOPE_FAMILY
from sandbox.slack import Slack


class Method(NamedTuple):
    """A method of the Web API and the scopes of which one is needed."""

    run: "Run"
    scopes: tuple[str, ...] = ()


class Methods(dict[str, Method]):
    """The methods of a module: `@methods(NAME, SCOPE…)` makes a function one of them."""

    def __call__(self, name: str, *scopes: str) -> "Callable[[Run], Run]":
        def keep(run: "Run") -> "Run":
            self[name] = Method(run, scopes)
            return run

        return keep


@dataclass(frozen=True)
class Call:
    """Arguments by name, read as the type that is wanted: forms carry only text."""

    slack: Slack
    args: Json

    def text(self, name: str, default: str = "") -> str:
        value = self.args.get(name)
        return default if value is None else str(value)

    def need(self, name: str, error: str = "invalid_arguments") -> str:
        if not self.args.get(name):
            detail = {"messages": [f"[ERROR] missing required field: {name}"]}
            raise SlackError(error, **({"response_metadata": detail} if error == "invalid_arguments" else {}))
        return str(self.args[name])

    def flag(self, name: str) -> bool:
        return str(self.args.get(name, "")).lower() in ("1", "true")

    def json(self, name: str, error: str = "invalid_arguments") -> Any:
        """Return a structure, given as itself or as JSON text; None when it is not there."""
        value = self.args.get(name)
        if not isinstance(value, str):
            return value
        try:
            return parsed(value) if value else None
        except ValueError:
            raise SlackError(error) from None

    def names(self, name: str) -> list[str]:
        """Return a list given as a list or as text with commas."""
        value = self.args.get(name) or []
        parts = value if isinstance(value, list) else str(value).strip("[]").replace('"', "").split(",")
        return list(dict.fromkeys(str(part).strip() for part in parts if str(part).strip()))

    def channel(self, channel_id: str = "") -> Json:
        """Return a channel, `channel` unless another is named, if the app can know of it."""
        channel = self.slack.workspace.channel(channel_id or self.need("channel", "channel_not_found"))
        if channel["kind"] != "channel" and self.slack.bot not in channel["members"]:
            raise SlackError("channel_not_found")
        return channel

    def channel_as_member(self) -> Json:
        channel = self.channel()
        if self.slack.bot not in channel["members"]:
            raise SlackError("not_in_channel")
        return channel

    def channel_to_write(self, *, speak: bool = True) -> Json:
        """Return a channel the app may write to.

        Who speaks may give a channel's name too; a person's id stands for the direct messages with them.
        """
        target = self.need("channel", "channel_not_found")
        if target in self.slack.workspace.users:
            return self.direct_messages([target])
        channel = self.channel(self.slack.workspace.named(target) if speak else target)
        public = speak and "chat:write.public" in (self.slack.app.scopes or ())
        if self.slack.bot not in channel["members"] and not (public and channel["kind"] == "channel"):
            raise SlackError("not_in_channel")
        if channel["archived"]:
            raise SlackError("is_archived")
        return channel

    def direct_messages(self, users: list[str]) -> Json:
        """Return the conversation with these people; raises what Slack says of those whom an app cannot write to."""
        known = [self.slack.workspace.users.get(user) for user in users]
        for user in known:
            if user is None:
                raise SlackError("user_not_found")
            if user["is_bot"]:
                raise SlackError("cannot_dm_bot")
            if user["deleted"]:
                raise SlackError("user_disabled")
        return self.slack.workspace.add_direct_messages(users)

    def message(self, channel: Json, name: str = "ts") -> Json:
        return self.slack.workspace.message(channel["id"], self.need(name, "message_not_found"))

    def user(self, name: str = "user") -> Json:
        user = self.slack.workspace.users.get(self.need(name, "user_not_found"))
        if user is None:
            raise SlackError("user_not_found")
        return user

    def need_scope(self, *scopes: str) -> None:
        """Raise `missing_scope` when the manifest grants none of them."""
        app = self.slack.app
        if not app.may(*scopes):
            raise SlackError("missing_scope", needed=",".join(scopes), provided=app.provided)

    def need_channel_scope(self, right: str, channel: Json) -> None:
        self.need_scope(f"{SCOPE_FAMILY[channel['kind']]}:{right}")

    def page(self, items: Iterable[Json], *, default: int = 100, most: int = 999) -> tuple[list[Json], str]:
        """Return one page of the items and the cursor of the next, empty on the last page."""
        found = list(items)
        start = self._offset()
        try:
            limit = whole(self.text("limit") or str(default))
        except ValueError:
            limit = 0
        if not 0 < limit <= max(most, default):
            raise SlackError("invalid_limit")
        end = start + limit
        return found[start:end], base64.b64encode(f"next:{end}".encode()).decode() if end < len(found) else ""

    def _offset(self) -> int:
        try:
            return whole(base64.b64decode(self.text("cursor")).decode().partition(":")[2] or "0")
        except (ValueError, binascii.Error):
            raise SlackError("invalid_cursor") from None


def paged(name: str, page: tuple[list[Json], str], **more: Any) -> Json:
    """The answer of a listing method."""
    return {name: page[0], **more, "response_metadata": {"next_cursor": page[1]}}


Run = Callable[[Call], Json]
