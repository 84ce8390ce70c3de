"""Targets as people write them: a direction, a number, a unit (`≤3天`, `<= 2%`, `95%以上`, `at least 4`, `10–12 h`)."""

import operator
import re
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from domain.core import UserError
from domain.text.numbers import quantity


class Direction(StrEnum):
    AT_MOST = "≤"
    AT_LEAST = "≥"
    BELOW = "<"
    ABOVE = ">"
    EXACTLY = "="
    BETWEEN = "–"


_PREFIXES = {
    Direction.AT_MOST: "<=, =<, ≤, ≦, at most, no more than, not more than, less than or equal to, up to, within, "
    "maximum, max., max, 不超过, 不超過, 不高于, 不高於, 不大于, 不多于, 小于等于, 小于或等于, 最多, 至多",
    Direction.AT_LEAST: ">=, =>, ≥, ≧, at least, no less than, not less than, greater than or equal to, "
    "more than or equal to, minimum, min., min, "
    "不低于, 不低於, 不少于, 不少於, 不小于, 大于等于, 大于或等于, 至少, 最少",
    Direction.BELOW: "<, below, less than, under, 低于, 低於, 小于, 少于",
    Direction.ABOVE: ">, above, more than, greater than, over, 高于, 高於, 大于, 超过, 超過, 多于",
    Direction.EXACTLY: "=, exactly, 等于",
}
_SUFFIXES = {
    Direction.AT_LEAST: "以上, 及以上, 或以上, or more, or better, or higher, or above, minimum",
    Direction.AT_MOST: "以下, 以内, 以內, 之内, 内, 及以下, 或以下, "
    "or less, or fewer, or lower, or below, maximum, max., max",
}


def _longest_first(signs: Mapping[Direction, str]) -> list[tuple[str, Direction]]:
    """What begins like another is looked for before it: `less than or equal to`, `maximum`."""
    pairs = [(sign, way) for way, several in signs.items() for sign in several.split(", ")]
    return sorted(pairs, key=lambda pair: -len(pair[0]))


_BEFORE, _BEHIND = _longest_first(_PREFIXES), _longest_first(_SUFFIXES)
_RANGE = re.compile(
    r"(?:between|from|介于|在|从)?\s*(?P<low>[-+−]?\s*(?:\d[\d.,'’ ]*)?\d\D*?)\s*"
    r"(?:\.{2,}|[–—~至到和]|\band\b|\bto\b|-)\s*(?P<high>[-+−]?\s*\d.*?)\s*(?:之间)?",
    re.IGNORECASE,
)
_ONE_UNIT = {
    "minutes": ("min", "mins", "minute", "分钟", "分鐘"),
    "hours": ("h", "hr", "hrs", "hour", "小时", "小時", "个小时", "個小時"),
    "days": ("d", "day", "天", "日"),
    "working days": ("working day", "business day", "business days", "工作日", "个工作日", "個工作日"),
    "weeks": ("wk", "wks", "week", "周", "週", "星期"),
    "%": ("％", "percent"),
}
_SAME_UNIT = {way: unit for unit, ways in _ONE_UNIT.items() for way in ways}
_PLURAL = re.compile(r"(.*[a-z]{2})s", re.DOTALL)


_REACHES: dict[Direction, Callable[[Decimal, Decimal], bool]] = {
    Direction.AT_MOST: operator.le,
    Direction.AT_LEAST: operator.ge,
    Direction.BELOW: operator.lt,
    Direction.ABOVE: operator.gt,
    Direction.EXACTLY: operator.eq,
    Direction.BETWEEN: operator.eq,
}


class Target(NamedTuple):
    direction: Direction
    value: Decimal
    unit: str  # as written; compare with `same_unit`
    upper: Decimal | None = None  # the other end, where it is a range from `value`

    def reached_by(self, value: Decimal) -> bool:
        if self.upper is not None:
            return self.value <= value <= self.upper
        return _REACHES[self.direction](value, self.value)

    @property
    def lower_is_better(self) -> bool:
        return self.direction in (Direction.AT_MOST, Direction.BELOW)


