"""Wiring: the one place where the parts of the running bot meet."""

import logging
import os
import signal
import socket
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from secrets import token_hex
from types import FrameType
from typing import TYPE_CHECKING
from urllib.error import URLError

from slack_bolt import App
from slack_sdk.errors import SlackApiError

from bot.delivering.delivery import Worker
from bot.delivering.sending import Sender
from bot.delivering.troubles import Troubles
from bot.rendering import renderer
from bot.requests.edge import Edge
from bot.requests.people import People
from bot.settings import Settings
from bot.slack.gateway import Gateway
from bot.socket_mode.line import Line
from bot.socket_mode.sockets import Sockets
from bot.ticking.clock import SystemClock
from bot.ticking.rounds import Rounds
from bot.ticking.schedules import Sweep
from bot.ticking.sql_sources import SqlSources
from bot.ticking.ticker import TICK_SECONDS, Ticker
from bot.watching.gauges import Gauges
from bot.watching.logs import log, quiet
from bot.watching.metrics import Metrics
from bot.watching.vitals import Vitals
from domain.ports import Clock
from domain.use_cases.schedules import schedule_sources, schedule_workspace
from domain.use_cases.stops import resume
from handlers.registry import all_routes
from jobs.registry import JOBS
from storage.engine import open_engine
from storage.queue import PATIENT, Patience, Queue
from storage.rates import SLACKS, WORKSPACE, Paces
from storage.unit_of_work import Database
from storage.upgrade import upgrade

if TYPE_CHECKING:
    from bot.web.http_server import HttpServer

DRAIN_SECONDS = 3.0  # as long as Slack waits for an answer
STOP_SECONDS = 9.5
BY_CTRL_C = 130  # the exit status that shells give


@dataclass
class Program:
    """The parts that every command of the command line uses. Slack is not asked before something needs it."""

    settings: Settings
    database: Database
    gateway: Gateway
    people: People
    queue: Queue
    worker: Worker
    sweep: Sweep
    metrics: Metrics
    sources: SqlSources

    def register_workspace(self) -> str:
        """Make sure that the token's workspace has its row and schedules; returns its team id."""
        answer = self.gateway.client.auth_test()
        team_id, now = str(answer["team_id"]), self.database.clock.now()
        with self.database.writing(team_id) as work:
            known = work.workspace
            facts = {"name": str(answer["team"]), "url": str(answer["url"]), "bot_user_id": str(answer["user_id"])}
            if known.id == 0:
                facts |= {"timezone": self.settings.gemba_timezone, "language": self.settings.gemba_language}
            if any(getattr(known, name) != value for name, value in facts.items()):
                known = work.set_workspace(by="", at=now, **facts)
            schedule_workspace(work, known, now=now)
            schedule_sources(work, self.sources.rules(), known, now=now)
            resume(work, "", *WORKSPACE, now=now)  # maybe with another token, or with more permissions
        return team_id


def open_database(settings: Settings, clock: Clock | None = None) -> Database:
    """The database, brought up to date."""
    engine = open_engine(settings.database)
    upgrade(engine)
    return Database(engine, clock or SystemClock())


def build(
    settings: Settings, clock: Clock | None = None, patience: Patience = PATIENT, paces: Paces = SLACKS
) -> Program:
    """Open the database, and put the parts together. Tests that kill the bot have less `patience`, and no `paces`."""
    database = open_database(settings, clock)
    token = settings.slack_bot_token.get_secret_value() if settings.slack_bot_token else ""
    metrics = Metrics()
    gateway = Gateway(token, settings.slack_api_url, metrics.slack_error)
    people = People(database, gateway, settings)
    owner = f"{socket.gethostname()}:{os.getpid()}:{token_hex(3)}"
    queue = Queue(database.engine, owner, patience=patience, paces=paces)
    troubles = Troubles(database, settings.gemba_admins)
    worker = Worker(queue, Sender(queue, gateway, renderer(database, people), troubles))
    database.listeners.append(worker.heard)
    sources = SqlSources.read(settings.gemba_sql_sources)
    sweep = Sweep(database, JOBS, gateway, sources)
    return Program(settings, database, gateway, people, queue, worker, sweep, metrics, sources)


def make_app(program: Program) -> App:
    """Bolt with our listeners. It answers from the worker that took the request, after the handler is done."""
    secret = program.settings.slack_signing_secret
    app = App(
        client=program.gateway.client,
        logger=quiet("slack_bolt", logging.ERROR),  # it quotes what it cannot use
        signing_secret=secret.get_secret_value() if secret else "not-used-in-socket-mode",
        process_before_response=True,
        request_verification_enabled=secret is not None,
    )
    edge = Edge(all_routes(), program.database, program.gateway, program.people,
                prefix=program.settings.gemba_prefix, answered=program.metrics.request)  # fmt: skip
    edge.register(app)
    return app


