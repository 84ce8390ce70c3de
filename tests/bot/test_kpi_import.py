"""KPI values from files, on the command line."""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from bot.database import SCHEMA
from bot.scheduling.clock import FixedClock
from domain.core import Activity, Bilingual
from domain.kpis.record import Frequency, Kpi, KpiReading, KpiRevision
from storage.engine import open_engine
from storage.unit_of_work import Database
from tests.bot.test_cli import Shell
from tests.conftest import MONDAY

HEAD = "指标名称,区域,期间,实际值\n"


@pytest.fixture
def shop(tmp_path: Path, upgraded_file: Path) -> Iterator[tuple[Shell, Database]]:
    """A folder with a database in it that knows two KPIs."""
    (file := tmp_path / "gemba.db").write_bytes(upgraded_file.read_bytes())
    shell = Shell(tmp_path)
    shell.environment["DATABASE_URL"] = f"sqlite:///{file}"
    database = Database(open_engine(shell.environment["DATABASE_URL"]), FixedClock(MONDAY), SCHEMA)
    with database.writing("T1") as work:
        work.set_workspace(by="", at=MONDAY)
        for kpi in (
            Kpi(
                key="order-cycle",
                name=Bilingual("Order cycle", "订单周期"),
                target="≤3 days",
                frequency=Frequency.DAILY,
            ),
            Kpi(
                key="returns",
                name=Bilingual("Returns"),
                target="≤2 %",
                frequency=Frequency.MONTHLY,
                segments=("East", "West"),
            ),
        ):
            work.of(Kpi).add(kpi, by="", at=MONDAY)
    yield shell, database
    database.engine.dispose()


def kept(database: Database) -> list[tuple[str, str, Decimal, str]]:
    with database.reading("T1") as work:
        return [(one.segment, str(one.period), one.value, one.via) for one in work.of(KpiReading).find(order="period")]


def test_a_file_is_looked_at_first_and_then_imported_as_a_whole(shop: tuple[Shell, Database]) -> None:
    shell, database = shop
    (shell.folder / "十月.csv").write_text(
        HEAD + "订单周期,,2026-10-20,2.8天\nORDER CYCLE,,2026年10月21日,3\nreturns,east,2026-10,1.5%\n", "gb18030"
    )
    looked = shell.does("kpi import 十月.csv --dry-run").splitlines()
    assert looked[0] == "  Order cycle, 2026-10-20: 2.8 (new)" and looked[2] == "  Returns/East, 2026-10-31: 1.5 (new)"
    assert looked[-1] == "3 new, 0 corrected, 0 the same; nothing was changed."
    assert kept(database) == []
    assert shell.does("kpi import 十月.csv") == "3 new, 0 corrected, 0 the same.\n"
    assert kept(database) == [
        ("", "2026-10-20", Decimal("2.8"), "file:十月.csv"),
        ("", "2026-10-21", Decimal(3), "file:十月.csv"),
        ("East", "2026-10-31", Decimal("1.5"), "file:十月.csv"),
    ]
    (shell.folder / "again.csv").write_text("KPI;Date;Value\nOrder cycle;20.10.2026;2,9\nOrder cycle;21.10.2026;3\n")
    assert "Order cycle, 2026-10-20: 2.8 → 2.9" in shell.does("kpi import again.csv --dry-run")
    assert shell.does("kpi import again.csv") == "0 new, 1 corrected, 1 the same.\n"
    with database.reading("T1") as work:
        assert [str(one.value) for one in work.of(KpiRevision).find(period=date(2026, 10, 20))] == ["2.8", "2.9"]


def test_each_bad_row_is_told_with_its_number_and_nothing_is_imported(shop: tuple[Shell, Database]) -> None:
    shell, database = shop
    rows = [
        "Order cycle,,2026-10-20,2.8",
        "Nobody,,2026-10-20,1",
        "Order cycle,,2026-10-20,2.9",
        "Returns,,2026-10,1",
        "Order cycle,,2026-10-21,2 hours",
        "Order cycle,,3/4/2026,2",
        "Order cycle,,,2",
        "Order cycle,,2026-10-22,",
        "Order cycle,,2127-01-01,2",
        "Order cycle,East,2026-10-23,2",
        "Order cycle,,2026-10-24,abc",
    ]
    (shell.folder / "bad.csv").write_text(HEAD + "\n".join(rows))
    done = shell.run("kpi import bad.csv")
    assert done.returncode == 1
    told = done.stdout.splitlines()
    assert [line.split(":")[0].strip() for line in told] == [f"row {row}" for row in range(3, 13)]
    assert done.stderr == "gemba: nothing was imported: mend the 10 rows above and try again\n"
    assert kept(database) == []


def test_a_spreadsheet_for_one_period(shop: tuple[Shell, Database]) -> None:
    shell, database = shop
    book = Workbook()
    book.active.append(["KPI", "Segment", "Actual"])
    book.active.append(["Returns", "West", 0.015])
    book.active["C2"].number_format = "0.00%"
    book.save(shell.folder / "october.xlsx")
    assert "no column “Period”" in shell.refuses("kpi import october.xlsx")
    assert shell.does("kpi import october.xlsx --period 2026-10") == "1 new, 0 corrected, 0 the same.\n"
    assert kept(database) == [("West", "2026-10-31", Decimal("1.5"), "file:october.xlsx")]


def test_a_value_is_pushed_into_the_database_where_no_address_is_given(shop: tuple[Shell, Database]) -> None:
    shell, database = shop
    assert (
        shell.does("kpi push order-cycle 2.8 --period 2026-10-20") == "order-cycle: 1 new, 0 corrected, 0 the same.\n"
    )
    assert shell.does("kpi push order-cycle -2.5 --period 2026-10-20").startswith("order-cycle: 0 new, 1 corrected")
    assert kept(database) == [("", "2026-10-20", Decimal("-2.5"), "push:command line")]
    assert "“2,8” is not a plain decimal number" in shell.refuses("kpi push order-cycle 2,8 --period 2026-10-20")
    assert "no KPI with the key 'nothing'" in shell.refuses("kpi push nothing 2.8")
    assert "GEMBA_PUSH_TOKEN" in shell.refuses("kpi push order-cycle 2.8 --url http://127.0.0.1:1")


def test_a_source_is_added_listed_and_revoked(shop: tuple[Shell, Database]) -> None:
    shell, database = shop
    token = shell.does("kpi source add erp --kpi order-cycle").strip()
    assert token.startswith("gemba_")
    assert "a source “erp” already" in shell.refuses("kpi source add erp")
    assert shell.does("kpi source list").split() == ["erp", "order-cycle", "never", "used"]
    shell.does("kpi source revoke erp")
    assert "revoked" in shell.does("kpi source list")
    with database.reading("T1") as work:
        assert token not in json.dumps([activity.after for activity in work.of(Activity).find(subject="kpi_sources")])


def test_without_a_workspace_it_says_what_to_do(tmp_path: Path) -> None:
    shell = Shell(tmp_path)
    assert "start the bot once" in shell.refuses("kpi source add erp")
