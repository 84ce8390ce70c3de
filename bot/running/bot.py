"""The bot while it runs: start, run until a signal, stop. Each mode says how requests come in."""

import os
import signal
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from contextlib import suppress
from queue import Empty, SimpleQueue
from types import FrameType
from typing import TYPE_CHECKING

from slack_sdk.errors import SlackApiError

from bot.http.server import HttpServer
from bot.logs import log
from bot.observability.gauges import Gauges
from bot.observability.readiness import Readiness
from bot.program import Program
from bot.scheduling.tick import Tick
from bot.scheduling.ticker import TICK_SECONDS, Ticker
from bot.slack.slack_client import UNREACHABLE
from bot.slack.verdicts import Verdict, verdict
from bot.version import VERSION
from storage.engine import without_credentials
from storage.upgrade import current_revision

if TYPE_CHECKING:
    from bot.inbound.socket_mode.connection import Connection

DRAIN_SECONDS = 3.0  # as long as Slack waits for an answer
STOP_SECONDS = 9.5
BY_CTRL_C = 130  # the exit status that shells give


class Bot(ABC):
    """Starts, runs until a signal, stops. Its subclasses are the modes."""

    _server: HttpServer | None = None

    def __init__(self, program: Program, ticker: Ticker | None = None) -> None:
        self._program = program
        self._ticker = ticker or Ticker(Tick(program.runner, program.database.engine))
        self._signals: SimpleQueue[int] = SimpleQueue()
        self._is_asked = False
        self.readiness = Readiness(program.database, self._ticker, program.worker, self._sockets())
        program.metrics.ask(Gauges(self.readiness, program.runner.jobs))

    def start(self, *, tick: bool = True) -> None:
        """Take requests, deliver and (unless a test ticks by hand) tick. Raises SlackApiError when Slack refuses."""
        patiently(self._program.register_workspace)
        self._say_what_starts()
        self._take_requests()
        self._program.worker.start()
        if tick:
            self._ticker.start()

    def stop(self) -> None:
        """Take nothing more, finish what was taken, and close."""
        self.readiness.stopping = True
        self._take_no_more()
        ticker = threading.Thread(target=self._ticker.stop, daemon=True)  # waits for a tick, however long it takes
        ticker.start()
        self._program.worker.stop()
        ticker.join()
        self._program.sources.stop()  # what asks one ends, and with it its run
        self._program.runner.stop()
        if self._server is not None:
            self._server.stop()
        self._program.database.engine.dispose()
        log.info("stopped")

    def _say_what_starts(self) -> None:
        engine, installation = self._program.database.engine, self._program.installation
        workspace = installation.team_id if installation else None
        where = {"workspace": workspace, "database": without_credentials(engine.url)}
        log.info("starting", version=VERSION, **where, revision=current_revision(engine))

    @abstractmethod
    def _take_requests(self) -> None: ...

    @abstractmethod
    def _take_no_more(self) -> None:
        """Close the door, and wait for what is inside for up to DRAIN_SECONDS."""

    @abstractmethod
    def _sockets(self) -> "Callable[[], Sequence[Connection]] | None":
        """The connections to Slack; None where none is needed."""

    @abstractmethod
    def _serve_health(self) -> None:
        """Let others see how the bot is, while it runs."""

    def run_until_signal(self, announce: Callable[[], None]) -> None:
        """Wait for SIGTERM or Ctrl-C, then stop: in ten seconds, even if something hangs; at another Ctrl-C at once.

        `announce` tells people that it is up, once signals are heeded.
        """

        def ask_to_stop(number: int, _frame: FrameType | None) -> None:
            """May interrupt the wait at any line: an Event's lock would be held there, and never be free again."""
            if self._is_asked and number == signal.SIGINT:
                os._exit(BY_CTRL_C)  # without a word: the thread that it interrupts may be writing one
            self._is_asked = True
            self._signals.put(number)

        signal.signal(signal.SIGTERM, ask_to_stop)
        signal.signal(signal.SIGINT, ask_to_stop)
        self._serve_health()
        announce()
        while not self._was_asked():
            self._ticker.keep_ticking()
        force = threading.Timer(STOP_SECONDS, _end_by_force)
        force.daemon = True  # not cancelled: it also bounds the wait for threads after the last line of the program
        force.start()
        self.stop()

    def _was_asked(self) -> bool:
        with suppress(Empty):
            self._signals.get(timeout=TICK_SECONDS)
        return self._is_asked


def _end_by_force() -> None:
    """Whatever was cut off is safe: it was not acknowledged, or it stands in the outbox and is looked up."""
    log.warning("stopped by force")
    os._exit(0)


def patiently(attempt: Callable[[], object]) -> None:
    """Try again while Slack cannot be reached; what it refuses is not tried again."""
    for wait in (0.2, 0.5, 1, 2, 4, None):
        try:
            attempt()
        except UNREACHABLE as error:
            refused = isinstance(error, SlackApiError) and verdict(error) not in (Verdict.LATER, Verdict.UNSURE)
            if refused or wait is None:
                raise
            log.warning("Slack cannot be reached; trying again", wait=wait, error=type(error).__name__)
            time.sleep(wait)
        else:
            return
