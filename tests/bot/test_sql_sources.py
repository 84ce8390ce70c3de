"""KPI values from other databases: read-only, within limits, and told when they do not come."""

import sqlite3
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import psycopg
import pytest

from bot.commands.refusal import Refusal
from bot.program import build
from bot.settings import Settings
from bot.ticking.clock import FixedClock
from bot.ticking.sql_sources import MOST_ROWS, SqlSource, SqlSources
from bot.watching.doctor import examine
from domain.enumerations import Frequency
from domain.records.kpis import Kpi
from domain.use_cases.schedules import schedule_sources
from sandbox.server import Sandbox
from storage.rates import NONE
from tests.conftest import MONDAY
from tests.office import Office

Ask = Callable[..., tuple[tuple[object, ...], ...]]


@pytest.fixture
def orders(tmp_path: Path) -> str:
    """Another program's database."""
    file = tmp_path / "orders.db"
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE cycle (day TEXT, region TEXT, days REAL)")
        rows = [("2026-11-19", "East", 2.8), ("2026-11-19", "West", 3.4), ("2026-11-20", "East", None)]
        connection.executemany("INSERT INTO cycle VALUES (?, ?, ?)", rows)
    connection.close()
    return f"sqlite:///{file}"


def source(url: str, query: str, **more: str) -> SqlSource:
    return SqlSource.model_validate({"name": "erp", "kpi": "order-cycle", "url": url, "query": query, **more})


def fetch(one: SqlSource, seconds: float = 10):  # type: ignore[no-untyped-def]
    return SqlSources([one], seconds=seconds).fetch(one.subject)


@pytest.mark.parametrize(
    "query, rows",
    [
        pytest.param("SELECT avg(days) FROM cycle WHERE days < 3", ((2.8,),), id="one number"),
        pytest.param("SELECT day, days FROM cycle WHERE region = 'West'", (("2026-11-19", 3.4),), id="period, value"),
        pytest.param("SELECT days AS value, region AS segment, day AS Period FROM cycle WHERE days > 3",
                     (("2026-11-19", "West", 3.4),), id="named, in any order"),
        pytest.param("SELECT count(*) FROM cycle WHERE region LIKE '%st' AND day <> ':x'", ((3,),), id="signs stay"),
    ],
)  # fmt: skip
def test_a_query_answers_a_number_or_rows(orders: str, query: str, rows: object) -> None:
    fetched = fetch(source(orders, query))
    assert (fetched.fault, fetched.rows) == ("", rows)


@pytest.mark.parametrize(
    "query, fault",
    [
        pytest.param("DELETE FROM cycle", "readonly", id="it cannot write"),
        pytest.param("SELEKT 1", "syntax error", id="no SQL"),
        pytest.param("WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM n) SELECT max(x) FROM n",
                     "longer than 0.2 s", id="it never ends"),
        pytest.param("WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM n) SELECT x, x FROM n LIMIT 20000",
                     f"more than {MOST_ROWS:,} rows", id="too many rows"),
    ],
)  # fmt: skip
def test_what_a_query_must_not_do_is_a_fault(orders: str, query: str, fault: str) -> None:
    fetched = fetch(source(orders, query), seconds=0.2 if "max(x)" in query else 10)
    assert fault in fetched.fault.replace("read-only", "readonly") and fetched.rows == ()


