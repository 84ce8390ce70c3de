"""What is due, in all workspaces at once: one look at the index, however many workspaces and schedules there are."""

from collections.abc import Collection
from dataclasses import fields
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Engine, Select, bindparam, false, select

from domain.records.ledger import Schedule
from storage.tables import schedules
from storage.types import Instant

COLUMNS = tuple(field.name for field in fields(Schedule))


def due_schedules(engine: Engine, jobs: Collection[str], now: datetime) -> list[tuple[str, Schedule]]:
    """Workspace and schedule of all that is due at `now` (business time), the longest due first."""
    with engine.connect().execution_options(reading=True) as connection:
        rows = connection.execute(_due(), {"now": now, "jobs": list(jobs)}).all()
    return [(row.team_id, Schedule(**{name: getattr(row, name) for name in COLUMNS})) for row in rows]


@cache
def _due() -> Select[Any]:
    """By a parameter, not by the database's clock: that would not use the index (FINDINGS §2.3)."""
    jobs: BindParameter[Any] = bindparam("jobs", expanding=True)
    due = schedules.c.next_due <= bindparam("now", type_=Instant)
    return (
        select(schedules.c.team_id, *(schedules.c[name] for name in COLUMNS))
        .where(due, schedules.c.job.in_(jobs), schedules.c.paused == false())
        .order_by(schedules.c.next_due, schedules.c.team_id, schedules.c.id)
    )
