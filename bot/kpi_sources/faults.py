"""Why a database brought no values, in words for the data owner; what it says itself stands in them as it is."""

import sqlite3

from sqlalchemy.exc import ArgumentError, DBAPIError

from domain.core import Words, words

LONGEST = 300
MAY_NOT_WRITE = "25006"
"""PostgreSQL: read_only_sql_transaction."""


def fault_of(error: Exception) -> Words:
    """The same for the same cause. Database errors name no password, only what was asked for."""
    reason = getattr(error, "orig", None) or error
    said = _said(reason)
    if _writes(reason):
        return words("The query would change the database, and it may only read: “{error}”", error=said)
    if isinstance(error, OSError) or (isinstance(error, DBAPIError) and error.statement is None):  # not asked yet
        return words("There is no connection to the database: “{error}”", error=said)
    if isinstance(error, ArgumentError | ValueError):
        return words("This source is not set up as it must be: “{error}”", error=said)
    return words("The database refuses the query: “{error}”", error=said)


def _said(reason: BaseException) -> str:
    """One line."""
    primary = getattr(getattr(reason, "diag", None), "message_primary", None)  # without the query of our own around it
    return " ".join(str(primary or reason).split())[:LONGEST]


def _writes(reason: BaseException) -> bool:
    if isinstance(reason, sqlite3.Error):
        return str(getattr(reason, "sqlite_errorname", "")).startswith(("SQLITE_READONLY", "SQLITE_AUTH"))
    return getattr(reason, "sqlstate", None) == MAY_NOT_WRITE
