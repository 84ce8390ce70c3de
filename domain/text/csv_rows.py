"""CSV as programs and spreadsheets write it: their encodings, their separators."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence

from domain.core import UserError

Row = tuple[str, ...]
ENCODINGS = ("utf-8-sig", "gb18030", "big5", "cp1252")
SEPARATORS = ",;\t|，；"
FIRST_LINES = 10
LONGEST_FIELD = 100_000


def csv_rows(content: bytes, headings_in: Callable[[Row], int]) -> Iterator[Row]:
    """The rows of a CSV file. `headings_in` counts the headings that a row has: the reading that has the most is taken.

    Nothing in a file says how it is to be read, and Excel writes GBK or semicolons where the machine is set so.
    Raises UserError for what is no text at all.
    """
    texts = list(_texts(content))
    if not texts:
        raise UserError("This file is no text. Save it as CSV (UTF-8) or XLSX.")
    weighed = [
        (_most_headings(text, separator, headings_in), text, separator) for text in texts for separator in SEPARATORS
    ]
    _, text, separator = max(weighed, key=lambda reading: reading[0])
    return _rows(text, separator)


def _texts(content: bytes) -> Iterator[str]:
    """The content in each encoding that fits, the likeliest first."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: Sequence[str] = ("utf-16",)
    else:
        encodings = ENCODINGS if b"\x00" not in content else ()
    for encoding in encodings:
        try:
            yield content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8-sig":  # what is not UTF-8 hardly ever reads as it
            return


def _most_headings(text: str, separator: str, headings_in: Callable[[Row], int]) -> int:
    head = "\n".join(text[:20_000].splitlines()[:FIRST_LINES])
    return max((headings_in(row) for row in _rows(head, separator)), default=0)


def _rows(text: str, separator: str) -> Iterator[Row]:
    csv.field_size_limit(LONGEST_FIELD)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            yield tuple(row)
    except csv.Error as error:
        raise UserError("This file cannot be read as CSV: {why}.", why=str(error)) from None
