"""KPIs: judging in memory, importing a long file, and pushing one value over HTTP.

A push (token, checks, value, revision, judgement of its 53 values, one durable commit) is compared with a bare
Starlette endpoint on the same server, which commits two rows over the same engine and does nothing else. The import's
goal is 20,000 rows a second, from the bytes of the file to the end of its one transaction, every series judged. Judging
and importing are timed by the processor's clock: they wait for nobody.
"""

import http.client
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from time import process_time
from urllib.parse import urlsplit

from anyio import to_thread
from sqlalchemy import Engine, insert
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from benchmarks.databases import Databases
from benchmarks.figures import Figure, in_turn, middle
from bot.database import SCHEMA
from bot.http.push import Push
from bot.http.server import HttpServer
from bot.http.tokens import PushLimit
from bot.scheduling.clock import FixedClock
from domain.kpis.alerts.machine import Judged, judge, rules_of
from domain.kpis.charts.xmr import Point, chart
from domain.kpis.imports.actions import carry_out, plan_import
from domain.kpis.imports.rows import raw_values
from domain.kpis.record import Frequency, Kpi, KpiReading, KpiRevision
from domain.kpis.sources.programs import add_source
from domain.kpis.values.actions import Value, upsert_values
from storage.unit_of_work import Database

TEAM, NOW = "T1", datetime(2026, 11, 23, 9, tzinfo=UTC)
KPIS, VALUES = 1_000, 52
SERIES, LONG = 100, 1_000
ROUNDS, WARM_UP = 300, 50


def figures(databases: Databases) -> Iterator[Figure]:
    yield Figure(f"kpis.{KPIS:,} x {VALUES} values judged", _judged(), "s", goal=1.0)
    rows = SERIES * LONG
    imported, planned = _imported(databases.sqlite(), databases)
    yield Figure("kpis.import, checking alone", rows / planned, "rows/s")
    yield Figure(f"kpis.import of {rows:,} rows", rows / imported, "rows/s")
    yield Figure("kpis.import, 20,000 rows/s over ours", 20_000 * imported / rows, "ratio", goal=1.0)
    yield from _pushed(databases)


def _judged() -> float:
    chance = random.Random(1)
    kpi = Kpi(name="x", target="≤3 days", warning="≤2.8 days", periods=2, good_periods=2, band=Decimal(5))
    rules = rules_of(kpi)
    days = [date(2026, 11, 22) - timedelta(weeks=ago) for ago in reversed(range(VALUES))]
    series = [[Decimal(round(chance.gauss(2.7, 0.3), 2)).quantize(Decimal("0.01")) for _ in days] for _ in range(KPIS)]
    began = process_time()
    for values in series:
        judge([Judged(day, value, rules) for day, value in zip(days, values, strict=True)])
        chart([Point(day, value) for day, value in zip(days, values, strict=True)])
    return process_time() - began


def _imported(url: str, databases: Databases) -> tuple[float, float]:
    """Seconds for the whole, and for the look at the file alone."""
    database = Database(databases.engine(url), FixedClock(NOW), SCHEMA)
    _furnish(database, SERIES)
    chance = random.Random(2)
    days = [date(2026, 11, 20) - timedelta(days=ago) for ago in range(LONG)]
    lines = [f"Figure {number},{day},{chance.gauss(2.7, 0.3):.2f}" for number in range(SERIES) for day in days]
    content = "\n".join(["KPI,Period,Value", *lines]).encode()
    began = process_time()
    with database.writing(TEAM) as work:
        plan = plan_import(work, raw_values(content), member=None, day=None, today=NOW.date())
        planned = process_time() - began
        brought = carry_out(work, plan, by="", via="file:bench.csv", now=NOW)
    assert brought.new == SERIES * LONG
    return process_time() - began, planned


def _pushed(databases: Databases) -> Iterator[Figure]:
    engine = databases.engine(databases.sqlite())
    database = Database(engine, FixedClock(NOW), SCHEMA)
    token = _furnish(database, ROUNDS + WARM_UP)
    _with_past(database)
    push = Push(database, PushLimit(1e9, 1e9))
    bare = Route("/bare", _bare(engine), methods=["POST"])
    server = HttpServer(Starlette(routes=[*push.routes(), bare]), "127.0.0.1", 0, drain=1)
    server.start()
    with _client(server.url, token) as post:

        def ours(number: int) -> None:
            key = f"figure-{number % (ROUNDS + WARM_UP)}"
            post(f"/api/kpis/{key}/readings", f'{{"period": "2026-11-20", "value": "2.{number % 7}"}}')

        def floor(number: int) -> None:
            post("/bare", f'{{"number": {number}}}')

        times, floors = in_turn(ours, floor, rounds=ROUNDS, warm_up=WARM_UP)
    server.stop()
    yield Figure("kpis.push.median", middle(times) * 1e6, "µs")
    yield Figure("kpis.push.floor", middle(floors) * 1e6, "µs")
    yield Figure("kpis.push.median over floor", middle(times) / middle(floors), "ratio", goal=3.0)


def _with_past(database: Database) -> None:
    """Each KPI has 52 values, the last of them two days before the one that is pushed."""
    chance = random.Random(3)
    days = [date(2026, 11, 18) - timedelta(days=ago) for ago in range(VALUES)]
    with database.writing(TEAM) as work:
        for kpi in work.of(Kpi).find():
            values = [Value("", day, Decimal(f"{chance.gauss(2.5, 0.2):.2f}")) for day in days]
            upsert_values(work, kpi, values, by="", via="push:bench", now=NOW)


def _bare(engine: Engine) -> Callable[[Request], object]:
    """Reads JSON, commits two rows, answers JSON."""

    def commit(number: int) -> None:
        facts = {"team_id": TEAM, "kpi_id": -1, "period": date(2026, 1, 1), "value": Decimal(1)}
        with engine.begin() as connection:
            connection.execute(insert(SCHEMA.of(KpiReading)), {**facts, "segment": str(number), "judged_at": NOW})
            connection.execute(insert(SCHEMA.of(KpiRevision)), {**facts, "segment": str(number), "at": NOW})

    async def answer(request: Request) -> Response:
        sent = await request.json()
        await to_thread.run_sync(commit, int(sent["number"]))
        return JSONResponse({"new": 1})

    return answer


@contextmanager
def _client(url: str, token: str) -> Iterator[Callable[[str, str], None]]:
    connection = http.client.HTTPConnection(urlsplit(url).netloc)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def post(path: str, body: str) -> None:
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        said = answer.read()
        assert answer.status == 200, said

    yield post
    connection.close()


def _furnish(database: Database, kpis: int) -> str:
    """KPIs as they come from the form; returns a token."""
    with database.writing(TEAM) as work:
        work.set_workspace(by="", at=NOW)
        for number in range(kpis):
            kpi = Kpi(
                key=f"figure-{number}",
                name=f"Figure {number}",
                target="≤3 days",
                frequency=Frequency.DAILY,
                periods=2,
                good_periods=2,
                band=Decimal(5),
                channel="C1",
            )
            work.of(Kpi).add(kpi, by="", at=NOW)
        return add_source(work, "bench", by="", now=NOW)[1]
