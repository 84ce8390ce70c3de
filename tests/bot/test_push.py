"""KPI values over HTTP, as programs push them."""

import json
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from starlette.applications import Starlette

from bot.http.openapi import REFUSALS
from bot.http.push import LARGEST_BODY, Push
from bot.http.server import HttpServer
from bot.http.tokens import PushLimit
from domain.core import Bilingual
from domain.kpis.record import Frequency, Kpi, KpiReading, KpiRevision, KpiSource
from domain.kpis.sources.programs import add_source, revoke_source
from storage.unit_of_work import Database
from tests.conftest import MONDAY
from tests.site import Site

pytestmark = pytest.mark.opens_at(MONDAY)
TEAM, JSON = "T0SANDBOX", "application/json"


@dataclass
class Program:
    """A program that pushes; `token` is empty for one that has none."""

    url: str
    token: str

    def push(self, body: Any, key: str = "order-cycle", kind: str = JSON) -> tuple[int, dict[str, Any]]:
        status, _, answer = self.asked(body, key, kind)
        return status, answer

    def asked(self, body: Any, key: str, kind: str) -> tuple[int, Any, dict[str, Any]]:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {"Content-Type": kind, **({"Authorization": f"Bearer {self.token}"} if self.token else {})}
        request = Request(f"{self.url}/api/kpis/{key}/readings", data, headers)
        try:
            with urlopen(request, timeout=10) as answer:
                return answer.status, answer.headers, json.load(answer)
        except HTTPError as error:
            return error.code, error.headers, json.load(error)


@pytest.fixture
def erp(site: Site) -> Program:
    with site.office.store() as work:
        for kpi in (
            Kpi(
                key="order-cycle",
                name=Bilingual("Order cycle"),
                target="≤3 days",
                frequency=Frequency.DAILY,
                channel="C0SALES",
            ),
            Kpi(
                key="returns",
                name=Bilingual("Returns"),
                target="≤2 %",
                frequency=Frequency.MONTHLY,
                segments=("East", "West"),
            ),
            Kpi(key="old", name=Bilingual("Old"), target="≤2 %", archived_at=MONDAY),
        ):
            work.of(Kpi).add(kpi, by="U0LEAD", at=MONDAY)
        _, token = add_source(work, "erp", by="U0LEAD", now=MONDAY)
    return Program(site.bot.url.removesuffix("/slack/events"), token)


def values(site: Site) -> list[tuple[str, str, Decimal, str]]:
    with site.office.records() as work:
        found: list[KpiReading] = work.of(KpiReading).find(order="period")
    return [(reading.segment, str(reading.period), reading.value, reading.via) for reading in found]


def test_a_value_is_kept_exactly_and_judged_and_told(site: Site, erp: Program) -> None:
    pushed = {"period": "2026-11-20", "value": "3.4000000000000000001", "unit": "天"}
    assert erp.push(pushed) == (200, {"kpi": "order-cycle", "new": 1, "corrected": 0, "same": 0})
    assert values(site) == [("", "2026-11-20", Decimal("3.4000000000000000001"), "push:erp")]
    site.office.settle()
    assert any("Order cycle" in message["text"] for message in site.office.clerk.messages("C0SALES"))


def test_the_same_again_changes_nothing_and_another_value_corrects(site: Site, erp: Program) -> None:
    reading = {"period": "2026-11-20", "value": 2.8}
    counts = [erp.push(body)[1] for body in (reading, reading, {**reading, "value": "2.9"})]
    assert [(told["new"], told["corrected"], told["same"]) for told in counts] == [(1, 0, 0), (0, 0, 1), (0, 1, 0)]
    with site.office.records() as work:
        assert [revision.value for revision in work.of(KpiRevision).find()] == [Decimal("2.8"), Decimal("2.9")]
        assert [reading.value for reading in work.of(KpiReading).find()] == [Decimal("2.9")]