class Bot(ABC):
    """The running bot: start, run until a signal, stop. Each mode says how requests come in."""

    _server: "HttpServer | None" = None

    def __init__(self, program: Program, ticker: Ticker | None = None) -> None:
        self._program = program
        self._ticker = ticker or Ticker(Rounds(program.sweep, program.database.engine))
        self._asked = threading.Event()
        self.vitals = Vitals(program.database, self._ticker, program.worker, self._sockets())
        program.metrics.ask(Gauges(self.vitals, JOBS))

    def start(self, *, tick: bool = True) -> None:
        """Take requests, deliver and (unless a test ticks by hand) tick. Raises SlackApiError when Slack refuses."""
        _patiently(self._program.register_workspace)
        self._take_requests()
        self._program.worker.start()
        if tick:
            self._ticker.start()

    def stop(self) -> None:
        """Take nothing more, finish what was taken, and close."""
        self.vitals.stopping = True
        self._take_no_more()
        ticker = threading.Thread(target=self._ticker.stop, daemon=True)  # waits for a sweep, however long it takes
        ticker.start()
        self._program.worker.stop()
        ticker.join()
        if self._server is not None:
            self._server.stop()
        self._program.database.engine.dispose()
        log.info("stopped")

    @abstractmethod
    def _take_requests(self) -> None: ...

    @abstractmethod
    def _take_no_more(self) -> None:
        """Close the door, and wait for what is inside for up to DRAIN_SECONDS."""

    @abstractmethod
    def _sockets(self) -> Callable[[], Sequence[Line]] | None:
        """The connections to Slack; None where none is needed."""

    @abstractmethod
    def _serve_health(self) -> None:
        """Let others see how the bot is, while it runs."""

    def run_until_signal(self, announce: Callable[[], None]) -> None:
        """Wait for SIGTERM or Ctrl-C, then stop: in ten seconds, even if something hangs; at another Ctrl-C at once.

        `announce` tells people that it is up, once signals are heeded.
        """

        def ask_to_stop(number: int, _frame: FrameType | None) -> None:
            if self._asked.is_set() and number == signal.SIGINT:
                os._exit(BY_CTRL_C)  # without a word: the thread that it interrupts may be writing one
            self._asked.set()

        signal.signal(signal.SIGTERM, ask_to_stop)
        signal.signal(signal.SIGINT, ask_to_stop)
        self._serve_health()
        announce()
        while not self._asked.wait(TICK_SECONDS):
            self._ticker.keep_ticking()
        force = threading.Timer(STOP_SECONDS, _end_by_force)
        force.daemon = True  # not cancelled: it also bounds the wait for threads after the last line of the program
        force.start()
        self.stop()


class SocketBot(Bot):
    """The bot over Socket Mode."""

    _lines: Sockets | None = None

    def _take_requests(self) -> None:
        token = self._program.settings.slack_app_token
        assert token is not None
        answered = self._program.metrics.answered
        self._lines = Sockets(make_app(self._program), token.get_secret_value(), answered)
        _patiently(self._lines.connect)
        log.info("connected", mode="socket")

    def _take_no_more(self) -> None:
        if self._lines is not None:
            self._lines.drain(DRAIN_SECONDS)

    def _sockets(self) -> Callable[[], Sequence[Line]]:
        return lambda: self._lines.lines if self._lines is not None else ()

    def _serve_health(self) -> None:
        """Beside the socket; without it the bot goes on."""
        from bot.web.http_bot import serve  # an HTTP server takes its time to load: connected first

        try:
            self._server = serve(self._program, self.vitals)
        except OSError as error:
            settings = self._program.settings
            log.warning("no health and metrics: the address cannot be had; set GEMBA_HTTP_PORT",
                        host=settings.gemba_http_host, port=settings.gemba_http_port, error=error.strerror)  # fmt: skip


def _end_by_force() -> None:
    """Whatever was cut off is safe: it was not acknowledged, or it stands in the outbox and is looked up."""
    log.warning("stopped by force")
    os._exit(0)


def _patiently(attempt: Callable[[], object]) -> None:
    """Try again while Slack cannot be reached; what it refuses is not tried again."""
    for wait in (0.2, 0.5, 1, 2, 4, None):
        try:
            attempt()
        except (URLError, OSError, SlackApiError) as error:
            refused = isinstance(error, SlackApiError) and error.response.status_code == 200
            if refused or wait is None:
                raise
            log.warning("Slack cannot be reached; trying again", wait=wait, error=type(error).__name__)
            time.sleep(wait)
        else:
            return
