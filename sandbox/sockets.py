"""Socket Mode: tickets, connections, envelopes and their acknowledgements."""

import asyncio
import contextlib
import json
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from sandbox.base import ACK_SECONDS, APP_ID, Json, parsed
from sandbox.faults import Fault
from sandbox.log import TO_APP, Log, team_of
from sandbox.transport import cut, half_a_frame

MAX_CONNECTIONS = 10
CONNECTION_SECONDS = 3_600
WARNING_SECONDS = 10.0  # between Slack's warning and the request to connect anew
REMEMBERED_SECONDS = 30.0  # so long a late acknowledgement is still told apart from a strange one


@dataclass(frozen=True)
class Ack:
    """What came back for an envelope. `error` is None when it was acknowledged in time."""

    acked: bool
    ms: int
    payload: Any = None
    error: str | None = None
    entry: Json | None = None
    reason: str = "timeout"  # why it is sent again, if so
    again: bool = True  # False when the app asked for no other try

    def note(self, *broke: str) -> None:
        """Note in the inspector what is wrong with the answer."""
        if self.entry is not None:
            self.entry["broke"] += broke


@dataclass
class _Waiting:
    sent: float
    entry: Json
    accepts: bool
    answer: asyncio.Future[Any]


class Sockets:
    """The app's open connections. Each payload goes to one of them, in turn."""

    name = "socket"

    def __init__(self, log: Log, changed: Callable[[], None]) -> None:
        self._log = log
        self._changed = changed
        self._tickets: set[str] = set()
        self._links: list[WebSocket] = []
        self._waiting: dict[str, _Waiting] = {}
        self._warning: asyncio.Task[None] | None = None  # kept, or else it might be collected

    @property
    def connected(self) -> bool:
        return bool(self._links)

    def ticket(self) -> str:
        """Return a ticket that opens one connection."""
        ticket = secrets.token_hex(16)
        self._tickets.add(ticket)
        return ticket

    async def serve(self, link: WebSocket) -> None:
        """Serve one connection of the app until it goes away."""
        ticket = link.query_params.get("ticket", "")
        if ticket not in self._tickets:
            await link.close(4001)
            return
        self._tickets.discard(ticket)
        await link.accept()
        await self._make_room()
        self._links.append(link)
        self._changed()
        try:
            await link.send_text(json.dumps(self._hello()))
            while True:
                self._heard(await link.receive_text())
        except (WebSocketDisconnect, RuntimeError, KeyError):  # closed by the app, or by us; a frame without text
            pass
        finally:
            self._drop(link)

    async def send(
        self, kind: str, what: str, payload: Json, *, accepts: bool, retry: Json | None, fault: Fault | None
    ) -> Ack:
        """Send an envelope to one connection and wait three seconds for its acknowledgement."""
        envelope_id = secrets.token_hex(16)
        envelope = {"envelope_id": envelope_id, "type": kind, "accepts_response_payload": accepts}
        envelope |= {"payload": payload, **(retry or {})}
        text = json.dumps(envelope)
        entry = self._log.open(TO_APP, what, json.loads(text), team_of(payload))
        entry["fault"] = fault and fault.kind
        if not await self._send_to_one(text, fault):
            self._log.close(entry, None, 0, "no connection of the app is open")
            return Ack(False, 0, error="app_not_connected")
        waiting = _Waiting(time.perf_counter(), entry, accepts, asyncio.get_running_loop().create_future())
        self._waiting[envelope_id] = waiting
        asyncio.get_running_loop().call_later(REMEMBERED_SECONDS, self._waiting.pop, envelope_id, None)
        try:
            answer = await asyncio.wait_for(asyncio.shield(waiting.answer), ACK_SECONDS)
        except TimeoutError:
            self._log.close(entry, None, ACK_SECONDS * 1000, f"not acknowledged within {ACK_SECONDS:.0f} seconds")
            return Ack(False, int(ACK_SECONDS * 1000), error="operation_timeout")
        return Ack(True, round(entry["ms"]), answer, entry=entry)

    async def disconnect(self, reason: str) -> None:
        """Ask the app to open new connections, as Slack does about once an hour."""
        for link in list(self._links):
            with contextlib.suppress(WebSocketDisconnect, RuntimeError):
                await link.send_text(json.dumps({"type": "disconnect", "reason": reason, "debug_info": {}}))

    async def close(self) -> None:
        """Close all connections without a word, as a network failure would."""
        for link in list(self._links):
            self._drop(link)
            await link.close(1001)

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self._links),
            "connection_info": {"app_id": APP_ID},
            "debug_info": {"host": "sandbox", "approximate_connection_time": CONNECTION_SECONDS},
        }

    def _heard(self, text: str) -> None:
        """Match an acknowledgement to its envelope; note it when late or not allowed to carry a payload."""
        try:
            frame = parsed(text)
        except ValueError:
            frame = None
        if not isinstance(frame, dict):
            return
        waiting = self._waiting.pop(str(frame.get("envelope_id")), None)
        if waiting is None:
            return
        payload, broke = frame.get("payload"), []
        milliseconds = (time.perf_counter() - waiting.sent) * 1000
        if payload and not waiting.accepts:
            broke.append("an answer where none is accepted")
            payload = None
        if milliseconds > ACK_SECONDS * 1000:
            broke.append("acknowledged too late")
        self._log.close(waiting.entry, payload, milliseconds, *broke)
        waiting.answer.set_result(payload)

    async def _send_to_one(self, text: str, fault: Fault | None) -> bool:
        while self._links:
            link = self._links.pop(0)
            self._links.append(link)
            try:
                await self._send_by(link, text, fault)
                return True
            except (WebSocketDisconnect, RuntimeError):
                self._drop(link)
        return False

    async def _send_by(self, link: WebSocket, text: str, fault: Fault | None) -> None:
        """Send by this connection, and break it as the fault says."""
        kind = fault.kind if fault else ""
        if kind not in ("drop_before", "closed_mid_frame"):
            await link.send_text(text)
        if kind in ("drop_before", "drop_after", "closed_mid_frame"):
            self._drop(link)
            cut(link.scope, half_a_frame(text) if kind == "closed_mid_frame" else b"")
        elif fault and kind == "disconnect":
            self._warning = asyncio.get_running_loop().create_task(self._refresh(fault.seconds(WARNING_SECONDS)))

    async def _refresh(self, delay: float) -> None:
        await self.disconnect("warning")
        await asyncio.sleep(delay)
        await self.disconnect("refresh_requested")

    async def _make_room(self) -> None:
        if len(self._links) >= MAX_CONNECTIONS:
            oldest = self._links[0]
            self._drop(oldest)
            await oldest.send_text(json.dumps({"type": "disconnect", "reason": "too_many_websockets"}))
            await oldest.close()

    def _drop(self, link: WebSocket) -> None:
        if link in self._links:
            self._links.remove(link)
            self._changed()