def test_a_batch_names_periods_and_segments_as_programs_do(site: Site, erp: Program) -> None:
    batch = [
        {"period": "2026-10", "value": "1.5", "unit": "%", "segment": "east"},
        {"period": "2026-10-07", "value": "1.75", "segment": "West"},
        {"period": "2026-Q3", "value": "2", "segment": "West"},
    ]
    assert erp.push({"readings": batch}, "returns")[1]["new"] == 3
    assert {row[:3] for row in values(site)} == {
        ("East", "2026-10-31", Decimal("1.5")),
        ("West", "2026-10-31", Decimal("1.75")),
        ("West", "2026-07-31", Decimal(2)),
    }


def test_each_bad_row_is_named_by_its_pointer_and_nothing_is_kept(site: Site, erp: Program) -> None:
    good = {"period": "2026-11-20", "value": "2.8"}
    batch = [
        good,
        {**good, "period": "2026-11-19", "unit": "hours"},
        {**good, "period": "2026-12-24"},
        {**good, "period": "2026-11-18", "segment": "East"},
        {**good, "value": "2.9"},
    ]
    status, answer = erp.push({"readings": batch})
    assert status == answer["status"] == 422
    assert [error["pointer"] for error in answer["errors"]] == [
        "/readings/1/unit",
        "/readings/2/period",
        "/readings/3/segment",
        "/readings/4/period",
    ]
    assert values(site) == []


@pytest.mark.parametrize(
    "reading, pointer",
    [
        pytest.param({"value": "2"}, "/period", id="no period"),
        pytest.param({"period": "20.11.2026", "value": "2"}, "/period", id="a date that programs do not write"),
        pytest.param({"period": "2026-11-31", "value": "2"}, "/period", id="a day that does not exist"),
        pytest.param({"period": "2026-11-20", "value": "2,8"}, "/value", id="a comma"),
        pytest.param({"period": "2026-11-20", "value": True}, "/value", id="no number"),
        pytest.param({"period": "2026-11-20", "value": "1e999999999"}, "/value", id="more digits than memory"),
        pytest.param({"period": "2026-11-20", "value": "9" * 20}, "/value", id="larger than anything"),
        pytest.param({"period": "2026-11-20", "value": "2", "when": "x"}, "/when", id="a field that is not known"),
    ],
)
def test_what_is_wrong_with_one_reading_is_said(erp: Program, reading: dict[str, Any], pointer: str) -> None:
    status, answer = erp.push(reading)
    assert status == 422, answer
    assert [error["pointer"] for error in answer["errors"]] == [pointer]


GOOD = {"period": "2026-11-20", "value": "2.8"}


@pytest.mark.parametrize(
    "status, request_",
    [
        pytest.param(400, {"body": b"{"}, id="no JSON"),
        pytest.param(400, {"body": b'{"period": "2026-11-20", "value": NaN}'}, id="no JSON either: NaN"),
        pytest.param(
            400, {"body": b'{"period": "2026-11-20", "value": 1e' + b"9" * 22 + b"}"}, id="beyond all numbers"
        ),
        pytest.param(
            400, {"body": b'{"period": "2026-11-20", "value": 1, "segment": "\\ud800"}'}, id="half a character"
        ),
        pytest.param(404, {"body": GOOD, "key": "unknown"}, id="no such KPI"),
        pytest.param(404, {"body": GOOD, "key": "a%00b"}, id="a key that PostgreSQL would not even look for"),
        pytest.param(409, {"body": GOOD, "key": "old"}, id="archived"),
        pytest.param(413, {"body": b" " * (LARGEST_BODY + 1)}, id="too large"),
        pytest.param(415, {"body": GOOD, "kind": "text/plain"}, id="not announced as JSON"),
        pytest.param(422, {"body": {"readings": []}}, id="an empty batch"),
        pytest.param(422, {"body": {"readings": [GOOD] * 10_001}}, id="too many"),
        pytest.param(422, {"body": [GOOD]}, id="a list"),
    ],
)
def test_a_refusal_is_a_problem_document(erp: Program, status: int, request_: dict[str, Any]) -> None:
    got, headers, answer = erp.asked(request_["body"], request_.get("key", "order-cycle"), request_.get("kind", JSON))
    assert got == status == answer["status"], answer
    assert headers["Content-Type"] == "application/problem+json" and answer["detail"]


