"""KPI values from other databases: read-only, within limits, and told when they do not come."""

import socket
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from decimal import Decimal
from pathlib import Path
from threading import Thread
from time import sleep

import psycopg
import pytest
from sqlalchemy import make_url
from structlog.testing import capture_logs

from bot.kpi_sources.address import address
from bot.kpi_sources.sources import MOST_ROWS, SqlSource, SqlSources
from bot.observability.doctor import examine
from bot.program import build
from bot.refusal import Refusal
from bot.scheduling.clock import FixedClock
from bot.settings import Settings
from domain.core import Bilingual
from domain.kpis.record import Frequency, Kpi, KpiReading
from domain.kpis.sources.databases import KPI_SOURCES, Fetched, schedule_sources
from jobs.base import Stopped
from jobs.registry import all_jobs
from sandbox.person import Person
from sandbox.server import Sandbox
from storage.outbox.rates import NONE
from tests.conftest import MONDAY
from tests.office import Office
from views.core import language

pytestmark = pytest.mark.opens_at(MONDAY)
Ask = Callable[..., tuple[tuple[object, ...], ...]]


@contextmanager
def silent_after(sign: bytes, url: str) -> Iterator[str]:
    """A way to the PostgreSQL of `url` on which nothing goes through from a certain query on."""
    place = make_url(url)
    folder, database = place.query["host"], place.database

    def pass_on(came: socket.socket, goes: socket.socket) -> None:
        with suppress(OSError):
            while (told := came.recv(65_536)) and sign not in told:
                goes.sendall(told)
            if not told:
                goes.shutdown(socket.SHUT_RDWR)

    def take() -> None:
        with suppress(OSError):
            while True:
                one, _ = door.accept()
                other = socket.socket(socket.AF_UNIX)
                other.connect(f"{folder}/.s.PGSQL.5432")
                for way in ((one, other), (other, one)):
                    Thread(target=pass_on, args=way, daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as door:
        Thread(target=take, daemon=True).start()
        yield f"postgresql://postgres@127.0.0.1:{door.getsockname()[1]}/{database}?sslmode=disable"


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


def fetch(one: SqlSource, seconds: float = 10, grace: float = 5) -> Fetched:
    return SqlSources([one], seconds=seconds, grace=grace).fetch(one.subject)


def said(fetched: Fetched, tag: str = "en") -> str:
    """Why it brought nothing, to a reader of a language."""
    assert fetched.fault is not None
    return language(tag).words(fetched.fault)


@pytest.mark.parametrize(
    "query, rows",
    [
        pytest.param("SELECT avg(days) FROM cycle WHERE days < 3", ((2.8,),), id="one number"),
        pytest.param("SELECT day, days FROM cycle WHERE region = 'West'", (("2026-11-19", 3.4),), id="period, value"),
        pytest.param(
            "SELECT days AS value, region AS segment, day AS Period FROM cycle WHERE days > 3",
            (("2026-11-19", "West", 3.4),),
            id="named, in any order",
        ),
        pytest.param("SELECT count(*) FROM cycle WHERE region LIKE '%st' AND day <> ':x'", ((3,),), id="signs stay"),
    ],
)
def test_a_query_answers_a_number_or_rows(orders: str, query: str, rows: object) -> None:
    fetched = fetch(source(orders, query))
    assert (fetched.fault, fetched.rows) == (None, rows)


@pytest.mark.parametrize(
    "query, fault",
    [
        pytest.param("DELETE FROM cycle", "may only read", id="it cannot write"),
        pytest.param("ATTACH DATABASE 'other.db' AS other", "may only read", id="it reaches no other file"),
        pytest.param("VACUUM INTO 'copy.db'", "may only read", id="it writes no copy"),
        pytest.param("PRAGMA query_only=OFF", "may only read", id="it changes no setting"),
        pytest.param("SELECT load_extension('x')", "not authorized", id="it loads no code"),
        pytest.param("SELECT hex(zeroblob(900000000))", "too big", id="it takes no memory"),
        pytest.param("SELEKT 1", "syntax error", id="no SQL"),
        pytest.param(
            "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM n) SELECT max(x) FROM n",
            "longer than 0.2 s",
            id="it never ends",
        ),
        pytest.param(
            "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM n) SELECT x, x FROM n LIMIT 20000",
            f"more than {MOST_ROWS:,} rows",
            id="too many rows",
        ),
    ],
)
def test_what_a_query_must_not_do_is_a_fault(orders: str, query: str, fault: str) -> None:
    fetched = fetch(source(orders, query), seconds=0.2 if "max(x)" in query else 10)
    assert fault in said(fetched).replace("read-only", "readonly") and fetched.rows == ()


def test_postgres_is_read_only_and_has_a_time_limit(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with psycopg.connect(postgres_url.replace("+psycopg", "")) as connection:
        connection.execute("CREATE TABLE cycle (day date, days numeric)")
        connection.execute("INSERT INTO cycle VALUES ('2026-11-19', 2.80)")
    monkeypatch.setenv("ORDERS", postgres_url)
    assert fetch(source("$ORDERS", "SELECT day, days FROM cycle WHERE days::text LIKE '2%'")).rows[0][1] == Decimal(
        "2.80"
    )
    refused = 'The database refuses the query: “syntax error at or near "DELETE"”'
    assert said(fetch(source("$ORDERS", "DELETE FROM cycle"))) == refused
    assert "may only read: “cannot execute lo_create() in a read-only transaction”" in said(
        fetch(source("$ORDERS", "SELECT lo_create(0)"))
    )
    assert "longer than 0.2 s" in said(fetch(source("$ORDERS", "SELECT pg_sleep(5)"), seconds=0.2))
    many = source("$ORDERS", "SELECT n, n FROM (SELECT generate_series(1, 100000000) AS n) AS numbers")
    assert "more than 10,000 rows" in said(fetch(many)), "no more of them are asked for"


def test_a_server_that_falls_silent_is_cut_off(postgres_url: str) -> None:
    """Nobody is there any more to heed the limit that it was given."""
    with silent_after(b"fall silent", postgres_url) as url:
        assert fetch(source(url, "SELECT 1")).rows == ((1,),)
        assert "longer than 0.1 s" in said(fetch(source(url, "SELECT 'fall silent'"), seconds=0.1, grace=0.1))


def test_a_query_ends_when_the_program_does(orders: str) -> None:
    hanging = source(orders, "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM n) SELECT max(x) FROM n")
    sources = SqlSources([hanging], seconds=60)
    with ThreadPoolExecutor() as pool:
        asked = pool.submit(sources.fetch, hanging.subject)
        while not sources._connections._open:
            sleep(0.01)
        sources.stop()
        with pytest.raises(Stopped):
            asked.result()
        with pytest.raises(Stopped):
            sources.fetch(hanging.subject)


def test_a_database_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    lost = fetch(source(f"sqlite:///{tmp_path}/none.db", "SELECT 1"))
    assert said(lost) == "There is no connection to the database: “unable to open database file”"
    assert said(lost, "zh_CN") == "无法连接数据库：“unable to open database file”"
    refused = said(fetch(source("postgresql://nobody@127.0.0.1:1/none", "SELECT 1")))
    assert refused.startswith("There is no connection to the database: “") and "refused" in refused
    unknown = said(fetch(source("oracle://x/y", "SELECT 1")))
    assert unknown.startswith("This source is not set up as it must be: “oracle is not known")


@pytest.mark.parametrize(
    "text, said",
    [
        ("[[source]", "cannot be read"),
        ("[[source]]\nname = 'erp'\n", "Field required"),
        (
            "[[source]]\nname='e'\nkpi='k'\nurl='sqlite:///u'\nquery='q'\nschedule='at dawn'\n",
            "not a schedule rule: write",
        ),
        (
            "[[source]]\nname='e'\nkpi='k'\nurl='sqlite:///u'\nquery='q'\nschedule='every 0'\n",
            "'every 0' is not a schedule rule",
        ),
        ("[[source]]\nname='e'\nkpi='k'\nurl='sqlite:///u'\nquery='q'\n" * 2, "two sources named e"),
        ("[[source]]\nname='e'\nkpi='k'\nurl='u'\nquery='q'\n", "url: this is no URL; write sqlite:///"),
        (
            "[[source]]\nname='e'\nkpi='k'\nurl='postgresql://r:$NO_SUCH@h/d'\nquery='q'\n",
            "url: the environment has no NO_SUCH; set it, or write",
        ),
    ],
)
def test_a_file_that_cannot_be_used_says_where(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "sources.toml").write_text(text)
    with pytest.raises(Refusal, match=said):
        SqlSources.read(str(tmp_path / "sources.toml"))


@pytest.mark.parametrize("password", ["Sec@ret9", "a:b/c#d?e%20", "p$ss{word}"])
def test_a_password_may_hold_any_sign(password: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ERP_PASSWORD", password)
    monkeypatch.setenv("ERP_HOST", "127.0.0.1")
    url = "postgresql://reader:$ERP_PASSWORD@${ERP_HOST}:1/erp?application_name=a$$b"
    place = address(url)
    assert (place.username, place.password, place.host, place.port) == ("reader", password, "127.0.0.1", 1)
    assert place.query["application_name"] == "a$b"
    fault = said(fetch(source(url, "SELECT 1")))
    assert "refused" in fault and not any(part in fault for part in ("Sec", "ret9", "a:b", "ss{"))


class Shop:
    """An office whose KPI gets its values from a query that the test can change."""

    def __init__(self, office: Office) -> None:
        self.office = office

    def ask(self, one: SqlSource, hours: float = 1) -> None:
        """Set the source, and go on to when it is asked."""
        sources = SqlSources([one])
        self.office.program.runner.jobs = all_jobs(sources.fetch)
        with self.office.store() as work:
            schedule_sources(work, sources.rules(), work.workspace, now=self.office.clock.now())
        self.office.travel(hours=hours)

    def told(self) -> list[str]:
        texts = [str(message["text"]) for message in self.office.clerk.messages()]
        return [text for text in texts if "could not be fetched" in text]

    def causes(self, person: Person) -> list[str]:
        """What stands in quotation of each message about it."""
        found = [message for message in person.messages() if "kpi.enter" in str(message["blocks"])]
        quotes = [block for message in found for block in message["blocks"] if block["type"] == "rich_text"]
        return [block["elements"][0]["elements"][0]["text"] for block in quotes]


@pytest.fixture
def shop(office: Office) -> Shop:
    with office.store() as work:
        work.of(Kpi).add(
            Kpi(
                key="order-cycle",
                name=Bilingual("Order cycle"),
                target="≤3 days",
                frequency=Frequency.DAILY,
                segments=("East", "West"),
                data_owner="U0CLERK",
            ),
            by="",
            at=MONDAY,
        )
    return Shop(office)


def test_the_values_come_by_a_schedule_and_the_owner_is_told_once_a_cause(shop: Shop, orders: str) -> None:
    every = {"schedule": "every 60"}
    shop.ask(source(orders, "SELECT day, region, days FROM cycle", **every))
    with shop.office.records() as work:
        values = {(one.segment, str(one.period), str(one.value), one.via) for one in work.of(KpiReading).find()}
    assert values == {("East", "2026-11-19", "2.8", "sql:erp"), ("West", "2026-11-19", "3.4", "sql:erp")}
    for _ in range(2):
        shop.ask(source(orders, "SELECT day, region, days FROM cycles", **every))
    assert len(shop.told()) == 1
    shop.ask(source(orders, "SELECT day, 'North', days FROM cycle", **every))
    assert len(shop.told()) == 2
    shop.ask(source(orders, "SELECT day, region, days FROM cycle", **every))
    shop.ask(source(orders, "SELECT day, 'North', days FROM cycle", **every))
    assert len(shop.told()) == 3, "it was well in between"


def test_the_owner_reads_the_cause_in_chinese_with_the_databases_own_words_as_they_are(
    office: Office, orders: str
) -> None:
    with office.store() as work:
        work.of(Kpi).add(
            Kpi(
                key="order-cycle",
                name=Bilingual("Order cycle"),
                target="≤3 days",
                frequency=Frequency.DAILY,
                data_owner="U0STOCK",
            ),
            by="",
            at=MONDAY,
        )
    shop, every = Shop(office), {"schedule": "every 60"}
    for query in (
        "SELEKT 1",
        "DELETE FROM cycle",
        "SELECT day, region FROM cycle LIMIT 1",
        "SELECT '2026-12-24', 3",
        "SELECT 1, 2, 3, 4",
    ):
        shop.ask(source(orders, query, **every))
    assert shop.causes(office.stock) == [
        '数据库拒绝了这条查询：“near "SELEKT": syntax error”',
        "这条查询会修改数据库，而它只能读取：“not authorized”",
        "第 1 行：“East”不是普通的小数，例如 2.8。",
        "第 1 行：2026-12-24 还没有到。请填写今天或之前的日期。",
        "查询结果应为一个数字，或多行（周期、数值）或（周期、分段、数值）。",
    ]


def test_one_number_is_for_the_last_period_that_has_ended(office: Office, orders: str) -> None:
    with office.store() as work:
        work.of(Kpi).add(
            Kpi(key="order-cycle", name=Bilingual("Order cycle"), target="≤3 days", frequency=Frequency.MONTHLY),
            by="",
            at=MONDAY,
        )
    Shop(office).ask(source(orders, "SELECT 2.5"), hours=24)
    with office.records() as work:
        assert [str(one.period) for one in work.of(KpiReading).find()] == ["2026-10-31"]


def test_doctor_names_what_does_not_come(
    workspace_server: Sandbox, orders: str, upgraded_file: Path, tmp_path: Path
) -> None:
    (file := tmp_path / "gemba.db").write_bytes(upgraded_file.read_bytes())
    config = tmp_path / "sources.toml"
    config.write_text(f'[[source]]\nname="erp"\nkpi="nothing"\nurl="{orders}"\nquery="SELECT 1"\nschedule="every 5"\n')
    settings = Settings(_env_file=None, database_url=f"sqlite:///{file}", gemba_sql_sources=str(config))
    program = build(settings, clock := FixedClock(MONDAY), limits=NONE)
    with program.database.writing("T1") as work:
        schedule_sources(work, program.sources.rules(), work.set_workspace(by="", at=MONDAY), now=MONDAY)
    clock.travel_to(MONDAY.replace(hour=9))
    program.runner.run_due()
    found = {finding.what: finding for finding in examine(settings, clock.now)}
    assert "no KPI with the key “nothing”" in found["KPI source erp"].found and found["KPI source erp"].remedy
    program.database.engine.dispose()


def test_what_a_database_says_is_not_logged(shop: Shop, orders: str) -> None:
    with capture_logs() as logs:
        shop.ask(source(orders, "SELECT day, region, days FROM cycles", schedule="every 60"))
    notes = [entry["note"] for entry in logs if entry["event"] == "job" and entry["job"] == KPI_SOURCES]
    assert notes and not any(notes)
    assert any("cycles" in cause for cause in shop.causes(shop.office.clerk)), "the data owner is told"