@lru_cache(maxsize=4096)
def target(text: str) -> Target:
    """Read a target. Raises UserError when it has no direction or no number."""
    plain = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip()
    folded = plain.casefold()
    for prefix, direction in _BEFORE:
        if folded.startswith(prefix):
            return _read(direction, plain[len(prefix) :], text)
    for suffix, direction in _BEHIND:
        if folded.endswith(suffix):
            return _read(direction, plain[: -len(suffix)], text)
    if within := _RANGE.fullmatch(plain):
        return _between(within["low"], within["high"], text)
    raise UserError("“{text}” has no direction. Write ≤3 days, at least 95 % or 2%以下, say.", text=text[:60])


def readable(text: str) -> Target | None:
    """The target, or None: another program may have written what is none."""
    try:
        return target(text)
    except UserError:
        return None


def warning_line(text: str, goal: Target) -> Target:
    """Read the line before `goal` at which a warning is due; a bare number takes the target's direction and unit.

    Raises UserError where it is not on the good side of the target, or of another kind.
    """
    line = _like(text, goal)
    if line.unit and not same_unit(line.unit, goal.unit):
        raise UserError("The warning line needs the unit of the target: {unit}.", unit=goal.unit or "–")
    if not _before(line, goal):
        raise UserError(
            "The warning line comes before the target, on its good side. For ≤3 days it may be ≤2.5 days, say."
        )
    return line._replace(unit=goal.unit)


def same_unit(one: str, other: str) -> bool:
    """Whether both mean the same unit, in one of its spellings, one of it or several: `1 order`, `3 orders`."""
    return _singular(plain_unit(one)) == _singular(plain_unit(other))


def check_unit(given: str, kept: str) -> None:
    """Raises UserError where a value comes in another unit than its figure is kept in."""
    if given and not same_unit(given, kept):
        other = given[:20]
        raise UserError("This figure is kept in {unit}, not in {other}.", unit=kept or "–", other=other)


def plain_unit(unit: str) -> str:
    """The unit in one spelling: `天`, `day` and `days` are the same, `工作日` is not."""
    folded = unicodedata.normalize("NFKC", unit).strip().casefold()
    return _SAME_UNIT.get(folded, folded)


def value_in_unit(text: str, unit: str) -> Decimal:
    """Read a value meant in `unit`. Raises UserError where another unit is written: nothing is converted silently."""
    value, written = quantity(text)
    what = {"text": text[:40], "written": written[:20], "unit": unit}
    if written and not unit:
        raise UserError("“{text}” is in {written}, but this figure has no unit. Give the number alone.", **what)
    if written and not same_unit(written, unit):
        raise UserError("“{text}” is in {written}, but this figure is kept in {unit}. Give it in {unit}.", **what)
    return value


def _singular(unit: str) -> str:
    several = _PLURAL.fullmatch(unit)
    return several[1] if several else unit


def _like(text: str, goal: Target) -> Target:
    """With its own direction (`99%以上`), else with that of `goal`."""
    try:
        return target(text)
    except UserError as no_target:
        try:
            value, unit = quantity(text)
        except UserError:
            raise no_target from None
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
        raise UserError("“{text}” begins higher than it ends. Write 10–12 hours, say.", text=text[:60])
    if near and far and not same_unit(near, far):
        raise UserError("“{text}” has two units. Write 10–12 hours, say.", text=text[:60])
    return Target(Direction.BETWEEN, lower, far or near, upper)


def _read(direction: Direction, rest: str, text: str) -> Target:
    try:
        value, unit = quantity(rest)
    except UserError:
        raise UserError("“{text}” has no number to reach. Write ≤3 days, say.", text=text[:60]) from None
    return Target(direction, value, unit)
