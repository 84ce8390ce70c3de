"""Figures about the records for whoever watches over the bot: numbers alone, nothing of what anybody wrote."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, false, func, select

from storage.outbox.writer import WAITING, in_state
from storage.tables import blocked, outbox, schedules


@dataclass(frozen=True, slots=True)
class Depth:
    """How many rows of the outbox are in a state, and since when the oldest of them waits (machine time)."""

    rows: int
    oldest: datetime | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """The state of the records at one moment."""

    outbox: dict[str, Depth]
    late: dict[str, int]
    blocked: dict[str, int]


def readable(engine: Engine) -> None:
    """Read a row of ours. Raises SQLAlchemyError when the database cannot be read."""
    with engine.connect().execution_options(reading=True) as connection:
        connection.execute(select(outbox.c.id).limit(1)).first()


def figures(engine: Engine, *, late_since: datetime) -> Figures:
    """The outbox but for what is sent or skipped; what is blocked; schedules due before `late_since` (business)."""
    counted = select(outbox.c.state, func.count(), func.min(outbox.c.created_at)).group_by(outbox.c.state)
    waiting, failed = counted.where(in_state(outbox, *WAITING)), counted.where(in_state(outbox, "failed"))
    overdue = (
        select(schedules.c.job, func.count())
        .where(schedules.c.next_due < late_since, schedules.c.paused == false())
        .group_by(schedules.c.job)
    )
    refused = select(blocked.c.error, func.count()).where(blocked.c.mended_at.is_(None)).group_by(blocked.c.error)
    with engine.connect().execution_options(reading=True) as connection:
        depths = {state: Depth(0) for state in (*WAITING, "failed")}
        for query in (waiting, failed):
            depths |= {state: Depth(rows, oldest) for state, rows, oldest in connection.execute(query)}
        late = {job: rows for job, rows in connection.execute(overdue)}  # noqa: C416  a Row is no tuple to mypy
        blocked_by_error = {error: rows for error, rows in connection.execute(refused)}  # noqa: C416
    return Figures(depths, late, blocked_by_error)
