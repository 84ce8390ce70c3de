"""`gemba export kpis`, and the files it writes: nothing in them ever acts."""

import csv
import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.database import SCHEMA
from bot.scheduling.clock import FixedClock
from domain.core import Bilingual
from domain.kpis.record import Frequency, Kpi
from storage.engine import open_engine
from storage.unit_of_work import Database
from storage.upgrade import upgrade
from tests.bot.test_cli import Shell
from tests.conftest import MONDAY
from views.core.spreadsheets import acts, csv_file, xlsx_file


@pytest.mark.parametrize(
    "cell, expected",
    [
        ("=1+1", True),
        ("+49 30 1", True),
        ("-1+1", True),
        ("@SUM(A1)", True),
        ("  =1+1", True),
        ("\t=1", True),
        ("＝1+1", True),
        ("|calc", True),
        ("\u200b=1+1", True),
        ("\ufeff=1+1", True),
        ("-3 days", True),
        ("-3.5", False),
        ("+2", False),
        ("≤3 days", False),
        ("", False),
        ("订单", False),
        ("a=b", False),
    ],
)
def test_what_a_spreadsheet_takes_as_a_formula(cell: str, expected: bool) -> None:
    assert acts(cell) is expected


def test_cells_that_act_are_written_as_text() -> None:
    rows = [["KPI"], ["=HYPERLINK(1)"], ["-3.5"], ["a\x07b"]]
    assert csv_file(rows) == "\ufeffKPI\r\n'=HYPERLINK(1)\r\n-3.5\r\na\x07b\r\n".encode()
    cells = [row[0] for row in load_workbook(io.BytesIO(xlsx_file(rows))).active.rows]
    assert [(cell.value, cell.data_type) for cell in cells] == [
        ("KPI", "s"),
        ("=HYPERLINK(1)", "s"),
        ("-3.5", "s"),
        ("ab", "s"),
    ]
    assert cells[1].quotePrefix and not cells[0].quotePrefix


def test_the_table_is_written_in_the_language_that_is_asked_for(tmp_path: Path) -> None:
    shell, url = Shell(tmp_path), f"sqlite:///{tmp_path / 'gemba.db'}"
    shell.environment["DATABASE_URL"] = url
    engine = open_engine(url)
    upgrade(engine, SCHEMA.metadata)
    with Database(engine, FixedClock(MONDAY), SCHEMA).writing("T1") as work:
        work.set_workspace(by="", at=MONDAY, language="zh_CN")
        kpi = Kpi(name=Bilingual("Order cycle", "订单周期"), key="cycle", target="≤3 days", frequency=Frequency.DAILY)
        work.of(Kpi).add(kpi, by="", at=MONDAY)
    assert shell.does("export kpis") == "kpis.csv: 1 rows.\n"
    first, row = csv.reader(io.StringIO((tmp_path / "kpis.csv").read_text("utf-8-sig")))
    assert (first[0], row[0], row[5]) == ("指标名称", "订单周期", "")
    shell.does("export kpis --out table.XLSX --language en")
    assert load_workbook(tmp_path / "table.XLSX").active["A2"].value == "Order cycle"
    assert ".csv or .xlsx" in shell.refuses("export kpis --out kpis.pdf")
    assert "en or zh" in shell.refuses("export kpis --language fr")
