"""Taking rows out of the outbox: one at a time, each lane in order, safe among replicas and across crashes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any

from sqlalchemy import BindParameter, Connection, Engine, Row, Update, bindparam, func, select, update

from domain.core import Message
from storage.caches.switch import built_once
from storage.outbox import order, rates
from storage.outbox.clock_watch import ClockWatch
from storage.outbox.messages import MessageWords, UnknownMessage
from storage.outbox.outcomes import DeliveryResult
from storage.outbox.rates import SLACKS, RateLimits
from storage.outbox.writer import UNKNOWN, WAITING, in_state, place_of
from storage.tables import outbox

LEASE = timedelta(seconds=60)
LEFT_ALONE = timedelta(minutes=1)
"""How long nobody looks again at a message that this version does not know."""
RENEWED_AFTER = 1 / 6
"""Of a lease: what takes less than this much of it (ten seconds) is not worth a commit."""
UNSURE_WAIT = timedelta(seconds=30)
"""How long after a time-out before the channel is read back: longer than the client's time-out plus grace."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a row is left to who is sending it, and how long an unanswered post is given to arrive."""

    lease: timedelta = LEASE
    unsure: timedelta = UNSURE_WAIT


PATIENT = Patience()
PLACE = ("target", "person", "thread_ts", "waits_for")
AS_IN_ROW = ("id", "token", "team_id", "key", "action", *PLACE, "as_of", "late_since", "created_at")


@dataclass(frozen=True, slots=True)
class Delivery:
    """A row that this process may now carry out.

    `unsure`: an earlier attempt may have reached Slack; `trying`: Slack let nothing through to there, until lately.
    """

    id: int
    token: str
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
    late_since: datetime | None
    created_at: datetime
    attempts: int
    unsure: bool
    trying: bool
    repeats: bool = False  # it may be out already, and nobody can tell

    @property
    def conversation(self) -> str:
        """Where it has to get through: the channel, or the person that it is for."""
        return self.person or self.target

    @property
    def attempt(self) -> tuple[int, int]:
        """This very try: the row, and how often it was tried."""
        return self.id, self.attempts


class LeaseLost(Exception):
    """It took too long: another thread or process carries the row out."""


