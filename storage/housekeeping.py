"""Throwing away what nobody will ask for again, a little at a time. Machine time; any replica may do it, all too."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Engine, Table, and_, delete, or_, select, tuple_

from domain.core import Urgency
from storage.outbox.rates import FARTHEST
from storage.outbox.writer import in_state
from storage.tables import handled, outbox, rates

HANDLED_FOR = timedelta(hours=25)
"""Slack delivers again within ten minutes, with delayed events within 24 hours."""
OUTBOX_FOR = timedelta(days=90)
BATCH = 1_000
"""So many rows a transaction, so that no writer waits long."""


def tidy(engine: Engine, now: datetime) -> int:
    """Delete what is old; returns how many rows. What is out and may change (cards, say) keeps its place for ever."""
    return sum(_delete(engine, table, old) for table, old in _old(now))


def _old(now: datetime) -> Iterator[tuple[Table, ColumnElement[bool]]]:
    passing = or_(outbox.c.action != "post", outbox.c.urgency == int(Urgency.DIGEST), in_state(outbox, "skipped"))
    settled = outbox.c.settled_at < now - OUTBOX_FOR
    yield handled, handled.c.at < now - HANDLED_FOR
    yield outbox, and_(settled, in_state(outbox, "failed"))
    yield outbox, and_(settled, in_state(outbox, "sent", "skipped"), passing)
    yield rates, rates.c.open_at < now.timestamp() - FARTHEST


def _delete(engine: Engine, table: Table, old: ColumnElement[bool]) -> int:
    key = tuple_(*table.primary_key.columns)
    deleted = 0
    while True:
        with engine.connect().execution_options(reading=True) as connection:  # looking takes the longest
            rows = [
                tuple(row) for row in connection.execute(select(*table.primary_key.columns).where(old).limit(BATCH))
            ]
        if rows:
            with engine.begin() as connection:
                connection.execute(delete(table).where(key.in_(rows), old))
        deleted += len(rows)
        if len(rows) < BATCH:
            return deleted
