"""The bot over Socket Mode."""

from collections.abc import Callable, Sequence

from bot.inbound.socket_mode.connection import Connection
from bot.inbound.socket_mode.sockets import Sockets
from bot.logs import log
from bot.program import make_app
from bot.running.bot import DRAIN_SECONDS, Bot, patiently


class SocketBot(Bot):
    """Two connections to Slack."""

    _socket_mode: Sockets | None = None

    def _take_requests(self) -> None:
        token = self._program.settings.slack_app_token
        assert token is not None
        answered = self._program.metrics.answered
        self._socket_mode = Sockets(make_app(self._program), token.get_secret_value(), answered)
        patiently(self._socket_mode.connect)
        log.info("connected", mode="socket")

    def _take_no_more(self) -> None:
        if self._socket_mode is not None:
            self._socket_mode.drain(DRAIN_SECONDS)

    def _sockets(self) -> Callable[[], Sequence[Connection]]:
        return lambda: self._socket_mode.connections if self._socket_mode is not None else ()

    def _serve_health(self) -> None:
        """Beside the socket; without it the bot goes on."""
        from bot.running.over_http import serve  # an HTTP server takes its time to load: connected first

        try:
            self._server = serve(self._program, self.readiness)
        except OSError as error:
            settings = self._program.settings
            log.warning(
                "no health and metrics: the address cannot be had; set GEMBA_HTTP_PORT",
                host=settings.gemba_http_host,
                port=settings.gemba_http_port,
                error=error.strerror,
            )
