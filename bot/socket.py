"""Socket Mode with Slack's built-in client, made whole where it falls short."""

import socket
import threading
from contextlib import suppress
from time import time

from slack_bolt import App
from slack_bolt.adapter.socket_mode.base_handler import BaseSocketModeHandler
from slack_bolt.adapter.socket_mode.internals import run_bolt_app, send_response
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

CONCURRENCY = 32
PING_SECONDS = 3  # a socket that was closed without a word is noticed at the next ping
RECEIVE_BUFFER = 65_536  # with the default of 1,024 a payload above 1 MB exhausts the stack


class Client(SocketModeClient):
    """Closes an old socket at once: waiting for its reader leaves the new one unread for three seconds."""

    def connect(self) -> None:
        super().connect()
        session = self.current_session
        if session is None:
            return
        close = session.close

        def close_at_once() -> None:
            if session.sock is not None:
                with suppress(OSError):  # it is closed already
                    session.sock.shutdown(socket.SHUT_RDWR)
            close()

        session.close = close_at_once  # type: ignore[method-assign]


class Connection(BaseSocketModeHandler):
    """A Socket Mode connection that finishes what it has taken before it closes."""

    def __init__(self, app: App, app_token: str) -> None:
        self.app = app
        self.client = Client(
            app_token=app_token,
            web_client=app.client,
            logger=app.logger,
            ping_interval=PING_SECONDS,
            receive_buffer_size=RECEIVE_BUFFER,
            concurrency=CONCURRENCY,
        )
        self.client.socket_mode_request_listeners.append(self.handle)  # type: ignore[arg-type]
        self._in_flight = 0
        self._idle = threading.Condition()
        self._stopping = False

    def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        if self._stopping:
            return  # not acknowledged: Slack gives an event to another connection
        with self._idle:
            self._in_flight += 1
        began = time()
        try:
            send_response(client, req, run_bolt_app(self.app, req), began)
        finally:
            with self._idle:
                self._in_flight -= 1
                self._idle.notify_all()

    @property
    def connected(self) -> bool:
        return self.client.is_connected()

    def drain(self, timeout: float) -> None:
        """Take nothing more, wait for what is being answered, and close."""
        self._stopping = True
        with self._idle:
            self._idle.wait_for(lambda: self._in_flight == 0, timeout)
        with suppress(AttributeError):  # the client's monitor may have closed it a moment ago
            self.close()  # type: ignore[no-untyped-call]
