"""The server: one process, one event loop, one app, and its workspaces."""

import asyncio
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.websockets import WebSocket

from sandbox import control
from sandbox.api import web_api
from sandbox.base import Json, SlackError
from sandbox.events import RETRY_AFTER
from sandbox.issued_urls import respond, upload
from sandbox.oauth import authorize
from sandbox.own_page import OwnPageOnly
from sandbox.platform import Platform
from sandbox.slack import Slack

PAGE = Path(__file__).parent / "page"
MANIFEST = "manifest"  # for a request URL: those that the manifest names
LARGEST_FRAME = 4 * 1024 * 1024


class Sandbox:
    """A sandbox that runs: in the foreground by `serve`, beside a test by `start` and `stop`."""

    def __init__(
        self,
        workspace: Json | Path | None = None,
        manifest: Json | Path | None = None,
        state: Path | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
        or_any_port: bool = False,
        retry_after: tuple[float, ...] = RETRY_AFTER,
        rates: str = "off",
        request_url: str = "",
        hook: str = "",
        story: Json | Path | None = None,
    ) -> None:
        self._listener = _listen(host, port, or_any_port)
        self._listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # else an answer may wait 40 ms
        self.url = f"http://{host}:{self._listener.getsockname()[1]}"
        self.platform = Platform(self.url, _read(workspace), _read(manifest), state, retry_after)
        self.platform.rates.set(rates)
        if request_url:
            self.platform.deliver_by_http("" if request_url == MANIFEST else request_url)
        self.platform.hook.url = hook.rstrip("/")
        self.platform.story = _read(story)
        self.api_url = self.url + "/api/"
        self._server = _Server(_config(self.platform))
        self._server.config.app.state.server = self._server  # type: ignore[union-attr]
        self._thread: threading.Thread | None = None

    @property
    def slack(self) -> Slack:
        """The first workspace."""
        return self.platform.home

    async def serve(self) -> None:
        """Serve until told to stop."""
        watch = asyncio.create_task(self._end_when_asked())
        await self._server.serve(sockets=[self._listener])
        await watch

    def start(self) -> "Sandbox":
        """Serve in a thread; returns at once, for the port is open already."""
        self._thread = threading.Thread(target=lambda: asyncio.run(self.serve()), name="sandbox", daemon=True)
        self._thread.start()
        return self

    def ask_to_stop(self) -> None:
        """Stop soon; safe from any thread and from a signal handler."""
        self._server.should_exit = True

    def stop(self) -> None:
        """Stop and wait until everything is kept."""
        self.ask_to_stop()
        if self._thread is not None:
            self._thread.join(timeout=5)

    def __enter__(self) -> "Sandbox":
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    async def _end_when_asked(self) -> None:
        while not self._server.should_exit:
            await asyncio.sleep(0.05)
        await self.platform.stop()


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals to the program: uvicorn would raise them again after the end."""
        yield


async def page(_request: Request) -> Response:
    index = PAGE / "index.html"
    return FileResponse(index) if index.exists() else PlainTextResponse("The sandbox runs; it has no page here.")


async def download(request: Request) -> Response:
    platform: Platform = request.app.state.platform
    slack = platform.where(lambda slack: request.path_params["file"] in slack.workspace.files)
    try:
        file = slack.workspace.file(request.path_params["file"])
    except SlackError:
        return PlainTextResponse("There is no such file.", 404)
    if not _may_see(platform, slack, request.headers.get("authorization")):
        return RedirectResponse("/", 302)  # as Slack leads to its sign-in page
    harmless = {"Content-Security-Policy": "script-src 'none'"}
    return Response(slack.workspace.contents[file["id"]], media_type=file["mimetype"], headers=harmless)


def _may_see(platform: Platform, slack: Slack, authorization: str | None) -> bool:
    """Whether a file opens: to the app by its token of that workspace, and to a page, which shows none."""
    try:
        scheme, _, token = (authorization or "").partition(" ")
        return not scheme or (platform.of_token(token) is slack and slack.app.may("files:read"))
    except SlackError:
        return False


async def link(socket: WebSocket) -> None:
    """A connection of the app: Socket Mode."""
    await socket.app.state.platform.sockets.serve(socket)


async def live(socket: WebSocket) -> None:
    """A connection of a page that looks on."""
    platform: Platform = socket.app.state.platform
    await platform.live.serve(socket, socket.query_params.get("team") or platform.home.id)


def _config(platform: Platform) -> uvicorn.Config:
    application = Starlette(
        routes=[
            Route("/oauth/v2/authorize", authorize, methods=["GET", "POST"]),
            Route("/api/{method}", web_api, methods=["GET", "POST"]),
            Route("/upload/{file}", upload, methods=["POST"]),
            Route("/respond/{key}", respond, methods=["POST"]),
            Route("/files/{file}/{name:path}", download),
            WebSocketRoute("/link/", link),
            WebSocketRoute("/sandbox/api/live", live),
            Mount("/sandbox/api", routes=control.ROUTES),
            Mount("/page", StaticFiles(directory=PAGE, check_dir=False)),
            Route("/archives/{path:path}", page),
            Route("/workspaces/{path:path}", page),
            Route("/", page),
        ],
        middleware=[Middleware(OwnPageOnly)],
    )
    application.state.platform = platform
    return uvicorn.Config(
        application,
        ws="websockets-sansio",
        ws_max_size=LARGEST_FRAME,
        ws_per_message_deflate=False,
        lifespan="off",
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=1,
    )


def _listen(host: str, port: int, or_any_port: bool) -> socket.socket:
    """Raises OSError where the port is taken, and no other one will do."""
    try:
        return socket.create_server((host, port))
    except OSError:
        if not or_any_port:
            raise
        return socket.create_server((host, 0))


def _read(source: Json | Path | None) -> Json | None:
    if not isinstance(source, Path):
        return source
    return dict(json.loads(source.read_text(encoding="utf-8")))
