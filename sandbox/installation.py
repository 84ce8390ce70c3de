"""Whether the app is installed, and with which token: codes, tokens, and what becomes of them."""

import secrets
import time
from dataclasses import dataclass, field

from sandbox.base import APP_TOKEN, BOT_TOKEN, CLIENT_ID, CLIENT_SECRET, SlackError

CODE_SECONDS = 600


@dataclass
class Code:
    """What a person allowed, until the app fetches its token for it."""

    user: str
    scope: str
    redirect_uri: str
    issued: float
    used: bool = False


@dataclass
class Installation:
    """One installation in the one workspace. It begins installed, with the token that everybody knows."""

    token: str = BOT_TOKEN
    dead: dict[str, str] = field(default_factory=dict)
    codes: dict[str, Code] = field(default_factory=dict)
    count: int = 1

    @property
    def there(self) -> bool:
        return bool(self.token)

    def check(self, token: str) -> None:
        """Raise what Slack answers to a token that is none, another's, or no longer good."""
        if not token:
            raise SlackError("not_authed")
        if token == APP_TOKEN:
            raise SlackError("not_allowed_token_type")
        if token != self.token:
            raise SlackError(self.dead.get(token, "invalid_auth"))

    def allow(self, user: str, scope: str, redirect_uri: str) -> str:
        """A person allows the installation; returns the code for the app."""
        code = f"{secrets.randbelow(10**12)}.{secrets.token_hex(24)}"
        self.codes[code] = Code(user, scope, redirect_uri, time.monotonic())
        return code

    def exchange(self, code: str, redirect_uri: str) -> Code:
        """Take a code, once and within ten minutes, and be installed; raises the Web API's errors."""
        known = self.codes.get(code)
        if known is None or time.monotonic() - known.issued > CODE_SECONDS:
            raise SlackError("invalid_code")
        if known.used:
            raise SlackError("code_already_used")
        if redirect_uri and redirect_uri != known.redirect_uri:
            raise SlackError("bad_redirect_uri")
        known.used = True
        self.install()
        return known

    def install(self) -> None:
        """Be installed; a live token stays, a dead one is followed by a new one."""
        if not self.token:
            self.count += 1
            self.token = f"{BOT_TOKEN}-{self.count}"

    def end(self, error: str) -> None:
        """The token is good no more: from now on it gives this error."""
        if self.token:
            self.dead[self.token] = error
            self.token = ""


def check_client(client_id: str, client_secret: str) -> None:
    """Raise what Slack answers to an app that does not know itself."""
    if client_id != CLIENT_ID:
        raise SlackError("invalid_client_id")
    if client_secret != CLIENT_SECRET:
        raise SlackError("bad_client_secret")
