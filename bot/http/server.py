"""uvicorn in a thread of its own, where it leaves signals alone: the main thread decides when it stops."""

import socket
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.applications import Starlette

BACKLOG = 2_048
MOST_CONNECTIONS = 1_000  # more are answered with 503


class HttpServer:
    """Serves an ASGI application. Port 0 takes any; `url` says which."""

    def __init__(self, app: "Starlette", host: str, port: int, *, drain: int) -> None:
        """`drain` is how many seconds requests have to end in once the server is stopped."""
        import uvicorn

        self._address = (host, port)
        self._drain = drain
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            lifespan="off",
            ws="none",
            http="h11",
            loop="asyncio",
            server_header=False,
            timeout_graceful_shutdown=drain,
            limit_concurrency=MOST_CONNECTIONS,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._run, name="http", daemon=True)
        self.url = ""

    def start(self) -> None:
        """Listen and serve. Raises OSError when the address cannot be had."""
        host = self._address[0]
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._socket = socket.create_server(self._address, family=family, backlog=BACKLOG)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # connections inherit it; else an answer in
        # two parts (headers, body) waits 40 ms: asyncio sets it only where the socket names its protocol
        name = f"[{host}]" if ":" in host else host
        self.url = f"http://{name}:{self._socket.getsockname()[1]}"
        self._thread.start()

    def stop(self) -> None:
        """Take no more connections, let what is being answered come to its end, and close."""
        self._server.should_exit = True
        if self._thread.is_alive():
            self._thread.join(self._drain + 1)

    def _run(self) -> None:
        self._server.run(sockets=[self._socket])
