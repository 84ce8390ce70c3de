"""Reading what was sent, up to a limit."""

from starlette.requests import Request


async def whole_body(request: Request, largest: int) -> bytes | None:
    """The whole body; None as soon as it is known to be larger than `largest` bytes."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > largest:
            return None
    return bytes(body)
