"""Reading what was sent, up to a limit and for a while."""

from anyio import fail_after
from starlette.requests import Request

READ_ON = 4
SECONDS = 10.0
"""A body comes in one piece; who sends half of one would hold a connection for ever."""


class BodyRefused(Exception):
    """`status` as HTTP has it: 413 too large, 408 too slow."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


async def whole_body(request: Request, largest: int) -> bytes:
    """The whole body. Raises BodyRefused where it is over `largest` bytes, or takes too long.

    One that is too large is read on for a while, and not kept: who still writes would not read the answer.
    """
    body, size = bytearray(), 0
    try:
        with fail_after(SECONDS):
            async for chunk in request.stream():
                size += len(chunk)
                if size <= largest:
                    body += chunk
                elif size > READ_ON * largest:
                    break
    except TimeoutError:
        raise BodyRefused(408) from None
    if size > largest:
        raise BodyRefused(413)
    return bytes(body)
