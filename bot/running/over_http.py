"""HTTP mode: Slack's requests come in by POST, signed. And the web server that every mode has for its health."""

from slack_bolt import App

from bot.http.app import Web
from bot.http.push import Push
from bot.http.server import HttpServer
from bot.http.signature import Signature
from bot.logs import log
from bot.manifest import REQUEST_PATH
from bot.observability.readiness import Readiness
from bot.program import Program, make_app
from bot.refusal import Refusal
from bot.running.bot import DRAIN_SECONDS, Bot


class HttpBot(Bot):
    """The bot over HTTP; `url` is where Slack's requests arrive on this machine."""

    url = ""

    def _take_requests(self) -> None:
        settings = self._program.settings
        assert settings.slack_signing_secret is not None, "nobody could tell Slack's requests from others"
        try:
            self._server = serve(self._program, self.readiness, make_app(self._program))
        except OSError as error:
            address = f"{settings.gemba_http_host}:{settings.gemba_http_port}"
            reason = f"cannot listen on {address} ({error.strerror})"
            raise Refusal(f"{reason}; set GEMBA_HTTP_HOST and GEMBA_HTTP_PORT to an address that is free") from error
        self.url = self._server.url + REQUEST_PATH
        log.info("listening", mode="http", url=self.url)

    def _take_no_more(self) -> None:
        if self._server is not None:
            self._server.stop()

    def _sockets(self) -> None:
        return None

    def _serve_health(self) -> None:
        """The same server does."""


def serve(program: Program, readiness: Readiness, slack: App | None = None) -> HttpServer:
    """Start the web server as it is set. Raises OSError when the address cannot be had."""
    settings = program.settings
    secret = settings.slack_signing_secret
    signature = Signature(secret.get_secret_value()) if slack and secret else None
    web = Web(readiness, program.metrics, Push(program.database), slack, signature).app()
    server = HttpServer(web, settings.gemba_http_host, settings.gemba_http_port, drain=int(DRAIN_SECONDS))
    server.start()
    return server
