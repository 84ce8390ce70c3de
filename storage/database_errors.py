"""What a database that can take nothing says, as a sentence for the person and a line for the operator."""

import sqlite3
from typing import Any

from sqlalchemy import URL
from sqlalchemy.engine import ExceptionContext

from domain.core import NotSaved, Words, words

SQLITE = {
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_READONLY: "closed",
    sqlite3.SQLITE_IOERR: "closed",  # a disk that fails, or a quota
    sqlite3.SQLITE_CANTOPEN: "closed",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_NOTADB: "damaged",
    sqlite3.SQLITE_BUSY: "busy",
    sqlite3.SQLITE_LOCKED: "busy",
}
"""By primary result code, the last byte of the extended one."""
POSTGRESQL = {"53100": "full", "58030": "closed", "25006": "closed", "55P03": "busy", "40P01": "busy"}
"""By SQLSTATE: disk_full, io_error, read_only_sql_transaction, lock_not_available, deadlock_detected."""


def translate(context: ExceptionContext) -> None:
    """Listens to an engine's errors, those of a commit too. Raises NotSaved in place of those named above."""
    error = context.original_exception
    if context.is_pre_ping or not isinstance(error, Exception):
        return  # the pool opens another connection; or somebody stops the program, and the database is there
    kind = SQLITE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF) or POSTGRESQL.get(_state(error))
    if kind is None and context.dialect.name == "postgresql" and _is_away(context, error):
        kind = "away"
    if kind is not None:
        engine = context.engine
        raise NotSaved(_for_the_person(kind), reason(kind, error, engine.url if engine else None)) from error


def reason(kind: str, error: BaseException, url: URL | None) -> str:
    """One line without a record's text, which these errors do not quote."""
    name = "the database" if url is None else url.database or url.render_as_string(hide_password=True)
    said = str(error).strip().splitlines()[0]
    match kind:
        case "full":
            return f"the disk of {name} is full ({said}); make room on it, and Gemba goes on by itself"
        case "damaged":
            return f"{name} is damaged or no database ({said}); `gemba db restore` puts a backup in its place"
        case "away":
            return f"the server of {name} cannot be reached ({said}); check DATABASE_URL and the server"
        case "busy":
            return f"{name} is being written to by somebody else ({said}); an import or a backup, say, ends by itself"
    return f"{name} cannot be written to ({said}); check its owner, its directory and its disk"


def _is_away(context: ExceptionContext, error: BaseException) -> bool:
    """The server does not answer, is shutting down (class 57P), or the connection broke (class 08)."""
    state = _state(error)
    no_connection = state is None and type(error).__name__ in ("OperationalError", "ConnectionTimeout")
    return context.is_disconnect or no_connection or str(state).startswith(("08", "57P"))


def _state(error: BaseException) -> Any:
    return getattr(error, "sqlstate", None)


def _for_the_person(kind: str) -> Words:
    if kind == "full":
        return words("The disk is full; nothing was saved. Tell an admin of Gemba, and try again when there is room.")
    if kind == "away":
        return words("Gemba cannot reach its database just now. Please try again in a minute: doing so twice is safe.")
    if kind == "busy":
        return words("Gemba's database is busy just now; nothing was saved. Please try again in a minute.")
    return words("Gemba cannot write to its database; nothing was saved. Tell an admin of Gemba, and try again later.")
