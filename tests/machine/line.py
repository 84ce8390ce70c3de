"""The sandbox's Web API without a network between: the same requests and answers, the same faults, no waiting."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import Message
from http.client import RemoteDisconnected
from io import BytesIO
from types import SimpleNamespace
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request

from starlette.applications import Starlette
from starlette.routing import Route

from bot.slack.gateway import TIMEOUT, Gateway
from bot.slack.slack_client import Client
from sandbox.api import web_api
from sandbox.platform import Platform
from tests.machine.edges import Edges
from tests.machine.still_time import SlackStamps, StillTime

SAYS = frozenset(
    (
        "chat.postMessage",
        "chat.postEphemeral",
        "chat.update",
        "pins.add",
        "conversations.history",
        "conversations.replies",
    ),
)
"""The calls by which a message goes out, or is looked for: a crash around them is worth trying."""


@dataclass
class Exchange:
    """One request, as ASGI sees it. `left` ends when the client has gone, or the connection was cut."""

    body: bytes
    client: tuple[str, int]
    left: asyncio.Event = field(default_factory=asyncio.Event)
    waited_for: asyncio.Event = field(default_factory=asyncio.Event)
    status: int = 0
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    answer: bytes = b""
    _given: bool = False

    async def receive(self) -> dict[str, Any]:
        if not self._given:
            self._given = True
            return {"type": "http.request", "body": self.body}
        self.waited_for.set()
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        self.status = message.get("status", self.status)
        self.headers += message.get("headers", [])
        self.answer += message.get("body", b"")

    # What the sandbox does to a connection (sandbox/transport.py)

    @property
    def transport(self) -> "Exchange":
        return self

    def write(self, _data: bytes) -> None:
        """Nobody would read it."""

    def close(self) -> None:
        self.left.set()


class Line:
    """Where the sandbox stands. What it does `late`, it does when the client has gone, and machine time has passed."""

    def __init__(self, platform: Platform, time: StillTime) -> None:
        self._time = time
        self._loop = asyncio.new_event_loop()
        self._open: list[Exchange] = []
        self._late: list[tuple[datetime, Exchange, asyncio.Task[None]]] = []
        self._count = 0
        self.late_by = 5.0
        platform.home.workspace.stamps = SlackStamps(time)
        self._app = Starlette(routes=[Route("/api/{method}", web_api, methods=["POST"])])
        self._app.state.platform = platform
        self._app.state.server = SimpleNamespace(server_state=SimpleNamespace(connections=self._open))

    def ask(self, request: Request) -> Exchange:
        """Send a request. Raises TimeoutError and RemoteDisconnected as a network would."""
        return self._loop.run_until_complete(self._ask(request))

    def land(self) -> None:
        """What was to come late, and whose time has come, comes."""
        for item in [item for item in self._late if item[0] <= self._time.true()]:
            self._late.remove(item)
            item[1].left.set()
            self._loop.run_until_complete(item[2])

    def close(self) -> None:
        for _, _, task in self._late:
            task.cancel()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0))
        self._loop.close()

    async def _ask(self, request: Request) -> Exchange:
        self._count += 1
        exchange = Exchange(request.data or b"", ("client", self._count))  # type: ignore[arg-type]
        self._open.append(exchange)
        task = asyncio.ensure_future(self._answered(request, exchange))
        waiting = asyncio.ensure_future(exchange.waited_for.wait())
        await asyncio.wait({task, waiting}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if task.done():
            task.result()
        elif not exchange.left.is_set():
            self._time.pass_(TIMEOUT)
            self._late.append((self._time.true() + timedelta(seconds=self.late_by), exchange, task))
            raise TimeoutError("timed out")
        else:
            await task
        if not exchange.status:
            raise RemoteDisconnected("Remote end closed connection without response")
        return exchange

    async def _answered(self, request: Request, exchange: Exchange) -> None:
        headers = {**dict(request.header_items()), "host": "sandbox"}
        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": "POST",
            "scheme": "http",
            "root_path": "",
            "query_string": b"",
            "path": request.selector,
            "raw_path": request.selector.encode(),
            "client": exchange.client,
            "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
        }
        answer: Callable[..., Awaitable[None]] = self._app
        await answer(scope, exchange.receive, exchange.send)
        self._open.remove(exchange)


class WatchedClient(Client):
    """Reaches an edge before and after each call that says something."""

    def __init__(self, *args: Any, edges: Edges, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._edges = edges

    def _perform_urllib_http_request_internal(self, url: str, req: Request) -> dict[str, Any]:
        method = req.selector.rpartition("/")[2]
        if method not in SAYS:
            return self._carry(url, req)
        self._edges.reach(f"before {method}")
        try:
            return self._carry(url, req)
        finally:
            self._edges.reach(f"after {method}")

    def _carry(self, url: str, req: Request) -> dict[str, Any]:
        return super()._perform_urllib_http_request_internal(url, req)


class LineClient(WatchedClient):
    """Speaks over the line instead of over HTTP."""

    def __init__(self, *args: Any, line: Line, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._line = line

    def _carry(self, url: str, req: Request) -> dict[str, Any]:
        exchange = self._line.ask(req)
        headers, text = Message(), exchange.answer.decode()
        for name, value in exchange.headers:
            headers[name.decode()] = value.decode()
        if exchange.status >= 400:
            raise HTTPError(url, exchange.status, "", headers, BytesIO(exchange.answer))
        return {"status": exchange.status, "headers": headers, "body": text}


class LineGateway(Gateway):
    """The real gateway, whose clients are watched; over the line, or where there is none, over HTTP."""

    def __init__(self, edges: Edges, line: Line | None = None, url: str = "http://sandbox/api/") -> None:
        super().__init__("xoxb-sandbox", url)
        known: dict[str, Any] = {
            "token": "xoxb-sandbox",
            "base_url": url,
            "failed": lambda _method, _error: None,
            "retry_handlers": [],
            "edges": edges,
        }
        client = WatchedClient(**known, timeout=TIMEOUT) if line is None else LineClient(**known, line=line)
        self.client = self._posting = self._replying = client
