"""A bot in HTTP mode, for tests, and what one sees of it from outside."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Semaphore, Thread
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from pydantic import SecretStr

from bot.program import Program
from bot.running.over_http import HttpBot
from bot.scheduling.clock import FixedClock
from bot.scheduling.ticker import Ticker
from bot.settings import Settings
from sandbox.base import SIGNING_SECRET
from sandbox.person import Person
from sandbox.server import Sandbox
from tests.bridge import Slack
from tests.office import Office

SECRET = SIGNING_SECRET
PATIENCE = 30  # seconds after which a test gives up


class Site:
    """A bot in HTTP mode, the sandbox as its Slack, and what one sees of it from outside."""

    def __init__(self, office: Office, bot: HttpBot, slack: Slack) -> None:
        self.office, self.bot, self.slack = office, bot, slack

    @cached_property
    def clerk(self) -> Person:
        """Somebody whose doings in the sandbox reach the bot by HTTP."""
        self.office.clerk.deliver_to(self.bot.url)
        return self.office.clerk

    def get(self, path: str) -> tuple[int, str]:
        return get(self.bot.url.removesuffix("/slack/events") + path)

    def ready(self) -> tuple[int, list[str]]:
        status, body = self.get("/readyz")
        return status, json.loads(body)["reasons"]

    def figure(self, name: str) -> float | None:
        """A metric's value, named as it is shown: `gemba_requests_total{kind="event",outcome="done"}`."""
        return figure(self.get("/metrics")[1], name)


def get(url: str) -> tuple[int, str]:
    try:
        with urlopen(url, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()


def figure(shown: str, name: str) -> float | None:
    found = re.search(rf"^{re.escape(name)} (\S+)$", shown, re.MULTILINE)
    return float(found[1]) if found else None


def settings_for(sandbox: Sandbox, file: Path | None, **more: object) -> Settings:
    tokens = {"slack_bot_token": SecretStr("xoxb-sandbox"), "slack_signing_secret": SecretStr(SECRET)}
    where = {"slack_api_url": sandbox.api_url, "database_url": f"sqlite:///{file}", "gemba_http_port": 0}
    return Settings(_env_file=None, **{**tokens, **where, **more})


@contextmanager
def running(sandbox: Sandbox, program: Program, clock: FixedClock, ticker: Ticker | None = None) -> Iterator[Site]:
    urlopen(Request(f"{sandbox.url}/sandbox/api/reset", method="POST")).close()
    bot = HttpBot(program, ticker)
    bot.start(tick=ticker is not None)
    office = Office(sandbox, program, clock)
    try:
        yield Site(office, bot, Slack(bot.url, SECRET))
    finally:
        office.lead.deliver_by_socket()
        bot.stop()


@dataclass(frozen=True, slots=True)
class Thoughtful:
    """A Web API that thinks before it opens a modal, until it may go on."""

    url: str
    begun: Semaphore  # released by each call that it thinks about
    may_go_on: Event

    def thinks(self, calls: int = 1) -> bool:
        """Wait until so many more calls have come in."""
        return all(self.begun.acquire(timeout=PATIENCE) for _ in range(calls))


@contextmanager
def thoughtful(sandbox: Sandbox) -> Iterator[Thoughtful]:
    """The sandbox's Web API, thoughtful."""
    begun, may_go_on = Semaphore(0), Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.path.endswith("views.open"):
                begun.release()
                may_go_on.wait(PATIENCE)
            with urlopen(Request(sandbox.url + self.path, body, dict(self.headers))) as answer:
                said = answer.read()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield Thoughtful(f"http://127.0.0.1:{server.server_port}/api/", begun, may_go_on)
    may_go_on.set()
    server.shutdown()
    server.server_close()
    thread.join()
