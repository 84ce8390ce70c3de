"""Slack's hand in HTTP mode, for tests: signed requests, and such as Slack would never send."""

from collections.abc import Mapping
from secrets import token_hex
from time import time
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from slack_sdk.signature import SignatureVerifier

JSON, FORM = "application/json", "application/x-www-form-urlencoded"


class Slack:
    """Posts single requests to a bot's URL. What people do in the sandbox comes from the sandbox itself."""

    def __init__(self, url: str, secret: str) -> None:
        self._url = url
        self._signer = SignatureVerifier(secret)

    def post(self, body: str, kind: str = FORM, headers: Mapping[str, str] | None = None) -> tuple[int, str]:
        """Post a signed request; `headers` replace those of the signature. Returns status and text."""
        every = {"Content-Type": kind, **self.signed(body), **(headers or {})}
        request = Request(self._url, body.encode(), every)
        try:
            with urlopen(request, timeout=10) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as error:
            return error.code, error.read().decode()

    def signed(self, body: str, age: int = 0) -> dict[str, str]:
        """The headers of a body that was signed `age` seconds ago."""
        stamp = str(int(time()) - age)
        signature = self._signer.generate_signature(timestamp=stamp, body=body)
        return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": str(signature)}

    def command(self, text: str, *, age: int = 0) -> tuple[int, str]:
        """A slash command of the clerk, whose trigger Slack does not know."""
        name, _, words = text.partition(" ")
        where = {"team_id": "T0SANDBOX", "user_id": "U0CLERK", "channel_id": "C0SALES"}
        body = urlencode({"command": name, "text": words, "trigger_id": token_hex(8), **where})
        return self.post(body, headers=self.signed(body, age))
