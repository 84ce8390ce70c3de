"""Files of KPI values as people have them: headings, separators, encodings, spreadsheets, periods."""

import io
from datetime import date, datetime
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from domain.core import UserError
from domain.kpis.imports.rows import RawValue, raw_values
from domain.text import xlsx_rows as xlsx
from domain.text.periods import day_in, iso_day

ENTRY = b"PK\x01\x02\x14\x03\x14\0"  # of the directory; flags and the way of packing follow
SHEET = b"xl/worksheets/sheet1.xml"
ROW = ("Order cycle", "East", "2026-11-20", "2,8", "")
CHINESE = "指标名称{0}区域{0}期间{0}实际值\n订单周期{0}华东{0}2026年11月{0}2.8\n"
TRADITIONAL = "指標名稱{0}區域{0}期間{0}實際值\n訂單週期{0}華東{0}2026年11月{0}2.8\n"


def only(content: bytes) -> tuple[str, ...]:
    (row,) = raw_values(content)
    return tuple(row[1:])


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found_by_the_headings(separator: str) -> None:
    text = f"KPI{separator}Segment{separator}Period{separator}Value\nOrder cycle{separator}East{separator}2026-11-20"
    value = '"2,8"' if separator == "," else "2,8"
    assert only(f"{text}{separator}{value}\n".encode()) == ROW


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_simplified_chinese_is_read_in_the_encodings_that_programs_write(encoding: str) -> None:
    assert only(CHINESE.format(",").encode(encoding)) == ("订单周期", "华东", "2026年11月", "2.8", "")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "big5", "gb18030"])
def test_traditional_chinese_too(encoding: str) -> None:
    assert only(TRADITIONAL.format(";").encode(encoding)) == ("訂單週期", "華東", "2026年11月", "2.8", "")


def test_columns_may_stand_in_any_order_below_a_title_with_others_between() -> None:
    text = "Monthly figures\n\nActual (days),Remarks,Date,KPI name\n2.8,fine,2026-11-20,Order cycle\n\n,,,\n"
    assert list(raw_values(text.encode())) == [RawValue(4, "Order cycle", "", "2026-11-20", "2.8", "")]


@pytest.mark.parametrize(
    "content, dated, said",
    [
        pytest.param(b"Name,Number\nx,1\n", False, "no column", id="no value"),
        pytest.param(b"KPI,Value\nx,1\n", False, "Period", id="no period"),
        pytest.param(b"", False, "no column", id="empty"),
        pytest.param(b"\x00\x01\x02\x03", False, "no text", id="no text"),
        pytest.param(b"PK\x03\x04rubbish", False, "XLSX", id="no spreadsheet"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(content: bytes, dated: bool, said: str) -> None:
    with pytest.raises(UserError) as problem:
        list(raw_values(content, dated=dated))
    assert said in str(problem.value.words.message) + str(problem.value.words.values)


def test_one_period_may_be_given_for_a_whole_file() -> None:
    assert [row.period for row in raw_values(b"KPI,Value\nx,1\n", dated=True)] == [""]


def test_a_spreadsheet_is_read_as_it_is_shown() -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["指标名称", "期间", "实际值"])
    sheet.append(["Exceptions", datetime(2026, 11, 20), 0.029])  # noqa: DTZ001  a spreadsheet knows no zones
    sheet["C2"].number_format = "0.0%"
    sheet.append(["Cycle", date(2026, 11, 20), 2.8])
    sheet.append(["Cycle", "2026-11-21", 3])
    packed = io.BytesIO()
    book.save(packed)
    assert [(row.row, row.period, row.value) for row in raw_values(packed.getvalue())] == [
        (2, "2026-11-20", "2.9 %"),
        (3, "2026-11-20", "2.8"),
        (4, "2026-11-21", "3"),
    ]


def test_a_spreadsheet_that_unpacks_to_more_than_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    packed = io.BytesIO()
    with ZipFile(packed, "w", 8) as file:
        file.writestr("xl/workbook.xml", " " * 3_000_000)
    monkeypatch.setattr(xlsx, "LARGEST_UNPACKED", 2_000_000)
    with pytest.raises(UserError):
        list(raw_values(packed.getvalue()))


def sheets(change: bytes = b"", into: bytes = b"", *, chart_only: bool = False) -> bytes:
    """A workbook, with bytes of it changed."""
    book, packed = Workbook(), io.BytesIO()
    book.active.append(["KPI", "Period", "Actual"])
    if chart_only:
        book.create_chartsheet()
        book.remove(book.worksheets[0])
    book.save(packed)
    return packed.getvalue().replace(change, into)


def _damaged(content: bytes) -> bytes:
    at = content.index(SHEET) + len(SHEET) + 4
    return content[:at] + b"\xff" * 20 + content[at + 20 :]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(sheets()[:-200], id="cut off"),
        pytest.param(sheets(chart_only=True), id="nothing but a chart"),
        pytest.param(sheets(ENTRY + b"\0\0", ENTRY + b"\1\0"), id="a password is wanted"),
        pytest.param(sheets(ENTRY + b"\0\0\x08\0", ENTRY + b"\0\0\x63\0"), id="packed in a way that nobody knows"),
        pytest.param(_damaged(sheets()), id="damaged within"),
    ],
)
def test_a_workbook_that_cannot_be_read_is_said_to_be_so(content: bytes) -> None:
    with pytest.raises(UserError, match="cannot be read as XLSX"):
        list(xlsx.xlsx_rows(content))


@pytest.mark.parametrize(
    "text, day",
    [
        ("2026-11-20", "2026-11-20"),
        ("2026/11/20", "2026-11-20"),
        ("2026.11.20", "2026-11-20"),
        ("20.11.2026", "2026-11-20"),
        ("2026年11月20日", "2026-11-20"),
        ("2026-11-20 00:00:00", "2026-11-20"),
        ("2026-11-20T08:00:00Z", "2026-11-20"),
        ("２０２６-11-20", "2026-11-20"),
        ("Nov 20, 2026", "2026-11-20"),
        ("20 November 2026", "2026-11-20"),
        ("2026-11", "2026-11-01"),
        ("2026年11月", "2026-11-01"),
        ("Nov 2026", "2026-11-01"),
        ("202611", "2026-11-01"),
        ("2026-Q4", "2026-10-01"),
        ("Q4 2026", "2026-10-01"),
        ("2026年第四季度", "2026-10-01"),
        ("2026-W47", "2026-11-16"),
        ("2026年第47周", "2026-11-16"),
        ("20/11/2026", "2026-11-20"),
        ("11/20/2026", "2026-11-20"),
    ],
)
def test_periods_as_people_write_them(text: str, day: str) -> None:
    assert day_in(text) == date.fromisoformat(day)


@pytest.mark.parametrize("text", ["3/4/2026", "2026-13-01", "31.11.2026", "yesterday", "2026-W60", "20261120x", ""])
def test_what_is_no_period_or_one_of_two_is_refused(text: str) -> None:
    with pytest.raises(UserError):
        day_in(text)


@pytest.mark.parametrize("text", ["20.11.2026", "2026-11-20 ", "2026-1-2", "2026-W4", "２０２６-11-20"])
def test_programs_write_iso_periods_only(text: str) -> None:
    with pytest.raises(UserError):
        iso_day(text)
