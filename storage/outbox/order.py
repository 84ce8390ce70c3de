"""The dispatch order of the outbox: urgency, the order of a lane, what waits for what, rates, and blocked destinations.

Each query is built once (building this one costs more than running it); `moment` has its values. The waiting rows are
walked in their order until one may go, and each condition is one look into an index, however long the backlog is.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, exists, func, or_, select, text, true

from storage.caches.switch import built_once
from storage.outbox import rates
from storage.outbox.writer import SETTLED, UNKNOWN, WAITING, in_state
from storage.tables import blocked, outbox
from storage.types import Instant

WALK = text("SET LOCAL enable_sort = off")
"""For PostgreSQL before `next_row`: by its statistics few rows ever wait, so in a backlog it would look at all of them
and sort them. Without sorting there is one way left, along the index of what waits."""
WALKING = func.set_config("enable_sort", "off", True)
"""The same as an expression, for a statement that is sent anyway."""
FARTHEST = timedelta(hours=2)
"""Nothing is put off for so long: a later instant was written before the machine's clock was set back, and is past."""


def moment(now: datetime) -> dict[str, Any]:
    """The values of the queries' parameters at this moment."""
    return {"now": now, "farthest": now + FARTHEST, **rates.moment(now.timestamp())}


@built_once
def anything() -> Select[bool, bool]:
    """A query that tells whether any row is due (its turn may not have come), and whether any is left behind."""
    waiting = and_(in_state(outbox, "ready", "unsure"), _past(outbox.c.not_before))
    due, left = (exists().where(in_state(outbox, *WAITING), which) for which in (waiting, left_behind()))
    return select(due.label(name="due"), left.label(name="left_behind"))


def left_behind() -> ColumnElement[bool]:
    """Whether a row is held by a process that has not settled it in time: it died, most likely."""
    return and_(in_state(outbox, "sending"), _past(outbox.c.lease_until))


@built_once
def next_row() -> Select[Any]:
    """A query for the row whose turn it is, with `trying`: it goes to a destination that was blocked.

    The most urgent first; nothing whose lane has an earlier row, which waits for a row that is not settled (what is
    blocked holds up nobody), whose rate is used up, or whose destination is blocked.
    """
    return (
        select(outbox, _is_blocked(outbox, blocked.c.mended_at.is_(None)).label(name="trying"))
        .where(in_state(outbox, *WAITING), in_state(outbox, "ready", "unsure"), _past(outbox.c.not_before))
        .where(~rates.closed(), ~_lane_busy(), ~_waiting(), ~_is_blocked(outbox, blocked.c.held))
        .order_by(outbox.c.urgency, outbox.c.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=outbox)
    )


def _lane_busy() -> ColumnElement[bool]:
    """Whether an earlier row of its lane, of a message that is known, is not settled.

    Ordered, so that PostgreSQL takes the index of lanes.
    """
    earlier = outbox.alias("earlier")
    same = earlier.c.team_id == outbox.c.team_id, earlier.c.lane == outbox.c.lane, earlier.c.id < outbox.c.id
    readable = earlier.c.error != UNKNOWN
    query = select(earlier.c.id).where(
        *same, in_state(earlier, *WAITING), readable, ~_is_blocked(earlier, blocked.c.held)
    )
    return exists(query.order_by(earlier.c.id).offset(0).correlate(outbox))


def _waiting() -> ColumnElement[bool]:
    """Whether the row that it waits for is not settled. Put so that no partial index fits, only that of keys."""
    first = outbox.alias("first")
    named = first.c.team_id == outbox.c.team_id, first.c.key == outbox.c.waits_for
    query = select(first.c.id).where(*named, ~in_state(first, *SETTLED), ~_is_blocked(first, blocked.c.held))
    return exists(query.offset(0).correlate(outbox))


def _is_blocked(rows: Any, how: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether where the row goes, its action, or the whole workspace is blocked. A whisper can go to the person."""
    goes_to = case((rows.c.action == "whisper", rows.c.person), else_=rows.c.target)
    named = blocked.c.target.in_((goes_to, rows.c.action, ""))
    here = select(blocked.c.id).where(blocked.c.team_id == rows.c.team_id, named, how == true())
    return exists(here.offset(0).correlate(rows))


def _past(instant: ColumnElement[Any]) -> ColumnElement[bool]:
    return or_(instant <= bindparam("now", type_=Instant), instant > bindparam("farthest", type_=Instant))
