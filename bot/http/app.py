"""The web side: Slack's requests in HTTP mode; in every mode what watches over the bot, and values that are pushed."""

import re
from collections.abc import Mapping
from functools import partial

from anyio import CapacityLimiter, to_thread
from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.adapter.starlette.handler import to_starlette_response
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.http.body import whole_body
from bot.http.push import Push
from bot.inbound.request import InboundRequest, finish, taking
from bot.manifest import REQUEST_PATH
from bot.observability.metrics import CONTENT_TYPE, Metrics
from bot.observability.readiness import Readiness

CONCURRENCY = 32
PROBES = 2
LARGEST_BODY = 4_000_000  # bytes; Slack's largest are views of some 250 KB, and nobody is known before the signature
SIGNED = {
    "x-slack-request-timestamp": re.compile(r"[0-9]{1,12}"),
    "x-slack-signature": re.compile(r"v0=[0-9a-f]{64}"),
}


class Web:
    """The pages. Health and metrics have threads of their own: slow handlers do not make the bot look dead."""

    def __init__(self, readiness: Readiness, metrics: Metrics, push: Push, slack: App | None = None) -> None:
        self._push = push
        self._readiness = readiness
        self._metrics = metrics
        self._slack = slack
        self._handlers = CapacityLimiter(CONCURRENCY)
        self._probes = CapacityLimiter(PROBES)

    def app(self) -> Starlette:
        """An ASGI application; it answers Slack only where a Bolt app is given."""
        routes = [
            Route("/healthz", self._healthz),
            Route("/readyz", self._readyz),
            Route("/metrics", self._show_metrics),
            *self._push.routes(),
        ]
        if self._slack is not None:
            routes.append(Route(REQUEST_PATH, self._events, methods=["POST"]))
        return Starlette(routes=routes)

    async def _healthz(self, _request: Request) -> Response:
        return PlainTextResponse("ok\n")

    async def _readyz(self, _request: Request) -> Response:
        faults = await to_thread.run_sync(self._readiness.faults, limiter=self._probes)
        answer = {"ready": not faults, "reasons": faults, "sockets": self._readiness.heard()}
        return JSONResponse(answer, 503 if faults else 200)

    async def _show_metrics(self, _request: Request) -> Response:
        text = await to_thread.run_sync(self._metrics.text, limiter=self._probes)
        return Response(text, media_type=CONTENT_TYPE)

    async def _events(self, request: Request) -> Response:
        """Bolt answers in a thread: its own adapter would hold up the event loop, and with it everybody else."""
        inbound = InboundRequest()
        body = await whole_body(request, LARGEST_BODY)
        if body is None:
            return PlainTextResponse("too large\n", 413)
        headers, query = _readable(request.headers), request.url.query
        take = partial(self._take, inbound, body, headers, query)
        answer = to_starlette_response(await to_thread.run_sync(take, limiter=self._handlers))
        answer.background = BackgroundTask(finish, inbound) if inbound.afterwards else None
        return answer

    def _take(self, inbound: InboundRequest, body: bytes, headers: dict[str, str], query: str) -> BoltResponse:
        """Waiting for a free thread counts as well."""
        with taking(inbound):
            answer = self._dispatch(body, headers, query)
            if answer.status == 200:
                self._metrics.answered(inbound)
        return answer

    def _dispatch(self, body: bytes, headers: dict[str, str], query: str) -> BoltResponse:
        assert self._slack is not None
        try:
            request = BoltRequest(body=body.decode(), headers=headers, query=query)  # type: ignore[arg-type]
        except ValueError:  # neither JSON nor a form
            self._metrics.request("unknown", "unreadable")
            return BoltResponse(status=400, body="unreadable\n")
        answer = self._slack.dispatch(request)
        if answer.status == 401:
            self._metrics.request("unknown", "wrong signature")
        return answer


def _readable(headers: Mapping[str, str]) -> dict[str, str]:
    """Without a signature that is none: Slack's verifier falls over it, where it refuses a missing one."""
    return {name: value for name, value in headers.items() if name not in SIGNED or SIGNED[name].fullmatch(value)}
