"""Variables whose name is nearly one of ours: somebody meant ours, and it has no effect as it is."""

import os
from collections.abc import Collection, Mapping
from itertools import pairwise

from dotenv import dotenv_values

PREFIX = "GEMBA_"
MOST_SLIPS = 2
"""Letters too many, missing, wrong or swapped."""


def environment(file: str = ".env") -> dict[str, str]:
    """What is set, in `file` or around it. Empty ones are not set."""
    given = {**dotenv_values(file), **os.environ}
    return {name: value for name, value in given.items() if value}


def misspelt(given: Mapping[str, str], ours: Collection[str]) -> dict[str, str]:
    """Names that are nearly one of ours → the one that was meant.

    Where the one that could be meant is set as well, the other is somebody else's (`SLACK_API_TOKEN`, say).
    """
    there = {name.upper() for name in given}
    missing = [name for name in ours if name not in there]
    nearly = {name: _nearest(name.upper(), missing) for name in given if name.upper() not in ours}
    return {name: meant for name, meant in nearly.items() if meant}


def _nearest(name: str, ours: Collection[str]) -> str:
    """The nearest one; empty where none is near. `GEMBA_DATABASE_URL` is near, too."""
    if (bare := name.removeprefix(PREFIX)) in ours:
        return bare
    near = [(slips(name, one), one) for one in ours if abs(len(name) - len(one)) <= MOST_SLIPS]
    return min((one for one in near if one[0] <= MOST_SLIPS), default=(0, ""))[1]


def slips(typed: str, meant: str) -> int:
    """How many letters are too many, missing, wrong or swapped (optimal string alignment distance)."""
    before: list[int] = []
    row = list(range(len(meant) + 1))
    for place, letter in enumerate(typed):
        following = [place + 1]
        for other, (corner, above) in enumerate(pairwise(row)):
            steps = [above + 1, following[-1] + 1, corner + (letter != meant[other])]
            if place and other and (letter, typed[place - 1]) == (meant[other - 1], meant[other]):
                steps.append(before[other - 1] + 1)
            following.append(min(steps))
        before, row = row, following
    return row[-1]
