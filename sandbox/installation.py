"""The app's installation in one workspace: codes, tokens, and what becomes of them."""

import secrets
import time
from dataclasses import dataclass, replace

from sandbox.base import CLIENT_ID, CLIENT_SECRET, SlackError
from sandbox.manifest import App
from sandbox.workspace import Workspace

CODE_SECONDS = 600


@dataclass
class Code:
    """What a person allowed, until the app fetches its token for it."""

    user: str
    scope: str
    redirect_uri: str
    issued: float
    used: bool = False


class Installation:
    """Whether the app is installed: then the workspace holds its token. `app` has the scopes that were granted here."""

    def __init__(self, workspace: Workspace, app: App) -> None:
        self._workspace = workspace
        self.app = app
        self._ended: dict[str, str] = {}
        self._codes: dict[str, Code] = {}

    @property
    def token(self) -> str:
        return self._workspace.token

    @property
    def installed(self) -> bool:
        return bool(self.token)

    def check(self, token: str) -> bool:
        """Whether this token is good here; raises what Slack answers to one that was."""
        if token in self._ended:
            raise SlackError(self._ended[token])
        return self.installed and token == self.token

    def has_code(self, code: str) -> bool:
        return code in self._codes

    def allow(self, user: str, scope: str, redirect_uri: str) -> str:
        """A person allows the installation; returns the code for the app."""
        code = f"{secrets.randbelow(10**12)}.{secrets.token_hex(24)}"
        self._codes[code] = Code(user, scope, redirect_uri, time.monotonic())
        return code

    def exchange(self, code: str, redirect_uri: str) -> Code:
        """Take a code, once and within ten minutes; raises the Web API's errors."""
        known = self._codes.get(code)
        if known is None or time.monotonic() - known.issued > CODE_SECONDS:
            raise SlackError("invalid_code")
        if known.used:
            raise SlackError("code_already_used")
        if redirect_uri and redirect_uri != known.redirect_uri:
            raise SlackError("bad_redirect_uri")
        known.used = True
        return known

    def install(self) -> None:
        """Be installed; a live token stays, a dead one is followed by a new one."""
        if not self.installed:
            first = self._workspace.first_token
            self._workspace.token = f"{first}-{len(self._ended) + 1}" if self._ended else first

    def grant(self, scopes: str) -> None:
        """Narrow the app to these scopes, as a code names them; without a manifest everything stays allowed."""
        if self.app.scopes is not None:
            self.app = replace(self.app, scopes=frozenset(scopes.split(",")))

    def end(self, error: str) -> None:
        """The token is good no more: from now on it gives this error."""
        if self.installed:
            self._ended[self.token] = error
            self._workspace.token = ""


def check_client(client_id: str, client_secret: str) -> None:
    """Raise what Slack answers to an app that does not know itself."""
    if client_id != CLIENT_ID:
        raise SlackError("invalid_client_id")
    if client_secret != CLIENT_SECRET:
        raise SlackError("bad_client_secret")
