"""Whether the bot is fit for work: what /readyz says, and what /metrics looks at."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from threading import Thread
from typing import Generic, Protocol, TypeVar

from sqlalchemy.exc import SQLAlchemyError

from bot.delivering.delivery import Worker
from bot.ticking.ticker import Ticker
from domain.errors import NotSaved
from storage.figures import Figures, figures, readable
from storage.unit_of_work import Database

Answer = TypeVar("Answer")
PATIENCE = 2.0
"""Seconds that the database has to answer in; who asks for our health does not wait much longer."""
LATE = timedelta(minutes=1)


class Socket(Protocol):
    """A Socket Mode connection, seen from here."""

    @property
    def connected(self) -> bool: ...

    @property
    def frame_age(self) -> float | None:
        """Seconds since Slack was heard on it; None before the first time."""
        ...


class Vitals:
    """The parts of a running bot that can fail by themselves. `sockets` is None where none is needed (HTTP mode)."""

    def __init__(
        self, database: Database, ticker: Ticker, worker: Worker, sockets: Callable[[], Sequence[Socket]] | None
    ) -> None:
        self.ticker = ticker
        self.worker = worker
        self.stopping = False
        self._database = database
        self._sockets = sockets

    @property
    def sockets(self) -> Sequence[Socket]:
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
        engine, since = self._database.engine, self._database.clock.now() - LATE
        try:
            return Question(lambda: figures(engine, late_since=since)).answer(PATIENCE)
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
        engine = self._database.engine
        try:
            Question(lambda: readable(engine)).answer(PATIENCE)
        except (SQLAlchemyError, OSError, NotSaved) as error:
            return f"the database cannot be read ({type(error).__name__})"
        return ""


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 1)


class Question(Generic[Answer]):
    """Something that is asked in a thread of its own, since a database that is away may never answer."""

    def __init__(self, ask: Callable[[], Answer]) -> None:
        self._ask = ask
        self._answers: list[Answer] = []
        self._error: Exception | None = None
        self._thread = Thread(target=self._run, name="question", daemon=True)

    def answer(self, patience: float) -> Answer:
        """The answer. Raises what asking raised, and TimeoutError when there is none after `patience` seconds."""
        self._thread.start()
        self._thread.join(patience)
        if self._error is not None:
            raise self._error
        if not self._answers:
            raise TimeoutError
        return self._answers[0]

    def _run(self) -> None:
        try:
            self._answers.append(self._ask())
        except Exception as error:  # raised where the answer is waited for
            self._error = error