@pytest.mark.postgres
def test_postgres_is_read_only_and_has_a_time_limit(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with psycopg.connect(postgres_url.replace("+psycopg", "")) as connection:
        connection.execute("CREATE TABLE cycle (day date, days numeric)")
        connection.execute("INSERT INTO cycle VALUES ('2026-11-19', 2.80)")
    monkeypatch.setenv("ORDERS", postgres_url)
    assert fetch(source("$ORDERS", "SELECT day, days FROM cycle WHERE days::text LIKE '2%'")).rows[0][1] == Decimal(
        "2.80"
    )
    assert "read-only" in fetch(source("$ORDERS", "DELETE FROM cycle")).fault
    assert "longer than 0.2 s" in fetch(source("$ORDERS", "SELECT pg_sleep(5)"), seconds=0.2).fault


def test_a_database_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    assert "unable to open" in fetch(source(f"sqlite:///{tmp_path}/none.db", "SELECT 1")).fault
    assert "refused" in fetch(source("postgresql://nobody@127.0.0.1:1/none", "SELECT 1")).fault
    assert "oracle is not known" in fetch(source("oracle://x/y", "SELECT 1")).fault


@pytest.mark.parametrize(
    "text, said",
    [
        ("[[source]", "cannot be read"),
        ("[[source]]\nname = 'erp'\n", "Field required"),
        ("[[source]]\nname='e'\nkpi='k'\nurl='u'\nquery='q'\nschedule='at dawn'\n", "not a schedule rule"),
        ("[[source]]\nname='e'\nkpi='k'\nurl='u'\nquery='q'\n" * 2, "two sources named e"),
    ],
)
def test_a_file_that_cannot_be_used_says_where(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "sources.toml").write_text(text)
    with pytest.raises(Refusal, match=said):
        SqlSources.read(str(tmp_path / "sources.toml"))


class Shop:
    """An office whose KPI gets its values from a query that the test can change."""

    def __init__(self, office: Office) -> None:
        self.office = office

    def ask(self, one: SqlSource, hours: float = 1) -> None:
        """Set the source, and go on to when it is asked."""
        sources = SqlSources([one])
        self.office.program.sweep._sources = sources
        with self.office.store() as work:
            schedule_sources(work, sources.rules(), work.workspace, now=self.office.clock.now())
        self.office.travel(hours=hours)

    def told(self) -> list[str]:
        texts = [str(message["text"]) for message in self.office.clerk.messages()]
        return [text for text in texts if "could not be fetched" in text]


@pytest.fixture
def shop(office: Office) -> Shop:
    with office.store() as work:
        work.kpis.add(Kpi(key="order-cycle", name="Order cycle", target="≤3 days", frequency=Frequency.DAILY,
                          segments=("East", "West"), data_owner="U0CLERK"), by="", at=MONDAY)  # fmt: skip
    return Shop(office)


def test_the_values_come_by_a_schedule_and_the_owner_is_told_once_a_cause(shop: Shop, orders: str) -> None:
    every = {"schedule": "every 60"}
    shop.ask(source(orders, "SELECT day, region, days FROM cycle", **every))
    with shop.office.records() as work:
        values = {(one.segment, str(one.period), str(one.value), one.via) for one in work.kpi_readings.find()}
    assert values == {("East", "2026-11-19", "2.8", "sql:erp"), ("West", "2026-11-19", "3.4", "sql:erp")}
    for _ in range(2):
        shop.ask(source(orders, "SELECT day, region, days FROM cycles", **every))
    assert len(shop.told()) == 1
    shop.ask(source(orders, "SELECT day, 'North', days FROM cycle", **every))
    assert len(shop.told()) == 2
    shop.ask(source(orders, "SELECT day, region, days FROM cycle", **every))
    shop.ask(source(orders, "SELECT day, 'North', days FROM cycle", **every))
    assert len(shop.told()) == 3, "it was well in between"


def test_one_number_is_for_the_last_period_that_has_ended(office: Office, orders: str) -> None:
    with office.store() as work:
        work.kpis.add(Kpi(key="order-cycle", name="Order cycle", target="≤3 days", frequency=Frequency.MONTHLY),
                      by="", at=MONDAY)  # fmt: skip
    Shop(office).ask(source(orders, "SELECT 2.5"), hours=24)
    with office.records() as work:
        assert [str(one.period) for one in work.kpi_readings.find()] == ["2026-10-31"]


def test_doctor_names_what_does_not_come(
    workspace_server: Sandbox, orders: str, upgraded_file: Path, tmp_path: Path
) -> None:
    (file := tmp_path / "gemba.db").write_bytes(upgraded_file.read_bytes())
    config = tmp_path / "sources.toml"
    config.write_text(f'[[source]]\nname="erp"\nkpi="nothing"\nurl="{orders}"\nquery="SELECT 1"\nschedule="every 5"\n')
    settings = Settings(_env_file=None, database_url=f"sqlite:///{file}", gemba_sql_sources=str(config))
    program = build(settings, clock := FixedClock(MONDAY), paces=NONE)
    with program.database.writing("T1") as work:
        schedule_sources(work, program.sources.rules(), work.set_workspace(by="", at=MONDAY), now=MONDAY)
    clock.travel_to(MONDAY.replace(hour=9))
    program.sweep.run_due()
    found = {finding.what: finding for finding in examine(settings, clock.now)}
    assert "no KPI with the key 'nothing'" in found["KPI source erp"].found and found["KPI source erp"].remedy
    program.database.engine.dispose()
