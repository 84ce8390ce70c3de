"""The web side: Slack's requests in HTTP mode; in every mode what watches over the bot, and values that are pushed."""

from functools import partial

from anyio import CapacityLimiter, to_thread
from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.adapter.starlette.handler import to_starlette_response
from slack_bolt.request.internals import parse_body
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.http.body import BodyRefused, whole_body
from bot.http.push import Push, problem
from bot.http.signature import Signature
from bot.inbound.request import InboundRequest, finish, taking
from bot.manifest import REQUEST_PATH
from bot.observability.metrics import CONTENT_TYPE, Metrics
from bot.observability.readiness import Readiness

CONCURRENCY = 32
PROBES = 2
LARGEST_BODY = 4_000_000  # bytes; Slack's largest are views of some 250 KB, and nobody is known before the signature


class Web:
    """The pages. Health and metrics have threads of their own: slow handlers do not make the bot look dead."""

    def __init__(
        self,
        readiness: Readiness,
        metrics: Metrics,
        push: Push,
        slack: App | None = None,
        signature: Signature | None = None,
    ) -> None:
        self._push = push
        self._signature = signature
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
        return Starlette(routes=routes, exception_handlers={HTTPException: _refused})

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
        """Bolt answers in a thread: its own adapter would hold up the event loop, and with it everybody else.

        What is not Slack's costs nobody anything: it is known by its headers, or by the bytes as they came.
        """
        inbound, headers = InboundRequest(), dict(request.headers)
        assert self._signature is not None
        if not self._signature.is_announced(headers):
            return self._not_slacks()
        try:
            body = await whole_body(request, LARGEST_BODY)
        except BodyRefused as refused:
            return PlainTextResponse("too large\n" if refused.status == 413 else "too slow\n", refused.status)
        if not self._signature.is_of(body, headers):
            return self._not_slacks()
        take = partial(self._take, inbound, body, headers, request.url.query)
        answer = to_starlette_response(await to_thread.run_sync(take, limiter=self._handlers))
        answer.background = BackgroundTask(finish, inbound) if inbound.afterwards else None
        return answer

    def _not_slacks(self) -> Response:
        self._metrics.request("unknown", "wrong signature")
        return PlainTextResponse("this is not signed by Slack\n", 401)

    def _take(self, inbound: InboundRequest, body: bytes, headers: dict[str, str], query: str) -> BoltResponse:
        """Waiting for a free thread counts as well."""
        with taking(inbound):
            answer = self._dispatch(body, headers, query)
            if answer.status == 200:
                self._metrics.answered(inbound)
        return answer

    def _dispatch(self, body: bytes, headers: dict[str, str], query: str) -> BoltResponse:
        assert self._slack is not None
        text = _readable(body, headers.get("content-type", ""))
        if text is None:
            self._metrics.request("unknown", "unreadable")
            return BoltResponse(status=400, body="unreadable\n")
        return self._slack.dispatch(BoltRequest(body=text, headers=headers, query=query))  # type: ignore[arg-type]


def _readable(body: bytes, content_type: str) -> str | None:
    """The text of what is a form or a JSON object, as Bolt reads it; None for anything else."""
    try:
        text = body.decode()
        parsed = parse_body(text, content_type.partition(";")[0])
    except (ValueError, RecursionError):
        return None
    return text if isinstance(parsed, dict) else None


async def _refused(_request: Request, error: Exception) -> Response:
    """What the router refuses: no such page (404), not in this way (405)."""
    assert isinstance(error, HTTPException)
    return problem(error.status_code, error.detail, error.headers)