@dataclass
class Queue:
    """The outbox from the worker's side. Machine time only; `steady` is a clock that nobody sets."""

    engine: Engine
    words: MessageWords
    owner: str
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    patience: Patience = PATIENT
    limits: RateLimits = SLACKS
    steady: Callable[[], float] = monotonic

    def __post_init__(self) -> None:
        self._clock = ClockWatch(self.now, self.steady, self.patience.unsure)
        self._held: dict[tuple[int, int], float] = {}
        """The attempts that threads of this process make, and since when their lease is whole (steady time)."""

    def claim(self) -> Delivery | None:
        """The next row whose turn it is, marked as being sent before anything is sent. None when there is none."""
        while (row := self._take(self.now())) is not None:
            if (delivery := self._read(row)) is not None:
                return delivery
        return None

    def settle(self, delivery: Delivery, outcome: DeliveryResult) -> None:
        """Note what became of it, and let go of it."""
        with self.engine.connect().execution_options(single=outcome.closes is None) as connection, connection.begin():
            self._note(connection, delivery, outcome)
        self.let_go(delivery)

    def settle_and_claim(self, delivery: Delivery, outcome: DeliveryResult) -> Delivery | None:
        """Note what became of it, and claim the next row by the same commit: each costs as much as all the rest.

        It does not look for what a dead process left behind: let `claim` do that now and then.
        """
        try:
            with self.engine.begin() as connection:
                walking = self._note(connection, delivery, outcome)
                self.let_go(delivery)  # first: its own turn may come again at once
                row = self._lease_next(connection, self.now(), walking=walking)
        except _UsedUp:
            self.settle(delivery, outcome)
            return None
        return None if row is None else self._read(row)

    def hold(self, delivery: Delivery) -> None:
        """Before what takes long, and right before it goes out: make its lease whole, where some of it has run out.

        Raises LeaseLost when all of it has, and the row was taken up by another.
        """
        since = self._held.get(delivery.attempt)
        if since is not None and self.steady() - since < self.patience.lease.total_seconds() * RENEWED_AFTER:
            return
        since, longer = self.steady(), {"lease_until": self.now() + self.patience.lease}
        with self.engine.connect().execution_options(single=True) as connection, connection.begin():
            if not self._change(connection, delivery.attempt, longer):
                raise LeaseLost
        self._held[delivery.attempt] = since

    def let_go(self, delivery: Delivery) -> None:
        """This process does nothing more about it. Whoever settles it lets go of it, too."""
        self._held.pop(delivery.attempt, None)

    def age(self, delivery: Delivery) -> timedelta:
        """How long ago it was said."""
        return self.now() - delivery.created_at

    def too_early(self) -> timedelta:
        """How much longer a post that nobody answered may be on its way, for all that this process can tell.

        Its row waits by the machine's clock, which may have been set meanwhile.
        """
        return self._clock.settled_in()

    def next_turn(self) -> float | None:
        """Seconds until a rate lets the next one go; None when none is used up."""
        now = self.now().timestamp()
        with self.engine.connect().execution_options(reading=True) as connection:
            opening = rates.next_opening(connection, now)
        return None if opening is None else opening - now

    def release(self) -> None:
        """This process sends no more. What it did not come to the end of is looked up soon, by whoever is there."""
        mine = in_state(outbox, "sending"), outbox.c.lease_owner == self.owner
        values = {"state": "unsure", "lease_until": None, "not_before": self.now() + self.patience.unsure}
        with self.engine.begin() as connection:
            connection.execute(update(outbox).where(in_state(outbox, *WAITING), *mine).values(**values))

    def place_of(self, team_id: str, key: str) -> tuple[str, str] | None:
        """Channel and ts of a message that is out."""
        with self.engine.connect().execution_options(reading=True) as connection:
            return place_of(connection, team_id, key)

    def depth(self) -> dict[str, int]:
        """How many rows are in each state."""
        query = select(outbox.c.state, func.count()).group_by(outbox.c.state)
        with self.engine.connect().execution_options(reading=True) as connection:
            return {str(state): int(count) for state, count in connection.execute(query)}

    def failures(self, lately: timedelta) -> dict[str, int]:
        """How many rows failed in this last while, by their error, the most frequent first."""
        failed = in_state(outbox, "failed"), outbox.c.settled_at > self.now() - lately
        query = select(outbox.c.error, func.count()).where(*failed).group_by(outbox.c.error)
        with self.engine.connect().execution_options(reading=True) as connection:
            counted = {str(error): int(count) for error, count in connection.execute(query)}
        return dict(sorted(counted.items(), key=lambda pair: -pair[1]))

    def _take(self, now: datetime) -> Row[Any] | None:
        """The next row as it was, now leased to this process. Looks without the write lock first."""
        with self.engine.connect().execution_options(reading=True) as connection:
            due, left_behind = connection.execute(order.anything(), order.moment(now)).one()
        if not due and not left_behind:
            return None
        try:
            with self.engine.begin() as connection:
                if left_behind:
                    self._doubt_left_behind(connection, now)
                return self._lease_next(connection, now)
        except _UsedUp:
            return None

    def _lease_next(self, connection: Connection, now: datetime, *, walking: bool = False) -> Row[Any] | None:
        """Raises _UsedUp when another replica has just taken the last of a rate: then roll back."""
        if connection.dialect.name == "postgresql" and not walking:
            connection.execute(order.WALK)
        row = connection.execute(order.next_row(), order.moment(now)).first()
        if row is None:
            return None
        lease: dict[str, Any] = {"lease_owner": self.owner, "lease_until": now + self.patience.lease}
        lease |= {"row_id": row.id, "attempt": row.attempts + 1}
        buckets = self.limits.of(row.action, row.target)
        if not rates.take(connection, row.team_id, buckets, now.timestamp(), _taking(), lease):
            raise _UsedUp
        self._held[row.id, row.attempts + 1] = self.steady()  # before anybody can see the lease
        return row

    def _read(self, row: Row[Any]) -> Delivery | None:
        """None for what cannot be read: a message that another version knows is left to it, the rest is given up."""
        try:
            return _delivery(row, self.words.message(row.kind, row.about))
        except UnknownMessage:
            later = {"not_before": self.now() + LEFT_ALONE, "attempts": row.attempts, "error": UNKNOWN}
            self._put_away(row, {"state": "unsure" if row.state == "unsure" else "ready", **later})
        except ValueError:  # written by hand
            self._put_away(row, {"state": "failed", "settled_at": self.now(), "error": "cannot be read"})
        return None

    def _put_away(self, row: Row[Any], values: Mapping[str, Any]) -> None:
        attempt = row.id, row.attempts + 1
        with self.engine.connect().execution_options(single=True) as connection, connection.begin():
            self._change(connection, attempt, values)
        self._held.pop(attempt, None)

    def _doubt_left_behind(self, connection: Connection, now: datetime) -> None:
        """Rows of a process that died while sending: it is unsure whether they are out.

        What this process is sending right now is not among them, however far its clock was set on meanwhile.
        """
        lately = self.steady() - self.patience.lease.total_seconds()
        busy = [row_id for (row_id, _), since in list(self._held.items()) if since > lately]
        connection.execute(_doubting(), {"busy": busy, **order.moment(now)})

    def _note(self, connection: Connection, delivery: Delivery, outcome: DeliveryResult) -> bool:
        """Whether it was noted, and the transaction walks from then on."""
        now = self.now()
        if outcome.closes is not None:
            until = now + min(outcome.closes, timedelta(seconds=rates.FARTHEST / 2))
            rates.close(connection, delivery.team_id, delivery.action, until.timestamp())
        return self._change(connection, delivery.attempt, self._values(delivery, outcome, now))

    def _values(self, delivery: Delivery, outcome: DeliveryResult, now: datetime) -> dict[str, Any]:
        """The columns that say so."""
        if outcome.wait is None:
            place = {"channel_id": outcome.channel_id, "ts": outcome.ts} if outcome.state == "sent" else {}
            return {"state": outcome.state, "settled_at": now, "error": outcome.error, **place}
        doubted, counted = outcome.state == "unsure", delivery.attempts - (not outcome.counts)
        wait = max(outcome.wait, self.patience.unsure) if doubted else outcome.wait
        state = "unsure" if doubted or delivery.unsure else "ready"
        return {"state": state, "not_before": now + wait, "error": outcome.error, "attempts": counted}

    def _change(self, connection: Connection, attempt: tuple[int, int], values: Mapping[str, Any]) -> bool:
        """Only while this very attempt holds the row: who lost the lease, to another thread even, has no say."""
        held = {"row_id": attempt[0], "attempt": attempt[1], "owner": self.owner}
        changed = {f"new_{name}": value for name, value in values.items()}
        walks = connection.dialect.name == "postgresql"
        return connection.execute(_changing(tuple(values), walks), held | changed).rowcount == 1


