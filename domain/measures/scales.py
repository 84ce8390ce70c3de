"""Units that have a highest value (`of 5`, `/100`, `100分制`); what is on one may be written in points, too."""

import re

from domain.measures.targets import same_unit

POINTS = ("分", "point", "points")
_SCALE = re.compile(r"(?:of|/)\s*(\d+)|(\d+)\s*分制")


def scale_of(unit: str) -> int | None:
    """The highest value of a unit such as `of 5` or `100分制`; None for other units."""
    match = _SCALE.fullmatch(unit.strip())
    return int(match[1] or match[2]) if match else None


def is_on_scale(written: str, unit: str) -> bool:
    """Whether `unit` is a scale, and `written` a way to give a value on it."""
    most = scale_of(unit)
    return most is not None and (written in POINTS or scale_of(written) == most)


def fits(written: str, unit: str) -> bool:
    """Whether both are one unit."""
    return same_unit(written, unit) or is_on_scale(written, unit)
