"""The other end of a WebSocket that opens, and is never heard again: tests of the watchdog."""

import socket
from base64 import b64encode
from contextlib import suppress
from hashlib import sha1
from threading import Event, Thread

from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

AGREED = b"HTTP/1.1 101 Yes\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
MAGIC = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455 §1.3


class Deaf:
    """Agrees to speak WebSocket when it `may`, then answers nothing; closes at once where it is `rude`."""

    def __init__(self, *, rude: bool = False) -> None:
        self._rude = rude
        self.may = Event()
        self.may.set()
        self.asked = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"ws://127.0.0.1:{self._listener.getsockname()[1]}/link?ticket=1"
        self.guests: list[socket.socket] = []
        Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        for open_one in (self._listener, *self.guests):
            open_one.close()

    def _serve(self) -> None:
        while True:
            try:
                guest, _ = self._listener.accept()
            except OSError:
                return
            self.guests.append(guest)
            asked = guest.recv(4_096).split(b"\r\n")
            key = b"".join(line[19:] for line in asked if line.startswith(b"Sec-WebSocket-Key: "))
            self.asked += bool(key)
            accepts = b64encode(sha1(key + MAGIC).digest())
            self.may.wait()
            with suppress(OSError):  # it did not wait for us
                guest.sendall(AGREED + accepts + b"\r\n\r\n")
            if self._rude:
                guest.close()


class Pointing(WebClient):
    """Names these addresses for the first connections, when it `may`; an exception is raised; then asks the sandbox."""

    def __init__(self, api_url: str, *first: str | Exception) -> None:
        super().__init__("xoxb-sandbox", base_url=api_url)
        self.first = list(first)
        self.asked = 0
        self.may = Event()
        self.may.set()

    def apps_connections_open(self, *, app_token: str, **more: object) -> SlackResponse:
        self.asked += 1
        self.may.wait()
        if not self.first:
            return super().apps_connections_open(app_token=app_token, **more)
        told = self.first.pop(0)
        if isinstance(told, Exception):
            raise told
        known = {"ok": True, "url": told}
        return SlackResponse(
            client=self, http_verb="POST", api_url="", req_args={}, data=known, headers={}, status_code=200
        )
