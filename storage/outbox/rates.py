"""How fast Slack lets us go: buckets in the database, so that all replicas keep to them together.

A bucket is one instant, `open_at`: before it nothing may go (GCRA, the leaky bucket as a meter, ITU-T I.371). Machine
time, in seconds since 1970.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Float,
    Update,
    and_,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.dialects import postgresql, sqlite

from storage.caches.switch import built_once
from storage.tables import outbox, rates

GRAIN = 0.001  # seconds: finer than floating-point numbers of this size add up
FARTHEST = 3600.0
"""Seconds. Nobody is made to wait longer: a bucket that opens later was written before the clock was set back."""


@dataclass(frozen=True, slots=True)
class RateLimit:
    """One every so many seconds in the long run, and a few at once after a rest."""

    seconds: float
    burst: int = 1


CHANNEL = RateLimit(1, burst=3)
"""Posts into one conversation: "about one a second, short bursts" (Slack, rate limits)."""
WORKSPACE: Mapping[str, RateLimit] = {
    "post": RateLimit(0.2, burst=10),  # "several hundred messages a minute" in a workspace
    "whisper": RateLimit(0.6, burst=10),  # chat.postEphemeral: tier 4, 100 a minute
    "update": RateLimit(1.2, burst=10),  # chat.update: tier 3, 50 a minute
    "pin": RateLimit(3, burst=5),  # pins.add: tier 2, 20 a minute
}
UNHURRIED = RateLimit(0)


@dataclass(frozen=True, slots=True)
class RateLimits:
    """What a workspace may do by action, and into one conversation."""

    workspace: Mapping[str, RateLimit]
    channel: RateLimit

    def of(self, action: str, target: str) -> list[tuple[str, RateLimit]]:
        """The buckets that a delivery takes from, by name."""
        overall = (action, self.workspace.get(action, UNHURRIED))
        return [overall, (target, self.channel)] if action == "post" else [overall]


SLACKS = RateLimits(WORKSPACE, CHANNEL)
NONE = RateLimits({}, UNHURRIED)


def moment(now: float) -> dict[str, float]:
    """The values of the parameters of `closed`."""
    return {"opening": now + GRAIN, "wrong": now + FARTHEST}


def closed() -> ColumnElement[bool]:
    """Whether a row of the outbox has to wait for one of its buckets at a `moment`."""
    own = and_(rates.c.team_id == outbox.c.team_id, rates.c.bucket.in_((outbox.c.action, outbox.c.target)))
    shut = rates.c.open_at > _number("opening"), rates.c.open_at < _number("wrong")
    return exists(select(rates.c.bucket).where(own, *shut).offset(0).correlate(outbox))  # a look a row, never a join


def take(
    connection: Connection,
    team_id: str,
    buckets: list[tuple[str, RateLimit]],
    now: float,
    then: Update,
    given: Mapping[str, Any],
) -> bool:
    """Take one from each bucket, and carry out `then`, which changes one row and has the values `given`.

    False when another replica has just taken the last of one: then roll back.
    """
    values: dict[str, Any] = {"team": team_id, "now": now + GRAIN, "farthest": now + FARTHEST, **given}
    for at, (bucket, limit) in enumerate(buckets):
        rested = now - (limit.burst - 1) * limit.seconds  # where the bucket of one stands who has long said nothing
        values |= {f"bucket_{at}": bucket, f"rested_{at}": rested, f"step_{at}": limit.seconds}
        values |= {f"first_{at}": rested + limit.seconds}
    if connection.dialect.name == "postgresql":  # over there each statement is a round trip
        return connection.execute(_taking_and(then, len(buckets)), values).rowcount == 1
    taken = connection.execute(_taking(connection.dialect.name, len(buckets)), values).rowcount
    return taken == len(buckets) and connection.execute(then, values).rowcount == 1


def close(connection: Connection, team_id: str, bucket: str, until: float) -> None:
    """Let nothing through before `until`: Slack said how long to wait."""
    values = {"team_id": team_id, "bucket": bucket, "open_at": until}
    connection.execute(_closing(connection.dialect.name), values)


def next_opening(connection: Connection, now: float) -> float | None:
    """When the next closed bucket opens; None when all are open."""
    query = select(func.min(rates.c.open_at)).where(rates.c.open_at > now + GRAIN, rates.c.open_at < now + FARTHEST)
    opening: float | None = connection.execute(query).scalar_one()
    return opening


@built_once
def _taking(dialect: str, count: int) -> Any:
    """One statement for all buckets: where one is closed by then, its row is not changed."""
    now, farthest, places = _number("now"), _number("farthest"), range(count)
    # not as VALUES: a statement of several rows is built anew each time, which takes longer than all the rest
    rows: list[Any] = [
        select(bindparam("team"), bindparam(f"bucket_{at}"), _number(f"first_{at}")).where(true()) for at in places
    ]
    rested, step = (_of_bucket([_number(f"{name}_{at}") for at in places]) for name in ("rested", "step"))
    drained = and_(rates.c.open_at > rested, rates.c.open_at < farthest)
    inserting = _inserting(dialect).from_select(["team_id", "bucket", "open_at"], union_all(*rows))
    upsert = inserting.on_conflict_do_update(
        index_elements=["team_id", "bucket"],
        set_={"open_at": case((drained, rates.c.open_at), else_=rested) + step},
        where=or_(rates.c.open_at <= now, rates.c.open_at >= farthest),
    )
    return upsert.execution_options(preserve_rowcount=True)


@built_once
def _taking_and(then: Update, count: int) -> Update:
    """The same, and `then` where all are taken. For PostgreSQL, which changes rows in a WITH clause too."""
    taken = _taking("postgresql", count).returning(rates.c.bucket).cte("taken")
    return then.where(select(func.count()).select_from(taken).scalar_subquery() == count)


def _of_bucket(values: list[BindParameter[float]]) -> ColumnElement[float]:
    """The value of the bucket whose row it is, of one for each bucket."""
    chosen = [(rates.c.bucket == bindparam(f"bucket_{at}"), value) for at, value in enumerate(values)]
    return case(*chosen)


@built_once
def _closing(dialect: str) -> Any:
    made = _inserting(dialect)
    until = made.excluded.open_at
    longer = and_(rates.c.open_at > until, rates.c.open_at < until + FARTHEST)
    later = case((longer, rates.c.open_at), else_=until)
    return made.on_conflict_do_update(index_elements=["team_id", "bucket"], set_={"open_at": later})


def _number(name: str) -> BindParameter[float]:
    return bindparam(name, type_=Float)


def _inserting(dialect: str) -> Any:
    return postgresql.insert(rates) if dialect == "postgresql" else sqlite.insert(rates)
