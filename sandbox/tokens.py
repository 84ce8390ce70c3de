"""What Slack hands to an app for a short while: triggers and response URLs."""

import secrets
import time
from dataclasses import dataclass

from sandbox.base import SlackError

TRIGGER_SECONDS = 3.0
RESPONSE_SECONDS = 30 * 60
RESPONSE_USES = 5


@dataclass
class Trigger:
    """The right to open one modal for one person."""

    user: str
    issued: float
    spent: bool = False


class Triggers:
    """Trigger ids of one workspace: three seconds, one use."""

    def __init__(self, team_id: str) -> None:
        self._team_id = team_id
        self._known: dict[str, Trigger] = {}

    def issue(self, user: str) -> str:
        now = time.monotonic()
        self._known = {key: known for key, known in self._known.items() if now - known.issued < 600}
        trigger_id = f"{secrets.randbelow(10**12)}.{self._team_id[1:]}.{secrets.token_hex(16)}"
        self._known[trigger_id] = Trigger(user, now)
        return trigger_id

    def spend(self, trigger_id: str) -> str:
        """Return whose trigger it is and use it up; raises the Web API's three errors."""
        trigger = self._known.get(trigger_id)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.spent:
            raise SlackError("exchanged_trigger_id")
        if time.monotonic() - trigger.issued > TRIGGER_SECONDS:
            raise SlackError("expired_trigger_id")
        trigger.spent = True
        return trigger.user


@dataclass
class ResponseUrl:
    """The right to answer one interaction: where, to whom, and to which message it belongs."""

    channel: str
    user: str
    message_ts: str | None
    issued: float
    uses: int = 0


class ResponseUrls:
    """Response URLs: thirty minutes, five uses."""

    def __init__(self) -> None:
        self._known: dict[str, ResponseUrl] = {}

    def knows(self, key: str) -> bool:
        return key in self._known

    def issue(self, channel: str, user: str, message_ts: str | None = None) -> str:
        """Return the last part of a new response URL."""
        key = secrets.token_hex(12)
        self._known[key] = ResponseUrl(channel, user, message_ts, time.monotonic())
        return key

    def use(self, key: str) -> ResponseUrl:
        """Return what the URL stands for and count the use; raises `used_url` or `expired_url`."""
        url = self._known.get(key)
        if url is None or time.monotonic() - url.issued > RESPONSE_SECONDS:
            raise SlackError("expired_url")
        if url.uses >= RESPONSE_USES:
            raise SlackError("used_url")
        url.uses += 1
        return url
