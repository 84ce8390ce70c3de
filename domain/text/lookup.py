"""Finding a process or project by what people call it; what they mean by a name is `domain.text.names`."""

from collections.abc import Sequence
from typing import Any, TypeVar

from domain.core.errors import NotFound
from domain.core.wording import words
from domain.text.names import PART, Match, Named, fit, likeliest

N = TypeVar("N", bound=Named)


class UnknownName(NotFound):
    """Nothing is called so, or several are; `near` are those that may have been meant, the likeliest first."""

    def __init__(self, text: str, near: Sequence[Any]) -> None:
        super().__init__(words("Nothing here is called “{name}”.", name=text[:80]))
        self.text = text
        self.near = near


def called(text: str, known: Sequence[N]) -> N:
    """The one that `text` names, wholly or in part. Raises UnknownName for a name that fits none, or several."""
    found = likeliest(Match(record, fit(text, record)) for record in known)
    if len(found) == 1 and found[0].weight >= PART:
        return found[0].record
    raise UnknownName(text.strip(), [match.record for match in found])


def like(text: str, known: Sequence[N]) -> list[N]:
    """Those that a menu offers while one types: all, those whose name has it, else those whose name is like it."""
    if not text.strip():
        return list(known)
    near = [(record, weight) for record in known if (weight := fit(text, record))]
    having = [record for record, weight in near if weight >= PART]
    return having or [record for record, _ in near]
