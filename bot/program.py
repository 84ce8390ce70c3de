"""Wiring: the one place where the parts of the running bot meet."""

import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from secrets import token_hex
from types import FrameType
from urllib.error import URLError

from slack_bolt import App
from slack_sdk.errors import SlackApiError

from bot.clock import SystemClock
from bot.delivery import Worker
from bot.edge import Edge
from bot.gateway import Gateway
from bot.logs import log
from bot.people import People
from bot.rendering import renderer
from bot.schedules import Sweep
from bot.settings import Settings
from bot.socket import Connection
from bot.ticker import Ticker
from domain.ports import Clock
from domain.use_cases.schedules import schedule_workspace
from handlers.registry import all_routes
from jobs.registry import JOBS
from storage.engine import open_engine
from storage.queue import Queue
from storage.unit_of_work import Database
from storage.upgrade import upgrade

DRAIN_SECONDS = 5.0


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
        return team_id


def build(settings: Settings, clock: Clock | None = None) -> Program:
    """Open the database, bring it up to date, and put the parts together."""
    engine = open_engine(settings.database)
    upgrade(engine)
    database = Database(engine, clock or SystemClock())
    token = settings.slack_bot_token.get_secret_value() if settings.slack_bot_token else ""
    gateway = Gateway(token, settings.slack_api_url)
    people = People(database, gateway, settings)
    queue = Queue(engine, owner=f"{socket.gethostname()}:{os.getpid()}:{token_hex(3)}")
    worker = Worker(queue, gateway, renderer(database, people))
    database.listeners.append(worker.heard)
    return Program(settings, database, gateway, people, queue, worker, Sweep(database, JOBS, gateway))


def make_app(program: Program) -> App:
    """Bolt with our listeners. It answers from the worker that took the request, after the handler is done."""
    secret = program.settings.slack_signing_secret
    app = App(
        client=program.gateway.client,
        signing_secret=secret.get_secret_value() if secret else "not-used-in-socket-mode",
        process_before_response=True,
        request_verification_enabled=secret is not None,
    )
    edge = Edge(all_routes(), program.database, program.gateway, program.people, prefix=program.settings.gemba_prefix)
    edge.register(app)
    return app


class SocketBot:
    """The bot over Socket Mode: start, run until a signal, stop within ten seconds."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._ticker = Ticker(program.sweep.run_due)
        self._connection: Connection | None = None
        self._stop = threading.Event()

    def start(self, *, tick: bool = True) -> None:
        """Connect, begin to deliver and (unless a test ticks by hand) to tick. Raises SlackApiError on refusal."""
        program, token = self._program, self._program.settings.slack_app_token
        assert token is not None
        _patiently(program.register_workspace)
        self._connection = Connection(make_app(program), token.get_secret_value())
        _patiently(self._connection.connect)
        program.worker.start()
        if tick:
            self._ticker.start()
        log.info("connected", mode="socket")

    def stop(self) -> None:
        """Take nothing more, finish what was taken, and close."""
        if self._connection is not None:
            self._connection.drain(DRAIN_SECONDS)
        self._ticker.stop()
        self._program.worker.stop()
        self._program.database.engine.dispose()
        log.info("stopped")

    def run_until_signal(self) -> None:
        """Wait for SIGTERM or Ctrl-C."""

        def ask_to_stop(_number: int, _frame: FrameType | None) -> None:
            self._stop.set()

        signal.signal(signal.SIGTERM, ask_to_stop)
        signal.signal(signal.SIGINT, ask_to_stop)
        self._stop.wait()


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
