"""KPI values in a table: which column is which, by the headings that people use (T3), in either language."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from itertools import chain, islice
from typing import NamedTuple

from domain.core import UserError
from domain.text.csv_rows import Row, csv_rows
from domain.text.lookup import folded
from domain.text.xlsx_rows import SIGNATURE, xlsx_rows

HEADING_WITHIN = 10
"""A title or two may stand above the headings."""


class Column(StrEnum):
    """In the order of a `RawValue`."""

    KPI = "kpi"
    SEGMENT = "segment"
    PERIOD = "period"
    VALUE = "value"
    UNIT = "unit"


HEADINGS: Mapping[Column, tuple[str, ...]] = {
    Column.KPI: ("kpi", "kpi name", "kpi key", "key", "name", "indicator", "指标名称", "指标", "名称"),
    Column.SEGMENT: ("segment", "region", "site", "分段", "分组", "区域", "地区", "维度"),
    Column.PERIOD: (
        "period",
        "date",
        "day",
        "week",
        "month",
        "quarter",
        "期间",
        "周期",
        "日期",
        "月份",
        "统计期间",
        "统计日期",
    ),
    Column.VALUE: ("value", "actual", "actual value", "result", "实际值", "实际", "数值", "值", "完成值", "指标值"),
    Column.UNIT: ("unit", "单位", "计量单位"),
}
_SIMPLIFIED = str.maketrans("單實數標區稱統組維計週間際", "单实数标区称统组维计周间际")
"""Traditional characters of the headings are read as simplified ones."""
_MEANING = {heading: column for column, headings in HEADINGS.items() for heading in headings}
_REMARK = re.compile(r"[(（\[].*$")


class RawValue(NamedTuple):
    """A row as it stands in the file; `row` counts as a spreadsheet does, from 1."""

    row: int
    kpi: str
    segment: str
    period: str
    value: str
    unit: str


def raw_values(content: bytes, *, dated: bool = False) -> Iterator[RawValue]:
    """The values in a CSV or XLSX file. `dated`: it is for one known period, so its column may be missing.

    Raises UserError for a file that cannot be read, or that lacks a heading.
    """
    rows = xlsx_rows(content) if content.startswith(SIGNATURE) else csv_rows(content, known_headings)
    first = list(islice(rows, HEADING_WITHIN))
    at = max(range(len(first)), key=lambda number: known_headings(first[number]), default=0)
    columns = _columns(first[at]) if first else {}
    wanted = [Column.KPI, Column.VALUE, *([] if dated else [Column.PERIOD])]
    missing = [column for column in wanted if column not in columns]
    if missing:
        heading = {Column.KPI: "KPI", Column.PERIOD: "Period", Column.VALUE: "Value"}[missing[0]]
        raise UserError(
            "This file has no column “{heading}”. Its first row must say what is in each column: KPI, Period, "
            "Value, and Segment where there are some.",
            heading=heading,
        )
    return _below(chain(first[at + 1 :], rows), at + 2, columns)


def known_headings(row: Row) -> int:
    """How many of the headings a row has."""
    return len(_columns(row))


def _columns(row: Row) -> dict[Column, int]:
    places: dict[Column, int] = {}
    for at, cell in enumerate(row):
        column = _MEANING.get(_plain(cell))
        if column is not None:
            places.setdefault(column, at)
    return places


def _plain(cell: str) -> str:
    """`Value (days)` is a value, however it is cased."""
    plain = _REMARK.sub("", unicodedata.normalize("NFKC", cell).strip().lstrip("\ufeff"))
    return folded(plain).translate(_SIMPLIFIED)


def _below(rows: Iterable[Row], number: int, columns: Mapping[Column, int]) -> Iterator[RawValue]:
    """The rows under the headings; empty ones are passed over. An apostrophe in front marks text, as in our exports."""
    places = [columns.get(column, -1) for column in Column]
    for at, row in enumerate(rows, number):
        width = len(row)
        cells = [row[place].strip().removeprefix("'") if 0 <= place < width else "" for place in places]
        if any(cells):
            yield RawValue(at, *cells)
