"""Writing to the outbox: what is to be said, in the transaction that gives the reason to say it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import uuid4

from sqlalchemy import ColumnElement, Connection, Row, func, literal_column, select, update

from domain.core import Message, Urgency
from storage.outbox.messages import MessageWords
from storage.statements import inserting_unless_there
from storage.tables import outbox

WAITING = ("ready", "sending", "unsure")
SETTLED = ("sent", "skipped", "failed")
UNKNOWN = "of another version"
"""What a row's error says while its message is none that this version knows: it is left alone, and holds nobody up."""
REASON_GONE = "its reason is gone"
"""Why a row is skipped whose message came out as None."""


def in_state(rows: Any, *states: str) -> ColumnElement[bool]:
    """Literals, not parameters: SQLite takes a partial index only for the very condition that made it."""
    literals: list[ColumnElement[str]] = [literal_column(f"'{state}'") for state in states]
    return cast(ColumnElement[bool], rows.c.state.in_(literals))


def place_of(connection: Connection, team_id: str, key: str) -> tuple[str, str] | None:
    """Channel and ts of a message that is out."""
    query = select(outbox.c.channel_id, outbox.c.ts).where(outbox.c.team_id == team_id, outbox.c.key == key)
    row = connection.execute(query).first()
    return (row.channel_id, row.ts) if row is not None and row.ts else None


@dataclass(slots=True)
class OutboxWriter:
    """Implements `domain.core.ports.Outbox`. `as_of` is the business time of the unit of work."""

    _connection: Connection
    _team_id: str
    _as_of: datetime
    _machine_now: Callable[[], datetime]
    _words: MessageWords
    written: int = 0
    late_since: datetime | None = None

    def say(
        self,
        message: Message,
        *,
        to: str,
        once: str,
        reply_to: str = "",
        thread_ts: str = "",
        after: str = "",
        urgency: Urgency | None = None,
    ) -> bool:
        if reply_to:
            parent = self._row(reply_to)
            if parent is None:
                return False
            to = parent.target
        if not to:
            raise ValueError(f"{once}: said to nobody")
        lane = f"{to}/{reply_to or thread_ts}" if reply_to or thread_ts else to
        return self._insert(
            message,
            key=once,
            action="post",
            target=to,
            thread_ts=thread_ts,
            lane=lane,
            waits_for=reply_to or after,
            in_thread=int(bool(reply_to)),
            urgency=urgency,
        )

    def whisper(self, message: Message, *, to: str, channel: str, once: str, after: str = "") -> bool:
        if not to:
            raise ValueError(f"{once}: said to nobody")
        return self._insert(
            message, key=once, action="whisper", target=channel or to, person=to, lane=f"@{to}", waits_for=after
        )

    def refresh(self, once: str, *, revive: bool = False) -> None:
        row = self._row(once, lock=True)  # locked: the worker cannot render it between this look and our commit
        if row is None or row.state == "ready":
            return
        if revive and row.state == "skipped" and row.error == REASON_GONE:
            self._revive(row)
            return
        lane = in_state(outbox, *WAITING), outbox.c.team_id == self._team_id, outbox.c.lane == row.lane  # by its index
        same = outbox.c.waits_for == once, outbox.c.action == "update", in_state(outbox, "ready")
        query = select(outbox.c.id).where(*lane, *same).limit(1)
        if self._connection.execute(query.with_for_update()).first() is None:  # locked, for the same reason
            self._again(row, "update")

    def pin(self, once: str) -> None:
        row = self._row(once)
        if row is not None:
            self._again(row, "pin")

    def waiting(self, target: str) -> int:
        query = select(func.count()).select_from(outbox)
        query = query.where(outbox.c.team_id == self._team_id, in_state(outbox, *WAITING))
        counted = self._connection.execute(query.where(outbox.c.target == target) if target else query)
        return int(counted.scalar_one())

    def posted(self, once: str) -> tuple[str, str] | None:
        return place_of(self._connection, self._team_id, once)

    def _again(self, row: Row[Any], action: str) -> None:
        self._insert(
            self._words.message(row.kind, row.about),
            key=f"{row.key}#{action}:{uuid4().hex}",
            action=action,
            target=row.target,
            lane=row.lane,
            waits_for=row.key,
            urgency=Urgency(row.urgency),
            late_since=row.late_since,
        )

    def _revive(self, row: Row[Any]) -> None:
        ready = {"state": "ready", "error": "", "settled_at": None, "not_before": self._machine_now()}
        self._connection.execute(update(outbox).where(outbox.c.id == row.id).values(ready))
        self.written += 1

    def _row(self, key: str, *, lock: bool = False) -> Row[Any] | None:
        query = select(outbox).where(outbox.c.team_id == self._team_id, outbox.c.key == key)
        return self._connection.execute(query.with_for_update() if lock else query).first()

    def _insert(
        self,
        message: Message,
        *,
        key: str,
        action: str,
        target: str,
        lane: str,
        person: str = "",
        thread_ts: str = "",
        waits_for: str = "",
        in_thread: int = 0,
        urgency: Urgency | None = None,
        late_since: datetime | None = None,
    ) -> bool:
        now = self._machine_now()
        kind, about = self._words.row(message)
        values = {
            "team_id": self._team_id,
            "key": key,
            "action": action,
            "kind": kind,
            "about": about,
            "target": target,
            "person": person,
            "thread_ts": thread_ts,
            "lane": lane,
            "waits_for": waits_for,
            "in_thread": in_thread,
            "urgency": int(message.urgency if urgency is None else urgency),
            "may_repeat": int(message.may_repeat),
            "as_of": self._as_of,
            "late_since": late_since or self.late_since,
            "state": "ready",
            "not_before": now,
            "created_at": now,
        }
        statement = inserting_unless_there(outbox, self._connection.dialect.name, "team_id", "key")
        inserted = self._connection.execute(statement, values).rowcount == 1
        self.written += inserted
        return inserted
