"""KPI values from other databases: queries of the file that GEMBA_SQL_SOURCES names, read-only, with limits."""

import os
import sqlite3
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import Any, Literal
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from sqlalchemy import Connection, Engine, NullPool, create_engine, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from bot.commands.refusal import Refusal
from domain.rules.slots import rule
from domain.use_cases.kpi_fetching import Fetched

SECONDS, MOST_ROWS, CONNECT_SECONDS = 30, 10_000, 5
LONGEST_FAULT = 300
SUBJECT = "sql:"


class SqlSource(BaseModel):
    """One query for one KPI. `$NAME` in the URL is taken from the environment."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(max_length=40, pattern=r"^[a-z0-9][a-z0-9_-]*$")
    kpi: str = Field(min_length=1)
    url: str = Field(min_length=1)
    query: str = Field(min_length=1)
    schedule: str = "daily 06:00"
    period: Literal["last", "current"] = "last"
    segment_column: str = ""

    @field_validator("schedule")
    @classmethod
    def _known(cls, value: str) -> str:
        rule(value)
        return value

    @property
    def subject(self) -> str:
        """Whom its schedule is for."""
        return SUBJECT + self.name


class SqlSources:
    """The sources that are set. Asking one takes at most half a minute, and never changes anything there."""

    def __init__(self, sources: Sequence[SqlSource] = (), *, seconds: float = SECONDS) -> None:
        self.all = {source.subject: source for source in sources}
        self._seconds = seconds

    @classmethod
    def read(cls, file: str) -> "SqlSources":
        """Those of a TOML file; none without a file. Raises Refusal that says what is wrong with it."""
        if not file:
            return cls()
        try:
            told = tomllib.loads(Path(file).read_text(encoding="utf-8"))
            sources = [SqlSource.model_validate(one) for one in told.get("source", [])]
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise Refusal(f"GEMBA_SQL_SOURCES: {file} cannot be read ({error})") from None
        except ValidationError as error:
            where = ", ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
            raise Refusal(f"GEMBA_SQL_SOURCES: {file}: {where}") from None
        twice = {one.name for one in sources if [other.name for other in sources].count(one.name) > 1}
        if twice:
            raise Refusal(f"GEMBA_SQL_SOURCES: {file} has two sources named {', '.join(sorted(twice))}")
        return cls(sources)

    def rules(self) -> dict[str, str]:
        """When each is asked, by the subject of its schedule."""
        return {subject: source.schedule for subject, source in self.all.items()}

    def fetch(self, subject: str) -> Fetched:
        """Ask the source that a schedule is for."""
        source = self.all.get(subject)
        if source is None:
            return Fetched(subject.removeprefix(SUBJECT), "", fault="this source is not configured any more")
        try:
            rows = self._ask(source)
        except (SQLAlchemyError, ArgumentError, sqlite3.Error, OSError, ValueError) as error:
            return Fetched(source.name, source.kpi, fault=_said(error, self._seconds))
        if len(rows) > MOST_ROWS:
            return Fetched(source.name, source.kpi, fault=f"the query answers more than {MOST_ROWS:,} rows")
        return Fetched(source.name, source.kpi, rows, current=source.period == "current")

    def _ask(self, source: SqlSource) -> tuple[tuple[object, ...], ...]:
        engine = _engine(os.path.expandvars(source.url), self._seconds)
        try:
            with _connected(engine, self._seconds) as connection:
                answer = connection.execution_options(no_parameters=True).exec_driver_sql(source.query)
                names, rows = list(answer.keys()), answer.fetchmany(MOST_ROWS + 1)
        finally:
            engine.dispose()
        order = _order(names, source.segment_column)
        return tuple(tuple(row[at] for at in order) for row in rows)


def _order(names: Sequence[str], segment_column: str) -> list[int]:
    """Which columns are period, segment and value: by these names, else as they stand."""
    folded = [name.casefold() for name in names]
    wanted = ["period", segment_column.casefold() or "segment", "value"]
    known = [folded.index(name) for name in wanted if name in folded]
    if segment_column and segment_column.casefold() not in folded:
        raise ValueError(f"the query has no column {segment_column!r}")
    return known if "period" in folded and "value" in folded else list(range(len(names)))


def _engine(url: str, seconds: float) -> Engine:
    """Connections that cannot write. Raises ValueError for another kind of database."""
    parsed = make_url(url)
    match parsed.get_backend_name():
        case "sqlite":
            path = Path(parsed.database or "")

            def connect() -> sqlite3.Connection:
                opened = sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True, check_same_thread=False)
                opened.execute("PRAGMA query_only=ON")
                return opened

            return create_engine("sqlite://", creator=connect, poolclass=NullPool)
        case "postgresql":
            limits = f"-c default_transaction_read_only=on -c statement_timeout={int(seconds * 1000)}"
            arguments = {"options": limits, "connect_timeout": CONNECT_SECONDS}
            driver = parsed.set(drivername="postgresql+psycopg")
            return create_engine(driver, connect_args=arguments, poolclass=NullPool)
    raise ValueError(f"{parsed.get_backend_name()} is not known; write sqlite:///… or postgresql://…")


@contextmanager
def _connected(engine: Engine, seconds: float) -> Iterator[Connection]:
    """A read-only transaction. SQLite knows no time limit, so it is interrupted."""
    with engine.connect().execution_options(postgresql_readonly=True) as connection:
        raw: Any = connection.connection.dbapi_connection
        clock = Timer(seconds, getattr(raw, "interrupt", lambda: None))
        clock.daemon = True
        clock.start()
        try:
            yield connection
        finally:
            clock.cancel()


def _said(error: Exception, seconds: float) -> str:
    """One line. Database errors name no password, only what was asked for."""
    reason = " ".join(str(getattr(error, "orig", None) or error).split())
    if reason == "interrupted" or "statement timeout" in reason:
        return f"the query takes longer than {seconds:g} s"
    return reason[:LONGEST_FAULT]
