"""Socket Mode with Slack's built-in client, made whole where it falls short."""

import socket
import threading
from contextlib import suppress
from time import monotonic, time

from slack_bolt import App
from slack_bolt.adapter.socket_mode.base_handler import BaseSocketModeHandler
from slack_bolt.adapter.socket_mode.internals import run_bolt_app, send_response
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.builtin.connection import ConnectionState
from slack_sdk.socket_mode.request import SocketModeRequest

CONCURRENCY = 32
PING_SECONDS = 3  # a socket that was closed without a word is noticed at the next ping
RECEIVE_BUFFER = 65_536  # with the default of 1,024 a payload above 1 MB exhausts the stack


class Client(SocketModeClient):
    """Closes an old socket at once: waiting for its reader leaves the new one unread for three seconds."""

    _states: tuple[ConnectionState, ...] = ()

    def connect(self) -> None:
        before = self.current_session_state
        super().connect()
        self._states = (before, self.current_session_state)  # a reader that starts right now may have taken either
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

    def close(self) -> None:
        """Tell the reader to end until it has: one that is just about to start takes the first word back, for good."""
        self.closed, self.auto_reconnect_enabled = True, False
        self.current_session_runner.event.set()
        reader = self.current_session_runner.thread
        while reader is not None and reader.is_alive():
            for state in (*self._states, self.current_session_state):
                state.terminated = True
            with suppress(AttributeError):  # somebody else closes it too
                self.disconnect()
            reader.join(0.05)
        super().close()


class Connection(BaseSocketModeHandler):
    """A Socket Mode connection that finishes what it has taken before it closes."""

    client: Client

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
        self.client.on_message_listeners.append(self._heard)
        self._last_message: float | None = None  # by the monotonic clock
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

    @property
    def frame_age(self) -> float | None:
        """Seconds since Slack was last heard: a message, or its answer to our ping."""
        session = self.client.current_session
        answered = session.last_ping_pong_time if session is not None else None  # by the machine's clock
        ages = [max(0.0, time() - answered)] if answered is not None else []
        if self._last_message is not None:
            ages.append(monotonic() - self._last_message)
        return min(ages, default=None)

    def _heard(self, _message: str) -> None:
        self._last_message = monotonic()

    def drain(self, timeout: float) -> None:
        """Take nothing more, wait for what is being answered, and close."""
        self._stopping = True
        with self._idle:
            self._idle.wait_for(lambda: self._in_flight == 0, timeout)
        with suppress(AttributeError):  # the client's monitor may have closed it a moment ago
            self.close()  # type: ignore[no-untyped-call]
