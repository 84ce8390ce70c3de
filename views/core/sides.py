"""Texts that carry both languages, and how they are shown side by side."""

import re
from typing import Any, Self

from views.core.markup import BothMarkup

_LAST = re.compile(r"(.*\S) ?\{(\w+)\}", re.DOTALL)
_PLACE = re.compile(r"\{\w+\}")
_NUMBER = re.compile(r"[≤≥<>]?[+-]?\d[\d.,]*(?: ?%)?")
SHORT = 40  # characters; a Chinese one is as wide as two


class Both(str):
    """A text in both languages. As a value of a further message, each language takes its own side."""

    sides: tuple[str, str]

    @classmethod
    def of(cls, text: str, sides: tuple[str, str]) -> Self:
        made = cls(text)
        made.sides = sides
        return made


class Figure(Both):
    """A figure with its unit."""


def sides_of(values: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The values of a message for each language."""
    pairs = {
        name: value.sides if isinstance(value, Both | BothMarkup) else (value, value) for name, value in values.items()
    }
    return {name: pair[0] for name, pair in pairs.items()}, {name: pair[1] for name, pair in pairs.items()}


def beside(english: str, chinese: str) -> Both:
    return Both.of(joined(english, chinese), (english, chinese))


def joined(english: str, chinese: str) -> str:
    """In one line where both are short; what is the same in both is said once."""
    if english == chinese:
        return english
    is_long = max(len(english), 2 * len(chinese)) > SHORT
    return f"{english}\n{chinese}" if is_long else f"{english} · {chinese}"


def figure_once(english: str, chinese: str) -> str:
    """Side by side, but the number only once where it is the only one, and the same, in both: `3 days · 天`."""
    ours, theirs = _NUMBER.findall(english), _NUMBER.findall(chinese)
    if len(ours) != 1 or len(theirs) != 1 or ours[0].replace(" ", "") != theirs[0].replace(" ", ""):
        return joined(english, chinese)
    unit = chinese.replace(theirs[0], "").strip()
    return f"{english} · {unit}" if unit and unit not in english else english


def label_and_place(message: str) -> tuple[str, str]:
    """`target {value}` → `target`, `value`; of a message that does not end with a place, nothing."""
    ends = _LAST.fullmatch(message)
    return (ends[1], ends[2]) if ends else ("", "")


def is_layout(message: str) -> bool:
    """Nothing but places and signs: said once, with what stands in its places in both languages."""
    return not re.search(r"\w", _PLACE.sub("", message))
