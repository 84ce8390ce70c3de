"""Who may talk to the sandbox: programs on this machine, and its own page; never a page of another site."""

import socket
from collections.abc import Mapping
from contextlib import suppress
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

REFUSED_BY_POLICY = 1008  # RFC 6455, 7.4.1


class OwnPageOnly:
    """Refuses what a browser sends for another site, over HTTP and over WebSocket.

    A name that somebody else's DNS leads here is refused as `Host`; numbers, `localhost` and this machine's own name
    are taken. A browser says in `Origin` and `Sec-Fetch-Site` for whose page it asks; programs say neither. A link from
    elsewhere may open the page.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket") and not _is_own(scope):
            refused = "The sandbox answers programs on this machine and its own page only."
            closed = WebSocketClose(REFUSED_BY_POLICY, refused)
            await (closed if scope["type"] == "websocket" else PlainTextResponse(refused, 403))(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _is_own(scope: Scope) -> bool:
    headers = Headers(scope=scope)
    host = headers.get("host", "")
    if not _is_of_this_machine(host):
        return False
    if origin := headers.get("origin"):
        return urlsplit(origin).netloc == host
    return headers.get("sec-fetch-site", "none") in ("none", "same-origin") or _opens_a_page(scope, headers)


def _is_of_this_machine(host: str) -> bool:
    with suppress(ValueError):
        name = (urlsplit(f"//{host}").hostname or "").removesuffix(".")
        if name in ("localhost", socket.gethostname().lower()) or name.endswith(".localhost"):
            return True
        return bool(ip_address(name))
    return False


def _opens_a_page(scope: Scope, headers: Mapping[str, str]) -> bool:
    """A link from elsewhere may; but a call of Slack's Web API, which may be a GET too, is no page."""
    is_page = not str(scope["path"]).startswith("/api/")
    return is_page and scope.get("method") == "GET" and headers.get("sec-fetch-mode") == "navigate"
