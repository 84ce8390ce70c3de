"""KPI values from other databases: queries of the file that GEMBA_SQL_SOURCES names, read-only, with limits."""

import sqlite3
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from bot.kpi_sources.address import address
from bot.kpi_sources.connections import Connections, TooLong
from bot.kpi_sources.faults import fault_of
from bot.refusal import Refusal
from domain.core import words
from domain.kpis.sources.databases import SUBJECT, Fetched, not_configured
from domain.schedules.slots import rule

SECONDS, GRACE, MOST_ROWS = 30.0, 5.0, 10_000


class SqlSource(BaseModel):
    """One query for one KPI. `$NAME` in a part of the URL is taken from the environment."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(max_length=40, pattern=r"^[a-z0-9][a-z0-9_-]*$")
    kpi: str = Field(min_length=1)
    url: str = Field(min_length=1)
    query: str = Field(min_length=1)
    schedule: str = "daily 06:00"
    period: Literal["last", "current"] = "last"
    segment_column: str = ""

    @field_validator("url")
    @classmethod
    def _is_address(cls, value: str) -> str:
        address(value)
        return value

    @field_validator("schedule")
    @classmethod
    def _is_schedule(cls, value: str) -> str:
        rule(value)
        return value

    @property
    def subject(self) -> str:
        """Whom its schedule is for."""
        return SUBJECT + self.name


class SqlSources:
    """The sources that are set. Asking one takes at most half a minute, and never changes anything there."""

    def __init__(self, sources: Sequence[SqlSource] = (), *, seconds: float = SECONDS, grace: float = GRACE) -> None:
        self.all = {source.subject: source for source in sources}
        self._seconds = seconds
        self._connections = Connections(seconds, grace)

    @classmethod
    def read(cls, file: str) -> "SqlSources":
        """Those of a TOML file; none without a file. Raises Refusal that says what is wrong with it."""
        if not file:
            return cls()
        try:
            settings = tomllib.loads(Path(file).read_text(encoding="utf-8"))
            sources = [SqlSource.model_validate(one) for one in settings.get("source", [])]
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise Refusal(f"GEMBA_SQL_SOURCES: {file} cannot be read ({error})") from None
        except ValidationError as error:
            said = (
                (".".join(map(str, one["loc"])), one["msg"].removeprefix("Value error, ")) for one in error.errors()
            )
            where = ", ".join(f"{field}: {what}" for field, what in said)
            raise Refusal(f"GEMBA_SQL_SOURCES: {file}: {where}") from None
        twice = {one.name for one in sources if [other.name for other in sources].count(one.name) > 1}
        if twice:
            raise Refusal(f"GEMBA_SQL_SOURCES: {file} has two sources named {', '.join(sorted(twice))}")
        return cls(sources)

    def rules(self) -> dict[str, str]:
        """When each is asked, by the subject of its schedule."""
        return {subject: source.schedule for subject, source in self.all.items()}

    def fetch(self, subject: str) -> Fetched:
        """Ask the source that a schedule is for. Raises Stopped when the program ends meanwhile."""
        source = self.all.get(subject)
        if source is None:
            return not_configured(subject)
        try:
            rows = self._ask(source)
        except TooLong:
            slow = words("The query takes longer than {seconds} s.", seconds=f"{self._seconds:g}")
            return Fetched(source.name, source.kpi, fault=slow)
        except (SQLAlchemyError, ArgumentError, sqlite3.Error, OSError, ValueError) as error:
            return Fetched(source.name, source.kpi, fault=fault_of(error))
        if len(rows) > MOST_ROWS:
            many = words("The query answers more than {limit} rows.", limit=MOST_ROWS)
            return Fetched(source.name, source.kpi, fault=many)
        return Fetched(source.name, source.kpi, rows, current=source.period == "current")

    def stop(self) -> None:
        """Wait for no answer any more."""
        self._connections.stop()

    def _ask(self, source: SqlSource) -> tuple[tuple[object, ...], ...]:
        with self._connections.to(address(source.url)) as connection:
            answer = connection.execution_options(no_parameters=True).exec_driver_sql(source.query)
            names, rows = list(answer.keys()), answer.fetchmany(MOST_ROWS + 1)
        order = _order(names, source.segment_column)
        return tuple(tuple(row[at] for at in order) for row in rows)


def _order(names: Sequence[str], segment_column: str) -> list[int]:
    """Which columns are period, segment and value: by these names, else as they stand."""
    folded = [name.casefold() for name in names]
    wanted = ["period", segment_column.casefold() or "segment", "value"]
    columns = [folded.index(name) for name in wanted if name in folded]
    if segment_column and segment_column.casefold() not in folded:
        raise ValueError(f"the query has no column {segment_column!r}")
    return columns if "period" in folded and "value" in folded else list(range(len(names)))
