"""Records that nearly every request and message asks for: kept in memory for a moment."""

from collections.abc import Collection
from dataclasses import dataclass
from time import monotonic
from typing import Any, NamedTuple

from storage.caches.switch import CACHES

MOST = 10_000


class _Kept(NamedTuple):
    until: float
    record: Any


class Remembered:
    """One record by its table and what it was asked by, for a second of machine time or until this process changes it.

    `tables` are those it is asked for. What another replica has changed may go unseen for a second. That there is no
    such record is remembered too.
    """

    SECONDS = 1.0

    def __init__(self, tables: frozenset[str]) -> None:
        self._tables = tables
        self._kept: dict[tuple[str, ...], _Kept] = {}
        self._changes = 0

    def opened(self) -> "Memory":
        """For a transaction that begins: it may not see what others commit from now on."""
        return Memory(self, self._changes)

    def get(self, *asked: str) -> tuple[Any] | None:
        """The record, or None where it is to be looked up."""
        kept = self._kept.get(asked)
        return (kept.record,) if kept is not None and kept.until > monotonic() else None

    def keep(self, record: Any, *asked: str, since: int) -> None:
        """Remember what a transaction saw that began when so many changes were made; not if there were more since."""
        if len(self._kept) >= MOST:
            self._kept.clear()
        if CACHES.on and since == self._changes:
            self._kept[asked] = _Kept(monotonic() + self.SECONDS, record)

    def forget(self, changed: Collection[str]) -> None:
        """These tables were changed, and it is committed."""
        if not self._tables.isdisjoint(changed):
            self._changes += 1
            self._kept.clear()


@dataclass(frozen=True, slots=True)
class Memory:
    """What one transaction may take from memory, and add to it."""

    _remembered: Remembered
    _since: int

    def get(self, *asked: str) -> tuple[Any] | None:
        return self._remembered.get(*asked)

    def keep(self, record: Any, *asked: str) -> None:
        self._remembered.keep(record, *asked, since=self._since)
