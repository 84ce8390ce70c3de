"""Records that nearly every request and message asks for: kept in memory for a moment."""

from collections.abc import Collection
from time import monotonic
from typing import Any, NamedTuple

TABLES = frozenset({"workspaces", "departments", "processes", "channels"})
"""Read all the time, written rarely."""
MOST = 10_000


class _Kept(NamedTuple):
    until: float
    record: Any


class Remembered:
    """One record by its table and what it was asked by, for a second of machine time or until this process changes it.

    So what another replica has changed may go unseen for a second. That there is no such record is remembered too.
    """

    SECONDS = 1.0

    def __init__(self) -> None:
        self._kept: dict[tuple[str, ...], _Kept] = {}
        self.changes = 0

    def get(self, *asked: str) -> tuple[Any] | None:
        """The record, or None where it is to be looked up."""
        kept = self._kept.get(asked)
        return (kept.record,) if kept is not None and kept.until > monotonic() else None

    def keep(self, record: Any, *asked: str, since: int) -> None:
        """Remember what was looked up when so many changes had been made; what has changed meanwhile is not kept."""
        if len(self._kept) >= MOST:
            self._kept.clear()
        if since == self.changes:
            self._kept[asked] = _Kept(monotonic() + self.SECONDS, record)

    def forget(self, changed: Collection[str]) -> None:
        """These tables were changed."""
        if not TABLES.isdisjoint(changed):
            self.changes += 1
            self._kept.clear()