@pytest.mark.parametrize("token", ["", "gemba_wrong", "ü"])
def test_without_a_token_that_holds_nothing_is_taken(erp: Program, token: str) -> None:
    status, headers, answer = Program(erp.url, token).asked(GOOD, "order-cycle", JSON)
    assert (status, headers["WWW-Authenticate"]) == (401, "Bearer"), answer


def test_a_revoked_token_is_refused_at_once(site: Site, erp: Program) -> None:
    assert erp.push(GOOD)[0] == 200
    with site.office.store() as work:
        revoke_source(work, "erp", by="U0LEAD", now=MONDAY)
    assert erp.push(GOOD)[0] == 401


def test_a_source_may_be_for_some_kpis_only(site: Site, erp: Program) -> None:
    with site.office.store() as work:
        returns = work.of(Kpi).one(key="returns")
        assert returns is not None
        _, token = add_source(work, "crm", [returns.id], by="U0LEAD", now=MONDAY)
    assert Program(erp.url, token).push(GOOD)[0] == 403


def test_the_token_stands_nowhere_in_the_database(site: Site, erp: Program, tmp_path: Path) -> None:
    assert erp.push(GOOD)[0] == 200
    kept = b"".join(file.read_bytes() for file in tmp_path.glob("gemba.db*"))
    assert b"push:erp" in kept and erp.token.encode() not in kept


def test_who_comes_too_often_is_told_when_to_come_again() -> None:
    limit = PushLimit(per_second=0.5, at_once=2)
    assert [limit.wait("a"), limit.wait("a"), limit.wait("a"), limit.wait("b")] == [0, 0, 2, 0]


def test_use_is_noted_about_once_an_hour(site: Site, erp: Program) -> None:
    used = []
    for ahead in (0, 30, 45):
        site.office.clock.travel_to(site.office.clock.now() + timedelta(minutes=ahead))
        erp.push(GOOD)
        with site.office.records() as work:
            used.append(work.of(KpiSource).find()[0].last_used_at)
    assert used == [MONDAY, MONDAY, MONDAY + timedelta(minutes=75)]


def test_what_programs_can_call_is_described(erp: Program) -> None:
    with urlopen(f"{erp.url}/api/openapi.json") as answer:
        told = json.load(answer)
    post = told["paths"]["/api/kpis/{key}/readings"]["post"]
    assert set(post["responses"]) == {"200", *(str(status) for status in REFUSALS)}
    assert set(told["components"]["schemas"]) == {
        "ProblemDetails",
        "PushResult",
        "PushedBatch",
        "PushedReading",
        "RowError",
    }


def test_both_databases_keep_a_batch(database: Database) -> None:
    """The page alone, without the bot around it, on SQLite and on PostgreSQL."""
    with database.writing(TEAM) as work:
        work.set_workspace(by="", at=MONDAY)
        work.of(Kpi).add(
            Kpi(key="order-cycle", name=Bilingual("Order cycle"), target="≤3 days", frequency=Frequency.DAILY),
            by="",
            at=MONDAY,
        )
        _, token = add_source(work, "erp", by="", now=MONDAY)
    batch = {
        "readings": [
            {"period": f"2026-{month:02}-{day:02}", "value": f"{day}.5"}
            for month in range(1, 11)
            for day in range(1, 29)
        ]
    }
    server = HttpServer(Starlette(routes=Push(database).routes()), "127.0.0.1", 0, drain=1)
    server.start()
    try:
        for expected in ((280, 0, 0), (0, 0, 280)):
            told = Program(server.url, token).push(batch)[1]
            assert (told["new"], told["corrected"], told["same"]) == expected
    finally:
        server.stop()
