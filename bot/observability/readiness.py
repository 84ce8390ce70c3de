"""Whether the bot is fit for work: what /readyz says, and what /metrics looks at."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from datetime import timedelta
from threading import Lock, Thread
from typing import TYPE_CHECKING, Generic, TypeVar

from sqlalchemy.exc import SQLAlchemyError

from bot.delivery.worker import Worker
from bot.scheduling.ticker import Ticker
from domain.core import NotSaved
from storage.figures import Figures, figures, readable
from storage.unit_of_work import Database
from storage.upgrade import unfit

if TYPE_CHECKING:
    from bot.inbound.socket_mode.connection import Connection  # HTTP mode does not load it

Answer = TypeVar("Answer")
PATIENCE = 2.0
"""Seconds that the database has to answer in; who asks for our health does not wait much longer."""
LATE = timedelta(minutes=1)


class Readiness:
    """The parts of a running bot that can fail by themselves. `sockets` is None where none is needed (HTTP mode)."""

    def __init__(
        self, database: Database, ticker: Ticker, worker: Worker, sockets: "Callable[[], Sequence[Connection]] | None"
    ) -> None:
        self.ticker = ticker
        self.worker = worker
        self.stopping = False
        self._sockets = sockets
        self._figures = Question(lambda: figures(database.engine, late_since=database.clock.now() - LATE))
        self._readable = Question(lambda: readable(database.engine))
        self._unfit = Question(lambda: unfit(database.engine, database.schema.metadata))

    @property
    def sockets(self) -> "Sequence[Connection]":
        return self._sockets() if self._sockets is not None else ()

    def heard(self) -> list[dict[str, object]]:
        """Each Socket Mode connection: whether it is open, and since when Slack was not heard on it."""
        return [
            {"connected": socket.connected, "silent_seconds": _rounded(socket.frame_age)} for socket in self.sockets
        ]

    def faults(self) -> list[str]:
        """Why the bot is not ready, in words; empty when it is."""
        return list(filter(None, [self._shutdown(), self._ticks(), self._delivers(), self._hears(), self._reads()]))

    def figures(self) -> Figures | None:
        """The records in figures; None when the database does not answer."""
        try:
            return self._figures.answer(PATIENCE)
        except (SQLAlchemyError, OSError, NotSaved):
            return None

    def _shutdown(self) -> str:
        return "it is shutting down" if self.stopping else ""

    def _ticks(self) -> str:
        if self.ticker.alive:
            return ""
        age = self.ticker.age
        return "the ticker has not ticked yet" if age is None else f"the ticker has not ticked for {age:.0f} s"

    def _delivers(self) -> str:
        return "" if self.worker.alive else "the delivery threads are dead"

    def _hears(self) -> str:
        if self._sockets is None or any(socket.connected for socket in self.sockets):
            return ""
        return "there is no Socket Mode connection to Slack"

    def _reads(self) -> str:
        try:
            self._readable.answer(PATIENCE)
            why = self._unfit.answer(PATIENCE)
        except (SQLAlchemyError, OSError, NotSaved) as error:
            return f"the database cannot be read ({type(error).__name__})"
        return f"the database {why}" if why else ""


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 1)


class Question(Generic[Answer]):
    """Something that is asked in a thread of its own, since a database that is away may never answer.

    Of one question only one is under way: who asks meanwhile waits for its answer, and takes no connection more.
    """

    def __init__(self, ask: Callable[[], Answer]) -> None:
        self._ask = ask
        self._lock = Lock()
        self._answer: Future[Answer] | None = None

    def answer(self, patience: float) -> Answer:
        """The answer. Raises what asking raised, and TimeoutError when there is none after `patience` seconds."""
        with self._lock:
            if self._answer is None or self._answer.done():
                self._answer = Future()
                Thread(target=self._run, args=(self._answer,), name="question", daemon=True).start()
            answer = self._answer
        return answer.result(patience)

    def _run(self, answer: "Future[Answer]") -> None:
        try:
            answer.set_result(self._ask())
        except BaseException as error:  # raised where the answer is waited for
            answer.set_exception(error)
