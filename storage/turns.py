"""Whose turn it is in the outbox: urgency, the order of a lane, what waits for what, rates, and stopped targets.

Each query is built once (building this one costs more than running it); `moment` has its values.
"""

from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, exists, or_, select, true

from storage import rates
from storage.outbox import WAITING, in_state
from storage.tables import outbox, stops
from storage.types import Instant

FARTHEST = timedelta(hours=2)
"""Nothing is put off for so long: a later instant was written before the machine's clock was set back, and is past."""


def moment(now: datetime) -> dict[str, Any]:
    """The values of the queries' parameters at this moment."""
    return {"now": now, "farthest": now + FARTHEST, **rates.moment(now.timestamp())}


@cache
def anything() -> Select[Any]:
    """A query for any row that is due, or left behind; its turn may not have come."""
    waiting = and_(in_state(outbox, "ready", "unsure"), _past(outbox.c.not_before))
    return select(outbox.c.id).where(in_state(outbox, *WAITING), or_(waiting, left_behind())).limit(1)


def left_behind() -> ColumnElement[bool]:
    """Whether a row is held by a process that has not settled it in time: it died, most likely."""
    return and_(in_state(outbox, "sending"), _past(outbox.c.lease_until))


@cache
def next_row() -> Select[Any]:
    """A query for the row whose turn it is, with `trying`: it goes to a target that was stopped.

    The most urgent first; nothing whose lane has an earlier row, which waits for a row that is not settled (what is
    stopped holds up nobody), whose rate is used up, or whose target is stopped.
    """
    earlier, first = outbox.alias("earlier"), outbox.alias("first")
    lane_busy = exists().where(
        earlier.c.team_id == outbox.c.team_id,
        earlier.c.lane == outbox.c.lane,
        earlier.c.id < outbox.c.id,
        in_state(earlier, *WAITING),
        ~_stopped(earlier, stops.c.held),
    )
    waiting = exists().where(
        first.c.team_id == outbox.c.team_id,
        first.c.key == outbox.c.waits_for,
        in_state(first, *WAITING),
        ~_stopped(first, stops.c.held),
    )
    return (
        select(outbox, _stopped(outbox, stops.c.mended_at.is_(None)).label(name="trying"))
        .where(in_state(outbox, *WAITING), in_state(outbox, "ready", "unsure"), _past(outbox.c.not_before))
        .where(~lane_busy, ~waiting, ~_stopped(outbox, stops.c.held), ~rates.closed())
        .order_by(outbox.c.urgency, outbox.c.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=outbox)
    )


def _stopped(rows: Any, how: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether where the row goes, its action, or the whole workspace is stopped. A whisper can go to the person."""
    goes_to = case((rows.c.action == "whisper", rows.c.person), else_=rows.c.target)
    found = stops.c.target.in_((goes_to, rows.c.action, ""))
    return exists().where(stops.c.team_id == rows.c.team_id, found, how == true())


def _past(instant: ColumnElement[Any]) -> ColumnElement[bool]:
    return or_(instant <= bindparam("now", type_=Instant), instant > bindparam("farthest", type_=Instant))
