"""A day behind other words, as people type it: `2026-11-20`, `20.11.`, `Nov 20`, `11月20日`, `yesterday`, `昨天`.

What can be read in two ways (`3/4`) is not decided here: all readings are returned, to be asked about.
"""

import re
from datetime import date, timedelta
from typing import NamedTuple

from domain.core import UserError
from domain.text.periods import month_in

_AGO = {"today": 0, "今天": 0, "今日": 0, "yesterday": 1, "昨天": 1, "昨日": 1, "前天": 2}
_WORD = re.compile(rf"(?:\s|(?<=[^\x00-\x7f]))({'|'.join(_AGO)})$", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"\s(?P<y>\d{4})([-/.])(?P<m>\d{1,2})\2(?P<d>\d{1,2})$")
_CHINESE = re.compile(r"(?:\s|(?<=\D))(?:(?P<y>\d{4})年)?(?P<m>\d{1,2})月(?P<d>\d{1,2})[日号]$")
_DOTTED = re.compile(r"\s(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})?$")
_DAY_MONTH = re.compile(r"\s(?P<d>\d{1,2})\.? (?P<name>[a-z]{3,9})\.?(?:,? (?P<y>\d{4}))?$", re.IGNORECASE)
_MONTH_DAY = re.compile(r"\s(?P<name>[a-z]{3,9})\.? (?P<d>\d{1,2})(?:,? (?P<y>\d{4}))?$", re.IGNORECASE)
_UNCLEAR = re.compile(r"\s(?P<a>\d{1,2})([/.-])(?P<b>\d{1,2})(?:\2(?P<y>\d{4}))?$")


class Split(NamedTuple):
    """What stands before the day, and the days that it can be: none, one, or several to ask about.

    `sure` is False where the way of writing leaves it open, even if only one day is possible (`11/20`).
    """

    rest: str
    days: tuple[date, ...]
    sure: bool


def split_day(text: str, today: date) -> Split:
    """Take a day off the end of `text`; without a year it is the latest such day up to `today`.

    Raises UserError for a day that does not exist.
    """
    word = _WORD.search(text)
    if word:
        return Split(text[: word.start()].strip(), (today - timedelta(days=_AGO[word[1].casefold()]),), True)
    for pattern in (_YEAR_FIRST, _CHINESE, _DOTTED, _DAY_MONTH, _MONTH_DAY):
        match = pattern.search(text)
        parts = match.groupdict() if match else {}
        month = month_in(parts)
        if match and month:
            day = _latest(parts["y"], month, int(parts["d"]), today)
            if day is None:
                raise _no_day(match[0])
            return Split(text[: match.start()].strip(), (day,), True)
    unclear = _UNCLEAR.search(text)
    return _both_ways(unclear, text, today) if unclear else Split(text, (), True)


def _both_ways(match: re.Match[str], text: str, today: date) -> Split:
    first, second = int(match["a"]), int(match["b"])
    days = {_latest(match["y"], second, first, today), _latest(match["y"], first, second, today)} - {None}
    if not days:
        raise _no_day(match[0])
    return Split(text[: match.start()].strip(), tuple(sorted(day for day in days if day)), False)


def _latest(year: str | None, month: int, day: int, today: date) -> date | None:
    for candidate in (int(year),) if year else (today.year, today.year - 1):
        try:
            latest = date(candidate, month, day)
        except ValueError:
            continue
        if year or latest <= today:
            return latest
    return None


def _no_day(text: str) -> UserError:
    return UserError("“{text}” is no date. Write 2026-11-20, 20.11. or yesterday.", text=text.strip()[:20])
