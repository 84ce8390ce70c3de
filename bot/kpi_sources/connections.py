"""Connections to other databases: they cannot write, and a query on one ends in time, also when nothing answers."""

import os
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Lock, Timer
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine

from jobs.base import Stopped

CONNECT_SECONDS = 5
LONGEST_VALUE = 1_000_000  # bytes of a text or a row in SQLite; a figure needs twenty
READS = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
BEGINS = {sqlite3.SQLITE_TRANSACTION, sqlite3.SQLITE_SAVEPOINT}


class TooLong(Exception):
    """The query took longer than it may."""


class Connections:
    """Those that are open now. A query on one may take `seconds`.

    A server that was to end it itself, and does not say a word, is cut off so many seconds of `grace` later.
    """

    def __init__(self, seconds: float, grace: float) -> None:
        self._seconds, self._grace = seconds, grace
        self._open: set[_Cut] = set()
        self._lock = Lock()
        self._stopped = Event()

    @contextmanager
    def to(self, url: URL) -> Iterator[Connection]:
        """A read-only transaction. Raises TooLong, Stopped, ValueError for another kind of database, and its errors."""
        engine = _engine(url, self._seconds)
        try:
            connection = engine.connect().execution_options(postgresql_readonly=True, stream_results=True)
            with connection, self._limited(connection.connection.dbapi_connection):
                yield connection
        except Exception as error:
            if self._stopped.is_set():
                raise Stopped from error
            raise
        finally:
            engine.dispose()

    def stop(self) -> None:
        """Cut off what is under way, and let nothing more begin."""
        self._stopped.set()
        with self._lock:
            for cut in self._open:
                cut()

    @contextmanager
    def _limited(self, raw: Any) -> Iterator[None]:
        if isinstance(raw, sqlite3.Connection):
            raw.set_authorizer(_only_reads)  # now: what opened it has looked at its settings
        cut = _Cut(raw)
        clock = Timer(self._seconds + (0 if isinstance(raw, sqlite3.Connection) else self._grace), cut)
        clock.daemon = True
        with self._lock:
            self._open.add(cut)
        clock.start()
        try:
            if self._stopped.is_set():
                raise Stopped
            yield
        except Exception as error:
            if cut.was_made or "statement timeout" in str(error):
                raise TooLong from error
            raise
        finally:
            clock.cancel()
            cut.not_any_more()
            with self._lock:
                self._open.discard(cut)


class _Cut:
    """Ends what is under way on a connection, from another thread."""

    def __init__(self, raw: Any) -> None:
        self._raw = raw
        self._lock = Lock()
        self._over = False
        self.was_made = False

    def __call__(self) -> None:
        with self._lock:
            if self._over:
                return
            self.was_made = True
            if isinstance(self._raw, sqlite3.Connection):
                self._raw.interrupt()
            elif not self._raw.closed:
                with suppress(OSError), socket.socket(fileno=os.dup(self._raw.fileno())) as line:
                    line.shutdown(socket.SHUT_RDWR)  # who waits for an answer reads that there is none

    def not_any_more(self) -> None:
        """The query has ended."""
        with self._lock:
            self._over = True


def _only_reads(action: int, _what: str | None, name: str | None, _database: str | None, _by: str | None) -> int:
    """SQLite asks this of each thing a query would do: no other file is attached or written, no setting changed."""
    reads = action in READS | BEGINS and (name or "").casefold() != "load_extension"
    return sqlite3.SQLITE_OK if reads else sqlite3.SQLITE_DENY


def _engine(url: URL, seconds: float) -> Engine:
    """Raises ValueError for another kind of database. PostgreSQL ends a query itself, as long as it is there."""
    match url.get_backend_name():
        case "sqlite":
            path = Path(url.database or "")

            def connect() -> sqlite3.Connection:
                opened = sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True, check_same_thread=False)
                opened.execute("PRAGMA query_only=ON")
                opened.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
                return opened

            return create_engine("sqlite://", creator=connect, poolclass=NullPool)
        case "postgresql":
            limits = f"-c default_transaction_read_only=on -c statement_timeout={int(seconds * 1000)}"
            arguments = {"options": limits, "connect_timeout": CONNECT_SECONDS}
            driver = url.set(drivername="postgresql+psycopg")
            return create_engine(driver, connect_args=arguments, poolclass=NullPool)
    raise ValueError(f"{url.get_backend_name()} is not known; write sqlite:///… or postgresql://…")
