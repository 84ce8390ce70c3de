"""Socket Mode over several connections: a payload of Slack's comes by one of them, and any of them takes the answer."""

import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Condition, Thread
from time import time
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode.internals import run_bolt_app, send_response
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.inbound.request import InboundRequest, finish, taking
from bot.inbound.socket_mode.connection import Connection, Timing
from bot.inbound.socket_mode.session import Session
from bot.logs import log

CONNECTIONS = 2
CONCURRENCY = 32
UNREADABLE = "Slack sent what nobody can read"


class Sockets:
    """Hands what comes in to Bolt in threads, and finishes what it has taken before it closes."""

    def __init__(
        self,
        app: App,
        app_token: str,
        answered: Callable[[InboundRequest], None],
        *,
        connections: int = CONNECTIONS,
        threads: int = CONCURRENCY,
        timing: Timing | None = None,
    ) -> None:
        """`answered` hears of each request once its answer is out."""
        self._app = app
        self._answered = answered
        self._connections = [
            Connection(n, app_token, app.client, self._heard, timing or Timing()) for n in range(1, connections + 1)
        ]
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="request")
        self._in_flight = 0
        self._idle = Condition()
        self._stopping = False

    @property
    def connections(self) -> Sequence[Connection]:
        return self._connections

    def connect(self) -> None:
        """Open the first one; the others follow by themselves. Raises SlackApiError or OSError when that fails."""
        self._connections[0].connect()
        for connection in self._connections:
            connection.start()

    def drain(self, timeout: float) -> None:
        """Answer what is here, and what comes meanwhile: nobody else would, and Slack asks once. Then close."""
        with self._idle:
            self._idle.wait_for(lambda: self._in_flight == 0, timeout)
            self._stopping = True
        closers = [Thread(target=connection.close, daemon=True) for connection in self._connections]
        for closer in closers:
            closer.start()
        for closer in closers:
            closer.join()
        self._threads.shutdown(wait=False)

    def _heard(self, connection: Connection, session: Session, text: str) -> None:
        """In the thread that reads, so that waiting for a free thread counts as well."""
        inbound = InboundRequest()
        message = _read(text)
        if message.get("type") == "disconnect":
            log.info("Slack asks for a new connection", socket=connection.number, reason=message.get("reason"))
            connection.refresh(session)
        elif (request := _request(message)) is not None:
            with self._idle:
                if self._stopping:
                    return
                self._in_flight += 1
            self._threads.submit(self._take, inbound, request, session)

    def _take(self, inbound: InboundRequest, request: SocketModeRequest, session: Session) -> None:
        try:
            with taking(inbound):
                self._answer(inbound, request, session)
            finish(inbound)
        except Exception:  # in a thread of the pool nobody else would hear of it
            log.exception("an answer could not be made", kind=inbound.kind, name=inbound.name)
        finally:
            with self._idle:
                self._in_flight -= 1
                self._idle.notify_all()

    def _answer(self, inbound: InboundRequest, request: SocketModeRequest, session: Session) -> None:
        response = run_bolt_app(self._app, request)
        try:
            send_response(Answers(session, self._connections, self._app.logger), request, response, time())
        except OSError:
            log.warning("an answer could not be sent: no connection to Slack", kind=inbound.kind, name=inbound.name)
        else:
            if response.status == 200:
                self._answered(inbound)


def _read(text: str) -> dict[str, Any]:
    try:
        message = json.loads(text)
    except (ValueError, RecursionError):
        message = None
    if not isinstance(message, dict):
        log.warning(UNREADABLE, length=len(text))
        return {}
    return message


def _request(message: dict[str, Any]) -> SocketModeRequest | None:
    """None for what asks for nothing. What cannot be read is passed over: an error here would end the connection."""
    try:
        return SocketModeRequest.from_dict(message)
    except (TypeError, ValueError):
        log.warning(UNREADABLE, type=str(message["type"])[:40])
        return None


class Answers(BaseSocketModeClient):
    """Sends an answer back the way its request came, or by another connection where that one has closed meanwhile."""

    def __init__(self, session: Session, connections: Sequence[Connection], logger: Any) -> None:
        self._session, self._connections, self.logger = session, connections, logger

    def send_message(self, message: str) -> None:
        """Raises OSError where there is no connection at all."""
        ways: Sequence[Session | Connection] = (self._session, *self._connections)
        for way in ways:
            try:
                way.send(message)
            except OSError:
                continue
            return
        raise ConnectionError("no connection is open")
