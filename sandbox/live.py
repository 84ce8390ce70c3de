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
        self._pages: dict[asyncio.Queue[Json], tuple[str, str]] = {}

    def push(self, kind: str, sees: Callable[[str, str], bool] = lambda _team, _user: True, **fields: Any) -> None:
        """Tell the pages of those for whom `sees` holds, by workspace and person; all of them without it."""
        for queue, page in self._pages.items():
            if sees(*page):
                queue.put_nowait({"type": kind, **fields})

    async def serve(self, socket: WebSocket, team: str) -> None:
        """Serve one page, which looks at this workspace, until it goes away."""
        await socket.accept()
        queue: asyncio.Queue[Json] = asyncio.Queue()
        self._pages[queue] = team, socket.query_params.get("user", "")
        sender = asyncio.create_task(_send_all(socket, queue))
        try:
            while True:
                await socket.receive_text()
        except (WebSocketDisconnect, KeyError):  # it went away; a frame without text
            pass
        finally:
            del self._pages[queue]
            sender.cancel()


async def _send_all(socket: WebSocket, queue: asyncio.Queue[Json]) -> None:
    with contextlib.suppress(WebSocketDisconnect, RuntimeError):
        while True:
            await socket.send_text(json.dumps(await queue.get()))
