"""KPIs: judging in memory, and importing a long file. Both are timed by the processor's clock: they wait for nobody.

Judging (the rules of alerts, and the chart's, value by value) is compared with the bare limits of a chart made once
from the same values, and each value held against them and the target. An import (from the bytes of the file to the end
of its one transaction, every series judged) is compared with a bare one: Python's csv reader, dates and decimals, and
the same rows of both tables inserted with SQLAlchemy Core, in one transaction too.
"""

import csv
import io
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from time import process_time

from sqlalchemy import insert

from benchmarks.databases import Databases
from benchmarks.figures import Figure, in_turn, middle
from bot.database import SCHEMA
from bot.scheduling.clock import FixedClock
from domain.core import Bilingual
from domain.kpis.alerts.machine import Judged, judge, rules_of
from domain.kpis.charts.xmr import Point, chart
from domain.kpis.imports.actions import carry_out, plan_import
from domain.kpis.imports.rows import raw_values
from domain.kpis.record import Frequency, Kpi, KpiReading, KpiRevision
from domain.kpis.sources.programs import add_source
from storage.unit_of_work import Database

TEAM, NOW = "T1", datetime(2026, 11, 23, 9, tzinfo=UTC)
KPIS, VALUES, TARGET, REACH = 1_000, 52, Decimal(3), Decimal("2.66")
SERIES, LONG = 100, 1_000
JUDGEMENTS, IMPORTS = 5, 3


def figures(databases: Databases) -> Iterator[Figure]:
    yield from _judged()
    yield from _imported(databases)


def _judged() -> Iterator[Figure]:
    chance = random.Random(1)
    kpi = Kpi(
        name=Bilingual("x"), target=f"≤{TARGET} days", warning="≤2.8 days", periods=2, good_periods=2, band=Decimal(5)
    )
    rules = rules_of(kpi)
    days = [date(2026, 11, 22) - timedelta(weeks=ago) for ago in reversed(range(VALUES))]
    series = [[Decimal(round(chance.gauss(2.7, 0.3), 2)).quantize(Decimal("0.01")) for _ in days] for _ in range(KPIS)]

    def ours(_number: int) -> None:
        for values in series:
            judge([Judged(day, value, rules) for day, value in zip(days, values, strict=True)])
            chart([Point(day, value) for day, value in zip(days, values, strict=True)])

    def bare(_number: int) -> None:
        for values in series:
            _outside(values)

    times, floors = in_turn(ours, bare, rounds=JUDGEMENTS, warm_up=1, clock=process_time)
    title = f"kpis.{KPIS:,} x {VALUES} values judged"
    yield Figure(title, middle(times), "s")
    yield Figure(f"{title} over bare limits", middle(times) / middle(floors), "ratio", goal=20.0)


def _outside(values: list[Decimal]) -> int:
    """How many values are off the target, or beyond the limits that all of them make."""
    centre = sum(values, Decimal()) / len(values)
    reach = REACH * sum(abs(later - earlier) for earlier, later in pairwise(values)) / (len(values) - 1)
    return sum(value > TARGET or not centre - reach <= value <= centre + reach for value in values)


def _imported(databases: Databases) -> Iterator[Figure]:
    content, rows = _file(), SERIES * LONG
    runs = [(*_ours(databases, content), _bare(databases, content)) for _ in range(IMPORTS)]
    planned, imported, bare = (middle(list(seconds)) for seconds in zip(*runs, strict=True))
    yield Figure("kpis.import, checking alone", rows / planned, "rows/s")
    yield Figure(f"kpis.import of {rows:,} rows", rows / imported, "rows/s")
    yield Figure(f"kpis.import of {rows:,} rows over a bare one", imported / bare, "ratio", goal=3.0)


def _file() -> bytes:
    chance = random.Random(2)
    days = [date(2026, 11, 20) - timedelta(days=ago) for ago in range(LONG)]
    lines = [f"Figure {number},{day},{chance.gauss(2.7, 0.3):.2f}" for number in range(SERIES) for day in days]
    return "\n".join(["KPI,Period,Value", *lines]).encode()


def _ours(databases: Databases, content: bytes) -> tuple[float, float]:
    """Seconds for the look at the file alone, and for the whole."""
    database = Database(databases.engine(databases.sqlite()), FixedClock(NOW), SCHEMA)
    furnish(database, SERIES)
    began = process_time()
    with database.writing(TEAM) as work:
        plan = plan_import(work, raw_values(content), member=None, day=None, today=NOW.date())
        planned = process_time() - began
        brought = carry_out(work, plan, by="", via="file:bench.csv", now=NOW)
    imported = process_time() - began
    assert brought.new == SERIES * LONG
    return planned, imported


def _bare(databases: Databases, content: bytes) -> float:
    engine = databases.engine(databases.sqlite())
    kpis = {f"Figure {number}": number for number in range(SERIES)}
    began = process_time()
    lines = csv.reader(io.StringIO(content.decode()))
    next(lines)
    rows = [
        {"team_id": TEAM, "kpi_id": kpis[name], "period": date.fromisoformat(day), "value": Decimal(value)}
        for name, day, value in lines
    ]
    with engine.begin() as connection:
        connection.execute(insert(SCHEMA.of(KpiReading)), [{**row, "judged_at": NOW} for row in rows])
        connection.execute(insert(SCHEMA.of(KpiRevision)), [{**row, "at": NOW} for row in rows])
    return process_time() - began


def furnish(database: Database, kpis: int) -> str:
    """KPIs as they come from the form; returns a token."""
    with database.writing(TEAM) as work:
        work.set_workspace(by="", at=NOW)
        for number in range(kpis):
            kpi = Kpi(
                key=f"figure-{number}",
                name=Bilingual(f"Figure {number}"),
                target="≤3 days",
                frequency=Frequency.DAILY,
                periods=2,
                good_periods=2,
                band=Decimal(5),
                channel="C1",
            )
            work.of(Kpi).add(kpi, by="", at=NOW)
        return add_source(work, "bench", by="", now=NOW)[1]
