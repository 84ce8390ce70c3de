"""The day, week, month or quarter that a value is for, as files and programs write it (`2026-11-20`, `2026年11月`)."""

import re
import unicodedata
from datetime import date
from functools import lru_cache

from domain.core import UserError

_ISO = re.compile(r"(?P<y>\d{4})-(?:(?P<m>\d{2})(?:-(?P<d>\d{2}))?|Q(?P<q>[1-4])|W(?P<w>\d{2}))", re.ASCII)
_TIME = re.compile(r"[ T]\d{1,2}:\d{2}\S*$")
_PATTERNS = (
    re.compile(r"(?P<y>\d{4})([-/.])(?P<m>\d{1,2})\2(?P<d>\d{1,2})"),
    re.compile(r"(?P<y>\d{4})年(?P<m>\d{1,2})月(?:(?P<d>\d{1,2})[日号號])?"),
    re.compile(r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})"),
    re.compile(r"(?P<y>\d{4})[-/.]?(?P<m>\d{1,2})"),
    re.compile(r"(?P<y>\d{4})[- ]?Q(?P<q>[1-4])", re.IGNORECASE),
    re.compile(r"Q(?P<q>[1-4])[- /]?(?P<y>\d{4})", re.IGNORECASE),
    re.compile(r"(?P<y>\d{4})年第?(?P<q>[1-4一二三四])季度?"),
    re.compile(r"(?P<y>\d{4})[- ]?W(?P<w>\d{1,2})", re.IGNORECASE),
    re.compile(r"(?P<y>\d{4})年第(?P<w>\d{1,2})[周週]"),
    re.compile(r"(?P<d>\d{1,2})\.?[ -](?P<name>[A-Za-z]{3,9})\.?,?[ -](?P<y>\d{4})"),
    re.compile(r"(?P<name>[A-Za-z]{3,9})\.? (?:(?P<d>\d{1,2}),? )?(?P<y>\d{4})"),
)
_UNCLEAR = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}


def iso_day(text: str) -> date:
    """The first day of `2026-11-20`, `2026-11`, `2026-W47` or `2026-Q4`. Raises UserError for anything else."""
    match = _ISO.fullmatch(text)
    day = _first_day(match.groupdict()) if match else None
    if day is None:
        raise _none(text)
    return day


@lru_cache(maxsize=8192)
def day_in(text: str) -> date:
    """The first day of the period that people write in a file. Raises UserError for none, or for two (`3/4/2026`)."""
    plain = _TIME.sub("", " ".join(unicodedata.normalize("NFKC", text).split()))
    for pattern in _PATTERNS:
        match = pattern.fullmatch(plain)
        day = _first_day(match.groupdict()) if match else None
        if day is not None:
            return day
    if unclear := _UNCLEAR.fullmatch(plain):
        return _only_reading(unclear, text)
    raise _none(text)


def _first_day(parts: dict[str, str | None]) -> date | None:
    """The first day of what was written; None for one that does not exist."""
    year = int(parts["y"] or 0)
    try:
        if quarter := parts.get("q"):
            return date(year, 3 * (_QUARTERS.get(quarter) or int(quarter)) - 2, 1)
        if week := parts.get("w"):
            return date.fromisocalendar(year, int(week), 1)
        return date(year, month_in(parts), int(parts.get("d") or 1))
    except ValueError:
        return None


def month_in(parts: dict[str, str | None]) -> int:
    """The month of a match, by its number or its English name, in full or its first three letters; 0 for none."""
    short = (parts.get("name") or "")[:3].casefold()
    return _MONTHS.index(short) + 1 if short in _MONTHS else int(parts.get("m") or 0)


def _only_reading(match: re.Match[str], text: str) -> date:
    first, second, year = match.groups()
    readings = (_first_day({"y": year, "m": month, "d": day}) for month, day in ((first, second), (second, first)))
    days = {day for day in readings if day is not None}
    if len(days) > 1:
        raise UserError("“{text}” can be read as two days. Write it like 2026-11-20.", text=text[:40])
    if not days:
        raise _none(text)
    return days.pop()


def _none(text: str) -> UserError:
    return UserError("“{text}” is no period. Write 2026-11-20, 2026-W47, 2026-11 or 2026-Q4.", text=text[:40])
