"""Targets as people write them: a direction, a number, a unit (`≤3天`, `<= 2%`, `95%以上`, `at least 4`, `10–12 h`)."""

import re
import unicodedata
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from domain.errors import Problem
from domain.rules.numbers import quantity
from domain.wording import words


class Direction(StrEnum):
    AT_MOST = "≤"
    AT_LEAST = "≥"
    BELOW = "<"
    ABOVE = ">"
    EXACTLY = "="
    BETWEEN = "–"


_PREFIXES = (
    (("<=", "=<", "≤", "≦", "at most", "no more than", "not more than", "up to", "within", "max.", "max",
      "不超过", "不高于", "不大于", "最多", "至多"), Direction.AT_MOST),
    ((">=", "=>", "≥", "≧", "at least", "no less than", "not less than", "min.", "min",
      "不低于", "不少于", "不小于", "至少", "最少"), Direction.AT_LEAST),
    (("<", "below", "less than", "under", "低于", "小于", "少于"), Direction.BELOW),
    ((">", "above", "more than", "over", "高于", "大于", "超过", "多于"), Direction.ABOVE),
    (("=", "exactly", "等于"), Direction.EXACTLY),
)  # fmt: skip
_SUFFIXES = (
    (("以上", "及以上", "或以上", "or more", "or better"), Direction.AT_LEAST),
    (("以下", "以内", "之内", "内", "及以下", "或以下", "or less", "or fewer"), Direction.AT_MOST),
)
_RANGE = re.compile(
    r"(?:between|from|介于|在|从)?\s*(?P<low>[-+−]?\s*(?:\d[\d.,'’ ]*)?\d\D*?)\s*"
    r"(?:\.{2,}|[–—~至到和]|\band\b|\bto\b|-)\s*(?P<high>[-+−]?\s*\d.*?)\s*(?:之间)?",
    re.IGNORECASE,
)
_SAME_UNIT = {"天": "days", "日": "days", "day": "days", "d": "days", "小时": "hours", "h": "hours", "hour": "hours",
              "分钟": "minutes", "min": "minutes", "minute": "minutes", "个工作日": "working days",
              "工作日": "working days", "working day": "working days", "％": "%", "percent": "%"}  # fmt: skip


class Target(NamedTuple):
    direction: Direction
    value: Decimal
    unit: str  # as written; compare with `same_unit`
    upper: Decimal | None = None  # the other end, where it is a range from `value`

    def reached_by(self, value: Decimal) -> bool:
        match self.direction:
            case Direction.AT_MOST:
                return value <= self.value
            case Direction.AT_LEAST:
                return value >= self.value
            case Direction.BELOW:
                return value < self.value
            case Direction.ABOVE:
                return value > self.value
            case Direction.EXACTLY:
                return value == self.value
            case Direction.BETWEEN:
                return self.value <= value <= (self.value if self.upper is None else self.upper)

    @property
    def lower_is_better(self) -> bool:
        return self.direction in (Direction.AT_MOST, Direction.BELOW)


@lru_cache(maxsize=4096)
def target(text: str) -> Target:
    """Read a target. Raises Problem when it has no direction or no number."""
    plain = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip()
    folded = plain.casefold()
    for prefixes, direction in _PREFIXES:
        for prefix in prefixes:
            if folded.startswith(prefix):
                return _read(direction, plain[len(prefix) :], text)
    for suffixes, direction in _SUFFIXES:
        for suffix in sorted(suffixes, key=len, reverse=True):
            if folded.endswith(suffix):
                return _read(direction, plain[: -len(suffix)], text)
    if within := _RANGE.fullmatch(plain):
        return _between(within["low"], within["high"], text)
    raise Problem(words("“{text}” has no direction. Write ≤3 days, at least 95 % or 2%以下, say.", text=text[:60]))


def warning_line(text: str, goal: Target) -> Target:
    """Read the line before `goal` at which a warning is due; a bare number takes the target's direction and unit.

    Raises Problem where it is not on the good side of the target, or of another kind.
    """
    line = _like(text, goal)
    if line.unit and not same_unit(line.unit, goal.unit):
        raise Problem(words("The warning line needs the unit of the target: {unit}.", unit=goal.unit or "–"))
    if not _before(line, goal):
        raise Problem(
            words("The warning line comes before the target, on its good side. For ≤3 days it may be ≤2.5 days, say.")
        )
    return line._replace(unit=goal.unit)


def same_unit(one: str, other: str) -> bool:
    return plain_unit(one) == plain_unit(other)


def plain_unit(unit: str) -> str:
    """The unit in one spelling: `天`, `day` and `days` are the same, `工作日` is not."""
    folded = unicodedata.normalize("NFKC", unit).strip().casefold()
    return _SAME_UNIT.get(folded, folded)


def value_in_unit(text: str, unit: str) -> Decimal:
    """Read a value meant in `unit`. Raises Problem where another unit is written: nothing is converted silently."""
    value, written = quantity(text)
    if written and not unit:
        raise Problem(
            words("“{text}” is in {written}, but this figure has no unit. Give the number alone.", text=text[:40],
                  written=written[:20])
        )  # fmt: skip
    if written and not same_unit(written, unit):
        raise Problem(
            words(
                "“{text}” is in {written}, but this figure is kept in {unit}. Give it in {unit}.",
                text=text[:40],
                written=written[:20],
                unit=unit,
            )
        )
    return value


def _like(text: str, goal: Target) -> Target:
    try:
        value, unit = quantity(text)
    except Problem:
        return target(text)
    return Target(goal.direction, value, unit)


def _before(line: Target, goal: Target) -> bool:
    if goal.upper is not None and line.upper is not None:
        return goal.value <= line.value and line.upper <= goal.upper and line[1:] != goal[1:]
    if Direction.EXACTLY in (line.direction, goal.direction) or Direction.BETWEEN in (line.direction, goal.direction):
        return False
    if line.lower_is_better is not goal.lower_is_better:
        return False
    return line.value < goal.value if goal.lower_is_better else line.value > goal.value


def _between(low: str, high: str, text: str) -> Target:
    (lower, near), (upper, far) = quantity(low), quantity(high)
    if lower >= upper:
        raise Problem(words("“{text}” begins higher than it ends. Write 10–12 hours, say.", text=text[:60]))
    if near and far and not same_unit(near, far):
        raise Problem(words("“{text}” has two units. Write 10–12 hours, say.", text=text[:60]))
    return Target(Direction.BETWEEN, lower, far or near, upper)


def _read(direction: Direction, rest: str, text: str) -> Target:
    try:
        value, unit = quantity(rest)
    except Problem:
        raise Problem(words("“{text}” has no number to reach. Write ≤3 days, say.", text=text[:60])) from None
    return Target(direction, value, unit)
