"""The sandbox's hook: lets its page move our business time and run our jobs (docs/sandbox.md). Sandbox mode only."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from secrets import token_hex
from typing import Any

from anyio import to_thread
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.http.server import HttpServer
from bot.time_travel.journey import Journey

HOST = "127.0.0.1"
DRAIN_SECONDS = 1


class Hook:
    """Serves a journey at an address of its own that nobody can guess."""

    def __init__(self, journey: Journey) -> None:
        self._journey = journey
        self._path = f"/hook/{token_hex(8)}"
        self._server = HttpServer(self._app(), HOST, 0, drain=DRAIN_SECONDS)

    def start(self) -> str:
        """Listen; returns where."""
        self._server.start()
        return self._server.url + self._path

    def stop(self) -> None:
        self._server.stop()

    def _app(self) -> Starlette:
        return Starlette(
            routes=[
                Route(self._path, self._jobs),
                Route(f"{self._path}/clock", self._clock, methods=["POST"]),
                Route(f"{self._path}/jobs/{{job:int}}/run", self._run, methods=["POST"]),
            ]
        )

    async def _jobs(self, request: Request) -> Response:
        return await _answer(partial(self._journey.jobs, request.query_params.get("locale", "")))

    async def _clock(self, request: Request) -> Response:
        body = await _body(request)
        moment = _moment(body.get("now"))
        if moment is None:
            return JSONResponse({"error": "now must be an ISO 8601 time with its zone"}, 400)
        return await _answer(partial(self._journey.move, moment, str(body.get("locale", ""))))

    async def _run(self, request: Request) -> Response:
        job, locale = request.path_params["job"], str((await _body(request)).get("locale", ""))
        return await _answer(partial(self._journey.run, job, locale))


async def _answer(ask: Callable[[], dict[str, Any]]) -> Response:
    """In a thread: a step of a journey waits for messages to go out."""
    try:
        return JSONResponse(await to_thread.run_sync(ask))
    except KeyError:
        return JSONResponse({"error": "there is no such job"}, 404)


def _moment(text: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return moment if moment.tzinfo else None


async def _body(request: Request) -> dict[str, Any]:
    try:
        body = await request.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
