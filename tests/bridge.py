"""Slack in HTTP mode, for tests: takes what the sandbox sends over a socket and posts it, signed, to the bot's URL."""

import json
from collections.abc import Mapping
from secrets import token_hex
from time import time
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from slack_sdk import WebClient
from slack_sdk.signature import SignatureVerifier
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from bot.socket import Client

JSON, FORM = "application/json", "application/x-www-form-urlencoded"


class Slack:
    """Slack's side of HTTP: `post` sends one request; once it is connected, so comes what people do in the sandbox."""

    def __init__(self, url: str, secret: str, api_url: str) -> None:
        self._url = url
        self._signer = SignatureVerifier(secret)
        self._client = Client("xapp-sandbox", web_client=WebClient(base_url=api_url))
        self._client.socket_mode_request_listeners.append(self._pass_on)
        self.answers: list[int] = []

    def connect(self) -> None:
        self._client.connect()

    def close(self) -> None:
        """Takes a second where it was connected."""
        if self._client.is_connected():
            self._client.close()

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

    def _pass_on(self, client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        match request.type:
            case "slash_commands":
                status, text = self.post(urlencode(request.payload))
            case "interactive":
                status, text = self.post(urlencode({"payload": json.dumps(request.payload)}))
            case _:
                status, text = self.post(json.dumps(request.payload), JSON)
        self.answers.append(status)
        if status == 200:
            payload: Any = json.loads(text) if text.startswith("{") else {"text": text} if text else None
            client.send_socket_mode_response(SocketModeResponse(request.envelope_id, payload))
