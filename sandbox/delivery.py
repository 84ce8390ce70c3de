"""What Slack sends to the app, and what may go wrong on the way."""

import asyncio
from typing import Any, Protocol

from sandbox.base import Json
from sandbox.faults import Fault, Faults
from sandbox.sockets import Ack

PLACES = {"events_api": "events", "slash_commands": "commands", "interactive": "interactive"}
SLOW_SECONDS = 0.5
OVERTAKEN_SECONDS = 0.05  # after the next one has set out, the one that was held follows


class Way(Protocol):
    """A way to the app: its sockets, or its request URL."""

    name: str

    @property
    def connected(self) -> bool: ...

    async def send(
        self, kind: str, what: str, payload: Json, *, accepts: bool, retry: Json | None, fault: Fault | None
    ) -> Ack: ...


class Delivery:
    """Sends each payload to the app by the way that is chosen."""

    def __init__(self, way: Way, faults: Faults) -> None:
        self.way = way
        self._faults = faults
        self._held: list[asyncio.Event] = []
        self._running: set[asyncio.Task[Any]] = set()

    async def send(
        self, kind: str, what: str, payload: Json, *, accepts: bool = False, retry: Json | None = None
    ) -> Ack:
        """Send a payload of this kind (`slash_commands`, `interactive`, `events_api`) and wait for its answer."""
        fault = self._faults.draw(self.way.name, PLACES[kind])
        if fault and fault.kind == "slow":
            await asyncio.sleep(fault.seconds(SLOW_SECONDS))
        elif fault and fault.kind == "reordered":
            await self._hold(fault.seconds(SLOW_SECONDS))
        elif fault and fault.kind == "redelivery":
            self._start(self._again(fault.seconds(0), kind, what, payload, accepts=accepts))
        for held in self._held:
            asyncio.get_running_loop().call_later(OVERTAKEN_SECONDS, held.set)
        return await self.way.send(kind, what, payload, accepts=accepts, retry=retry, fault=fault)

    def stop(self) -> None:
        for task in self._running:
            task.cancel()

    async def _again(self, delay: float, kind: str, what: str, payload: Json, *, accepts: bool) -> None:
        """Send the same once more, as when Slack did not hear the acknowledgement."""
        await asyncio.sleep(max(delay, 0.001))
        retry = {"retry_attempt": 1, "retry_reason": "http_timeout" if self.way.name == "http" else "timeout"}
        await self.way.send(kind, f"{what} (again)", payload, accepts=accepts, retry=retry, fault=None)

    async def _hold(self, seconds: float) -> None:
        """Wait until the next payload has set out, at most so long."""
        overtaken = asyncio.Event()
        self._held.append(overtaken)
        try:
            await asyncio.wait_for(overtaken.wait(), seconds)
        except TimeoutError:
            pass
        finally:
            self._held.remove(overtaken)

    def _start(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
