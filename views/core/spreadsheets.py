"""Tables as files: CSV that Excel opens with its signs intact, and XLSX. No cell ever acts as a formula."""

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence

Table = Sequence[Sequence[str]]
"""The first row is the headings."""

_ACTS = re.compile(r"\s*[=+\-@|＝＋－＠｜]|[\t\r\u200b\u2060\ufeff]")
"""Also what begins unseen: a program that takes that away finds the sign behind it."""
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
WIDEST = 50  # characters of a column


def csv_file(rows: Table) -> bytes:
    """UTF-8 with the mark by which Excel knows it. A cell that would act has an apostrophe in front: a text."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([[f"'{cell}" if acts(cell) else cell for cell in row] for row in rows])
    return out.getvalue().encode("utf-8-sig")


def xlsx_file(rows: Table) -> bytes:
    """One sheet of texts, with its headings in bold and in view."""
    from openpyxl import Workbook  # takes its time to load, and is needed now and then
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Font

    book = Workbook()
    sheet = book.active
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            cell = sheet.cell(number, column, ILLEGAL_CHARACTERS_RE.sub("", text))
            cell.data_type, cell.quotePrefix = "s", acts(text)  # a text, whatever it begins with
            cell.font = Font(bold=number == 1)
    for column, cells in enumerate(zip(*rows, strict=True), 1):
        width = min(WIDEST, 2 + max(sum(1 + (sign > "\u2e80") for sign in cell) for cell in cells))
        sheet.column_dimensions[sheet.cell(1, column).column_letter].width = width
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def acts(cell: str) -> bool:
    """Whether a spreadsheet would take it as a formula. A plain number is none."""
    return _ACTS.match(cell) is not None and _NUMBER.fullmatch(cell) is None


KINDS: Mapping[str, Callable[[Table], bytes]] = {"csv": csv_file, "xlsx": xlsx_file}
"""By the ending of the file's name."""
