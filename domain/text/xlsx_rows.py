"""The rows of the first sheet of an XLSX file, as texts."""

import io
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zipfile import BadZipFile, ZipFile

from domain.core import UserError
from domain.text.csv_rows import Row

LARGEST_UNPACKED = 200_000_000  # bytes; a small file can be made that unpacks to terabytes
UNREADABLE = (
    BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,
    KeyError,
    IndexError,
    ValueError,
    TypeError,
    AttributeError,
    SyntaxError,
)
"""What damaged, protected and odd workbooks make the libraries raise: RuntimeError where a password is wanted (and
NotImplementedError, one of its kind, where a way of packing is not known), SyntaxError for XML that is none."""
SIGNATURE = b"PK\x03\x04"


def xlsx_rows(content: bytes) -> Iterator[Row]:
    """Numbers are written out as they are shown: a cell with the format `0 %` holds 0.02 and means `2 %`.

    Raises UserError for what is no such file.
    """
    from openpyxl import load_workbook  # takes its time to load, and is needed now and then

    try:
        with ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST_UNPACKED:
                raise _unreadable()
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except UNREADABLE:
        raise _unreadable() from None
    try:
        for row in book.worksheets[0].iter_rows():
            yield tuple(_text(cell) for cell in row)
    except UNREADABLE:
        raise _unreadable() from None
    finally:
        book.close()


def _text(cell: Any) -> str:
    match cell.value:
        case None:
            return ""
        case bool() as truth:
            return str(truth)
        case int() | float() as number:
            exact = Decimal(repr(number))  # the shortest text that reads back as the same number
            return f"{(exact * 100).normalize():f} %" if "%" in (cell.number_format or "") else f"{exact:f}"
        case datetime() as moment:
            return moment.date().isoformat()
        case date() as day:
            return day.isoformat()
    return str(cell.value).strip()


def _unreadable() -> UserError:
    return UserError("This file cannot be read as XLSX. Save it as XLSX or CSV (UTF-8) and try again.")
