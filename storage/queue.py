"""Taking rows out of the outbox: one at a time, each lane in order, safe among replicas and across crashes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, Connection, Engine, Row, and_, exists, func, literal_column, or_, select, update

from domain.messages import Message
from storage.outbox import WAITING, message_of
from storage.tables import outbox

LEASE = timedelta(seconds=60)
UNSURE_WAIT = timedelta(seconds=30)
"""How long after a time-out before the channel is read back: longer than the client's time-out plus grace."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A row that this process may now carry out. `unsure`: an earlier attempt may have reached Slack."""

    id: int
    team_id: str
    key: str
    action: str
    message: Message
    target: str
    person: str
    thread_ts: str
    waits_for: str
    in_thread: bool
    may_repeat: bool
    as_of: datetime
    created_at: datetime
    attempts: int
    unsure: bool

    @property
    def token(self) -> str:
        """What our message carries in its metadata, to be found again."""
        return f"{self.id}"


class Queue:
    """The outbox from the worker's side. Machine time only."""

    def __init__(self, engine: Engine, owner: str, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._engine = engine
        self._owner = owner
        self._now = now

    def claim(self) -> Delivery | None:
        """The next row whose turn it is, marked as being sent before anything is sent. None when there is none."""
        while (row := self._take(self._now())) is not None:
            try:
                return _delivery(row)
            except (KeyError, ValueError):  # of another version, or written by hand: it must not hold its lane up
                self._change(row.id, row.attempts + 1, state="failed", settled_at=self._now(), error="cannot be read")
        return None

    def sent(self, delivery: Delivery, channel_id: str = "", ts: str = "") -> None:
        self._settle(delivery, "sent", channel_id=channel_id, ts=ts)

    def skipped(self, delivery: Delivery, why: str) -> None:
        self._settle(delivery, "skipped", error=why)

    def failed(self, delivery: Delivery, why: str) -> None:
        self._settle(delivery, "failed", error=why)

    def again(self, delivery: Delivery, after: timedelta, why: str, *, counts: bool = True) -> None:
        """It did not go out: its turn comes again after a while. What was unsure is no surer by that.

        `counts` False: it was no fault of the message, so that it is no attempt either.
        """
        state = "unsure" if delivery.unsure else "ready"
        attempts = delivery.attempts if counts else delivery.attempts - 1
        self._put_off(delivery, state, after, error=why, attempts=attempts)

    def doubt(self, delivery: Delivery, why: str, after: timedelta = UNSURE_WAIT) -> None:
        """Nobody can tell yet whether it went out."""
        self._put_off(delivery, "unsure", max(after, UNSURE_WAIT), error=why)

    def age(self, delivery: Delivery) -> timedelta:
        """How long ago it was said."""
        return self._now() - delivery.created_at

    def place_of(self, team_id: str, key: str) -> tuple[str, str] | None:
        """Channel and ts of a message that is out."""
        query = select(outbox.c.channel_id, outbox.c.ts).where(outbox.c.team_id == team_id, outbox.c.key == key)
        with self._engine.connect().execution_options(reading=True) as connection:
            row = connection.execute(query).first()
        return (row.channel_id, row.ts) if row is not None and row.ts else None

    def depth(self) -> dict[str, int]:
        """How many rows are in each state."""
        query = select(outbox.c.state, func.count()).group_by(outbox.c.state)
        with self._engine.connect().execution_options(reading=True) as connection:
            return {str(state): int(count) for state, count in connection.execute(query)}

    def failures(self, lately: timedelta) -> dict[str, int]:
        """How many rows failed in this last while, by their error, the most frequent first."""
        failed = outbox.c.state == "failed", outbox.c.settled_at > self._now() - lately
        query = select(outbox.c.error, func.count()).where(*failed).group_by(outbox.c.error)
        with self._engine.connect().execution_options(reading=True) as connection:
            counted = {str(error): int(count) for error, count in connection.execute(query)}
        return dict(sorted(counted.items(), key=lambda pair: -pair[1]))

    def _take(self, now: datetime) -> Row[Any] | None:
        """The next row as it was, now leased to this process. Looks without the write lock first."""
        with self._engine.connect().execution_options(reading=True) as connection:
            if not self._anything(connection, now):
                return None
        with self._engine.begin() as connection:
            self._doubt_expired(connection, now)
            row = connection.execute(_next_row(now)).first()
            if row is not None:
                lease = {"lease_owner": self._owner, "lease_until": now + LEASE}
                taken = {"state": "sending", "attempts": row.attempts + 1, **lease}
                connection.execute(update(outbox).where(outbox.c.id == row.id).values(**taken))
        return row

    def _anything(self, connection: Connection, now: datetime) -> bool:
        due = or_(
            and_(_in_state(outbox, "ready", "unsure"), outbox.c.not_before <= now),
            and_(_in_state(outbox, "sending"), outbox.c.lease_until < now),
        )
        query = select(outbox.c.id).where(_in_state(outbox, *WAITING), due).limit(1)
        return connection.execute(query).first() is not None

    def _doubt_expired(self, connection: Connection, now: datetime) -> None:
        """Rows of a process that died while sending: it is unsure whether they are out."""
        expired = and_(_in_state(outbox, *WAITING), _in_state(outbox, "sending"), outbox.c.lease_until < now)
        values = {"state": "unsure", "not_before": now, "error": "lease expired"}
        connection.execute(update(outbox).where(expired).values(**values))

    def _settle(self, delivery: Delivery, state: str, **values: Any) -> None:
        self._change(delivery.id, delivery.attempts, state=state, settled_at=self._now(), **values)

    def _put_off(self, delivery: Delivery, state: str, after: timedelta, **values: Any) -> None:
        self._change(delivery.id, delivery.attempts, state=state, not_before=self._now() + after, **values)

    def _change(self, row_id: int, attempt: int, **values: Any) -> None:
        """Only while this very attempt holds the row: who lost the lease, to another thread even, has no say."""
        held = and_(outbox.c.lease_owner == self._owner, outbox.c.attempts == attempt, outbox.c.state == "sending")
        with self._engine.begin() as connection:
            connection.execute(update(outbox).where(outbox.c.id == row_id, held).values(lease_until=None, **values))


def _next_row(now: datetime) -> Any:
    """Lowest urgency first; nothing whose lane has an earlier row, or which waits for a row that is not settled."""
    earlier, first = outbox.alias("earlier"), outbox.alias("first")
    lane_busy = exists().where(
        earlier.c.team_id == outbox.c.team_id,
        earlier.c.lane == outbox.c.lane,
        earlier.c.id < outbox.c.id,
        _in_state(earlier, *WAITING),
    )
    waiting = exists().where(
        first.c.team_id == outbox.c.team_id, first.c.key == outbox.c.waits_for, _in_state(first, *WAITING)
    )
    return (
        select(outbox)
        .where(_in_state(outbox, *WAITING), _in_state(outbox, "ready", "unsure"), outbox.c.not_before <= now)
        .where(~lane_busy, ~waiting)
        .order_by(outbox.c.urgency, outbox.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )


def _in_state(rows: Any, *states: str) -> ColumnElement[bool]:
    """Literals, not parameters: SQLite takes a partial index only for the very condition that made it."""
    literals: list[ColumnElement[str]] = [literal_column(f"'{state}'") for state in states]
    return cast(ColumnElement[bool], rows.c.state.in_(literals))


def _delivery(row: Row[Any]) -> Delivery:
    return Delivery(
        id=row.id,
        team_id=row.team_id,
        key=row.key,
        action=row.action,
        message=message_of(row.kind, row.about),
        target=row.target,
        person=row.person,
        thread_ts=row.thread_ts,
        waits_for=row.waits_for,
        in_thread=bool(row.in_thread),
        may_repeat=bool(row.may_repeat),
        as_of=row.as_of,
        created_at=row.created_at,
        attempts=row.attempts + 1,
        unsure=row.state == "unsure",
    )
