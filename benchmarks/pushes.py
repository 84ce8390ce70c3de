"""Pushing one KPI value over HTTP: token, checks, value, revision, judgement of its 53 values, one durable commit.

The floor is a bare Starlette endpoint on the same server, which commits two rows over the same engine and does nothing
else.
"""

import http.client
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from urllib.parse import urlsplit

from anyio import to_thread
from sqlalchemy import Engine, insert
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from benchmarks.databases import Databases
from benchmarks.figures import Figure, in_turn, middle
from benchmarks.kpis import NOW, TEAM, VALUES, furnish
from bot.database import SCHEMA
from bot.http.push import Push
from bot.http.server import HttpServer
from bot.http.tokens import PushLimit
from bot.scheduling.clock import FixedClock
from domain.kpis.record import Kpi, KpiReading, KpiRevision
from domain.kpis.values.actions import Value, upsert_values
from storage.unit_of_work import Database

ROUNDS, WARM_UP = 300, 50


def figures(databases: Databases) -> Iterator[Figure]:
    engine = databases.engine(databases.sqlite())
    database = Database(engine, FixedClock(NOW), SCHEMA)
    token = furnish(database, ROUNDS + WARM_UP)
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