class _UsedUp(Exception):
    """Nothing more may go for a moment."""


@built_once
def _taking() -> Update:
    """Statements that are run for each message are built once: it costs more than running them."""
    taken = {"state": "sending", "attempts": bindparam("attempt")}
    lease: dict[str, Any] = {"lease_owner": bindparam("lease_owner"), "lease_until": bindparam("lease_until")}
    return update(outbox).where(outbox.c.id == bindparam("row_id")).values(taken | lease)


@built_once
def _doubting() -> Update:
    busy: BindParameter[Any] = bindparam("busy", expanding=True)
    left = in_state(outbox, *WAITING), order.left_behind(), outbox.c.id.not_in(busy)
    return update(outbox).where(*left).values(state="unsure", not_before=bindparam("now"), error="lease expired")


@built_once
def _changing(names: tuple[str, ...], walks: bool) -> Any:
    """`walks`: the transaction then walks along the index, as after `order.WALK`, without a question of its own."""
    own = outbox.c.lease_owner == bindparam("owner"), outbox.c.attempts == bindparam("attempt")
    held = outbox.c.id == bindparam("row_id"), *own, in_state(outbox, "sending")
    changed: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
    changing = update(outbox).where(*held).values({"lease_until": None} | changed)
    return changing.returning(order.WALKING) if walks else changing


def _delivery(row: Row[Any], message: Message) -> Delivery:
    as_they_are: dict[str, Any] = {name: getattr(row, name) for name in AS_IN_ROW}
    return Delivery(
        **as_they_are,
        message=message,
        in_thread=bool(row.in_thread),
        may_repeat=bool(row.may_repeat),
        attempts=row.attempts + 1,
        unsure=row.state == "unsure",
        trying=bool(row.trying),
    )
