"""Opening the database: SQLite that is honest about what it has stored, or PostgreSQL."""

import sqlite3
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from urllib.parse import unquote, urlsplit

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import InvalidatePoolError

from storage.caches.switch import CACHES
from storage.database_errors import translate

BUSY_TIMEOUT_MS = 2_500
"""How long to wait for another writer: Slack waits three seconds, so that there is time to say that it is busy."""
POSTGRES = {
    "connect_timeout": 5,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
"""libpq's own: in seconds, the last in milliseconds. A server that vanishes would else hold a thread for hours."""
CHECKPOINT = "wal_autocheckpoint=4000"
"""Pages (16 MB): whose commit fills the log waits 3 ms for it to be copied; with the usual 1,000 it is one in 40."""
RESTED_SECONDS = 0.02
"""A connection that lay idle for longer is tried before it is used: no server goes and comes back in less."""


def open_engine(url: str) -> Engine:
    """Connect lazily to `url`. SQLite: WAL, synchronous=FULL; writers take the lock when they begin.

    Everything done over it raises NotSaved when the disk is full or the database cannot be written just now.
    """
    parsed = make_url(url)
    sqlite = parsed.get_backend_name() == "sqlite"
    file = sqlite_file(url)
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
    limits = {} if sqlite else {name: value for name, value in POSTGRES.items() if name not in parsed.query}
    options: dict[str, Any] = {} if CACHES.on else {"query_cache_size": 0}
    engine = create_engine(parsed, hide_parameters=True, connect_args=limits, **options)  # hidden: what people typed
    event.listen(engine, "handle_error", translate)
    if sqlite:
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "set_connection_execution_options", _without_transaction)
        _try_rested(engine)
    return engine


def sqlite_file(url: str) -> Path | None:
    """The file that a URL names; None where there is none (PostgreSQL, or in memory)."""
    parsed = make_url(url)
    name = parsed.database or ""
    if name.startswith("file:"):
        name = unquote(urlsplit(name).path)
    is_file = parsed.get_backend_name() == "sqlite" and name not in ("", ":memory:")
    return Path(name) if is_file else None


def without_credentials(url: URL) -> str:
    """To be shown: no password, nor what else may stand behind the question mark."""
    return URL.create(url.drivername, url.username, None, url.host, url.port, url.database).render_as_string()


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Let SQLAlchemy say BEGIN itself, and make a commit durable (FULL costs 0.1 to 0.2 ms)."""
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    _write_ahead(cursor)
    for pragma in ("synchronous=FULL", CHECKPOINT):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _write_ahead(cursor: Any) -> None:
    """SQLite's busy timeout has no say here: of several that open a new file, all but one would be refused at once."""
    until = monotonic() + BUSY_TIMEOUT_MS / 1000
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or monotonic() > until:
                raise
            sleep(0.01)


def _without_transaction(_connection: Connection, options: dict[str, Any]) -> None:
    """PostgreSQL's transactions show each statement what is committed by then, so who only reads (`reading`), or
    writes by one statement (`single`), needs none: it saves two round trips of three."""
    if options.get("reading") or options.get("single"):
        options["isolation_level"] = "AUTOCOMMIT"


def _try_rested(engine: Engine) -> None:
    """What `pool_pre_ping` does, but not for a connection that was just in use: each try is a round trip."""

    @event.listens_for(engine, "checkin")
    def note(_connection: Any, record: Any) -> None:
        record.info["used"] = monotonic()

    @event.listens_for(engine, "checkout")
    def try_it(connection: Any, record: Any, _proxy: Any) -> None:
        used = record.info.get("used")
        if used is not None and monotonic() - used > RESTED_SECONDS and not _answers(engine, connection):
            raise InvalidatePoolError  # the pool opens another one, and drops all others


def _answers(engine: Engine, connection: Any) -> bool:
    try:
        return bool(engine.dialect.do_ping(connection))
    except engine.dialect.loaded_dbapi.Error:
        return False


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes the lock at once: a deferred one that reads first fails with 'database is locked'."""
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
