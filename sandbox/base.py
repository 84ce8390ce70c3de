"""The few words that all of the sandbox shares."""

import secrets
from typing import Any

Json = dict[str, Any]

TEAM_ID = "T0SANDBOX"
APP_ID = "A0SANDBOX"
BOT_USER = "U0APPBOT"
BOT_ID = "B0APPBOT"
BOT_TOKEN = "xoxb-sandbox"
APP_TOKEN = "xapp-sandbox"
VERIFICATION_TOKEN = "sandbox-verification"
SIGNING_SECRET = "sandbox-signing-secret"
CLIENT_ID = "sandbox-client-id"
CLIENT_SECRET = "sandbox-client-secret"

ACK_SECONDS = 3.0


class SlackError(Exception):
    """A refusal as the Web API words it: `{"ok": false, "error": NAME, ...}`."""

    def __init__(self, error: str, **more: Any) -> None:
        super().__init__(error)
        self.body: Json = {"ok": False, "error": error, **more}

    @property
    def broke(self) -> list[str]:
        """The rules that were broken, for the inspector."""
        return [self.body["error"], *self.body.get("response_metadata", {}).get("messages", [])]


class Refused(Exception):
    """A refusal of the control API, in words for the one who tests."""

    def __init__(self, error: str, detail: str, status: int = 400) -> None:
        super().__init__(detail)
        self.status = status
        self.body: Json = {"ok": False, "error": error, "detail": detail}


def new_id(prefix: str) -> str:
    """Return an id as Slack forms them: a letter for the kind, then ten capitals and digits."""
    return prefix + secrets.token_hex(5).upper()
