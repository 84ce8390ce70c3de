"""The pages that look on: what changes is pushed to them at once."""

import asyncio
import contextlib
import json
from collections.abc import Callable
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from sandbox.base import Json


class Live:
    """One queue a page, so that a slow page holds nobody up."""

    def __init__(self) -> None:
        self._pages: dict[asyncio.Queue[Json], str] = {}

    def push(self, kind: str, sees: Callable[[str], bool] | None = None, **fields: Any) -> None:
        """Tell the pages of those people for whom `sees` holds; all of them without it."""
        for queue, user in self._pages.items():
            if sees is None or sees(user):
                queue.put_nowait({"type": kind, **fields})

    async def serve(self, socket: WebSocket) -> None:
        """Serve one page until it goes away."""
        await socket.accept()
        queue: asyncio.Queue[Json] = asyncio.Queue()
        self._pages[queue] = socket.query_params.get("user", "")
        sender = asyncio.create_task(_send_all(socket, queue))
        try:
            while True:
                await socket.receive_text()
        except WebSocketDisconnect:
            pass
        finally:
            del self._pages[queue]
            sender.cancel()


async def _send_all(socket: WebSocket, queue: asyncio.Queue[Json]) -> None:
    with contextlib.suppress(WebSocketDisconnect, RuntimeError):
        while True:
            await socket.send_text(json.dumps(await queue.get()))
