"""One WebSocket of Socket Mode: frames, pings and the closing handshake are the library's."""

import socket
from collections.abc import Callable
from contextlib import suppress
from ssl import SSLContext
from threading import Thread
from time import monotonic
from typing import Any, cast

from websockets.exceptions import ConnectionClosed, WebSocketException
from websockets.protocol import Event
from websockets.sync.client import ClientConnection, connect

from bot.logs import quiet

OPEN_SECONDS = 5.0
GOODBYE_SECONDS = 1.0
LARGEST_PAYLOAD = 16_000_000  # bytes


class Session:
    """Open from its making until `ended`. A thread of its own reads, and tells each text to `heard`.

    One that was not heard for `silent` seconds is dead, however open it looks. It is pinged every `ping` seconds.
    """

    def __init__(
        self,
        url: str,
        ssl: SSLContext | None,
        heard: Callable[["Session", str], None],
        begun: Callable[["Wire"], None],
        *,
        ping: float,
        silent: float,
    ) -> None:
        """Connect. `begun` gets the wire before Slack hears anything of it; whoever cuts it ends the attempt.

        Raises OSError when it fails.
        """

        def wire(*arguments: Any, **more: Any) -> Wire:
            begun(made := Wire(*arguments, **more))
            return made

        self.is_leaving = False  # Slack has said that it will close it
        self._heard = heard
        self._silent = silent
        self._finished = False
        self._why = ""
        self._opened_at = monotonic()
        try:
            self._wire: Wire = connect(  # type: ignore[assignment]
                url,
                ssl=ssl if url.startswith("wss:") else None,
                compression=None,
                legacy=True,
                max_size=LARGEST_PAYLOAD,
                create_connection=cast(Any, wire),
                logger=quiet("websockets"),
                ping_interval=ping,
                ping_timeout=silent,
                open_timeout=OPEN_SECONDS,
                close_timeout=GOODBYE_SECONDS,
            )
        except WebSocketException as error:
            raise ConnectionError(str(error)) from error
        self._reader = Thread(target=self._read, name="socket-reader", daemon=True)

    def start(self, ended: Callable[[], None]) -> None:
        """Read; `ended` is called when there is nothing more to come."""
        self._ended = ended
        self._reader.start()

    @property
    def alive(self) -> bool:
        """It reads, and something was heard lately."""
        return self._reader.is_alive() and self.age < self._silent

    @property
    def age(self) -> float:
        """Seconds since anything was heard: a message, or the answer to a ping."""
        return monotonic() - self._wire.heard_at

    @property
    def lasted(self) -> float:
        """Seconds from its opening until it was last heard."""
        return self._wire.heard_at - self._opened_at

    @property
    def why(self) -> str:
        """What ended it."""
        return f"nothing was heard for {self.age:.0f} s" if self.age >= self._silent else self._why or "closed"

    def send(self, text: str) -> None:
        """Raises OSError where it cannot go out."""
        if self._finished:  # the library would wait for the other side to close, too
            raise BrokenPipeError("this side has said goodbye")
        try:
            self._wire.send(text)
        except ConnectionClosed as error:
            raise ConnectionResetError("closed") from error

    def say_goodbye(self) -> None:
        """Close in good order: what Slack has sent until it agrees is still read, and nothing is sent any more."""
        self._finished = True
        self._wire.close()
        self._reader.join(GOODBYE_SECONDS)

    def cut(self) -> None:
        """Close at once; who reads or writes at this moment is told by an error."""
        self._finished = True
        self._wire.cut()

    def _read(self) -> None:
        try:
            for text in self._wire:
                self._heard(self, str(text))
        except ConnectionClosed as closed:
            self._why = type(self._wire.connection_exc or closed).__name__
        finally:
            self._ended()


class Wire(ClientConnection):
    """Notes when anything was heard, pings and their answers too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.heard_at = monotonic()
        super().__init__(*args, **kwargs)

    def process_event(self, event: Event) -> None:
        self.heard_at = monotonic()
        super().process_event(event)

    def cut(self) -> None:
        """Close it without a word, from any thread, also while it is being opened."""
        with suppress(OSError):  # it is closed already
            self.socket.shutdown(socket.SHUT_RDWR)
        self.close_socket()
