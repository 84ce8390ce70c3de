"""The connections underneath, for breaking them as a network does: ASGI has no word for it."""

from typing import Any

from starlette.types import Scope


def cut(scope: Scope, last: bytes = b"") -> None:
    """Close a connection without a word, once `last` has gone out."""
    connections: set[Any] = scope["app"].state.server.server_state.connections  # uvicorn's own list
    for connection in connections:
        if connection.client == tuple(scope["client"]):
            connection.transport.write(last)
            connection.transport.close()


def half_a_frame(text: str) -> bytes:
    """The beginning of a WebSocket text frame whose end never comes."""
    content = text.encode()
    length = len(content)
    if length < 126:
        head = bytes([0x81, length])
    elif length < 65_536:
        head = bytes([0x81, 126]) + length.to_bytes(2)
    else:
        head = bytes([0x81, 127]) + length.to_bytes(8)
    return head + content[: length // 2]
