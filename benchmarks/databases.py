"""Databases to measure on: new ones, of both kinds, which confirm only what is on disk."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cached_property
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine

from bot.database import SCHEMA
from storage.engine import open_engine
from storage.upgrade import upgrade
from tests.postgres import PostgresServer

KINDS = ("sqlite", "postgres")
DURABLE = {"fsync": "on", "synchronous_commit": "on"}


class Databases:
    """Hands out addresses of new, empty databases until it is closed; PostgreSQL starts when it is first asked for."""

    def __init__(self) -> None:
        self._open = ExitStack()
        self._folder = Path(self._open.enter_context(TemporaryDirectory(prefix="gemba-bench-", dir="/tmp")))
        self._folder.chmod(0o755)  # PostgreSQL is somebody else
        self._numbers = count(1)

    @classmethod
    @contextmanager
    def opened(cls) -> "Iterator[Databases]":
        databases = cls()
        with databases._open:
            yield databases

    def sqlite(self) -> str:
        return f"sqlite:///{self._folder}/{next(self._numbers)}.db"

    def postgres(self) -> str:
        return self._open.enter_context(self._server.database())

    def of(self, kind: str) -> str:
        """One of a kind: `sqlite` or `postgres`."""
        return self.sqlite() if kind == "sqlite" else self.postgres()

    def engine(self, url: str) -> Engine:
        """Connections to a database, which now has our tables."""
        engine = open_engine(url)
        self._open.callback(engine.dispose)
        upgrade(engine, SCHEMA.metadata)
        return engine

    @cached_property
    def _server(self) -> PostgresServer:
        return self._open.enter_context(PostgresServer.installed(self._folder / "pg", **DURABLE))


def analyse(engine: Engine) -> None:
    """What autovacuum does by itself after so many new rows."""
    if engine.dialect.name == "postgresql":
        with engine.begin() as connection:
            connection.exec_driver_sql("ANALYZE")
