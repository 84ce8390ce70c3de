"""The few words that all of the sandbox shares."""

import json
import math
import secrets
from typing import Any, NoReturn

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


def parsed(text: str | bytes) -> Any:
    """Read JSON; raises ValueError for what is none: infinite numbers, halves of characters, and the like."""
    try:
        value = json.loads(text, parse_float=_finite, parse_constant=_no_number)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if (b"\\u" if isinstance(text, bytes) else "\\u") in text:  # type: ignore[operator]
        json.dumps(value, ensure_ascii=False).encode()
    return value


def whole(text: str) -> int:
    """Read a whole number that is not negative; raises ValueError for anything else."""
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise ValueError("no whole number")
    return int(text)


def new_id(prefix: str) -> str:
    """Return an id as Slack forms them: a letter for the kind, then ten capitals and digits."""
    return prefix + secrets.token_hex(5).upper()


def _finite(text: str) -> float:
    if not math.isfinite(float(text)):
        raise ValueError("out of range")
    return float(text)


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number")
