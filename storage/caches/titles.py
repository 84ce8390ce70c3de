"""The titles of what is open, kept in memory: each new one is compared with them while a person waits."""

from dataclasses import dataclass, field
from threading import Lock
from time import monotonic
from typing import Any

from domain.core import Records, Since
from domain.text.likeness import Titles
from storage.caches.switch import CACHES


@dataclass(slots=True)
class _Kept:
    """Those of one workspace, until a moment of machine time; `next`: the first number that is not among them."""

    until: float
    titles: Titles = field(default_factory=Titles)
    next: int = 1


class KnownTitles:
    """Read whole once a minute; in between only what was filed since, by whichever replica.

    So one that was reopened may be missing for a minute, and one that was closed be among them: ask its record.
    A title never changes, and numbers are given one after the other in a workspace.
    """

    SECONDS, MOST = 60.0, 500

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], _Kept] = {}
        self._lock = Lock()

    def of(self, team_id: str, table: str, records: Records[Any]) -> Titles:
        """The newest open titles by number, and those of all that were filed since they were read."""
        kept = self._kept.get((team_id, table))
        if kept is None or kept.until < monotonic() or not CACHES.on:
            kept = _Kept(monotonic() + self.SECONDS)
            rows = records.pick("number", "title", finished_at=None, order="-id", limit=self.MOST)
        else:
            rows = records.pick("number", "title", number=Since(kept.next), order="number")
        with self._lock:
            for number, title in rows:
                kept.titles.add(number, title)
                kept.next = max(kept.next, number + 1)
            self._kept[team_id, table] = kept
        return kept.titles
