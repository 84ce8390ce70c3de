"""The ways in which an answer to the app goes wrong."""

import asyncio
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from sandbox.base import Json
from sandbox.faults import Fault
from sandbox.platform import Platform
from sandbox.transport import cut

Answer = Callable[[], Response]
DONE_FIRST = ("drop_after", "500_after")
SLOW_SECONDS = 0.5


async def answered(request: Request, where: str, entry: Json, answer: Answer) -> Response:
    """Answer a call that is noted as `entry`, unless a fault is due for it: then do as the fault says."""
    platform: Platform = request.app.state.platform
    fault = platform.faults.draw("*", where)
    if fault is None:
        return answer()
    entry["fault"] = fault.kind
    if fault.kind == "slow":
        await asyncio.sleep(fault.seconds(SLOW_SECONDS))
        return answer()
    if fault.kind in DONE_FIRST:
        answer()
    elif fault.kind == "late":
        await gone(request, fault.hold)
        await asyncio.sleep(fault.seconds(0))
        answer()
    else:
        platform.log.close(entry, None, 0)
    if fault.kind == "timeout":
        await gone(request, fault.seconds(fault.hold))
    return _shown(fault, where)


def ratelimited(seconds: int) -> Response:
    """Slack's answer to one who asks too much."""
    return JSONResponse({"ok": False, "error": "ratelimited"}, 429, {"Retry-After": str(seconds)})


async def gone(request: Request, seconds: float) -> None:
    """Wait until the client has given up, at most so long."""

    async def given_up() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass

    try:
        await asyncio.wait_for(given_up(), seconds)
    except TimeoutError:
        return


class Dropped(Response):
    """No answer at all: the connection ends."""

    async def __call__(self, scope: Scope, receive: Receive, _send: Send) -> None:
        cut(scope)
        while (await receive())["type"] != "http.disconnect":  # else the server answers 500 by itself
            pass


def _shown(fault: Fault, where: str) -> Response:
    """What is left for the client to see."""
    if fault.kind == "refuse":
        return JSONResponse({"ok": False, "error": fault.error}, 200 if "." in where else 404)
    if fault.kind == "429":
        return ratelimited(int(fault.seconds(1)))
    if fault.kind[:3] in ("500", "503"):
        return PlainTextResponse("upstream connect error", int(fault.kind[:3]))
    return Dropped()
