"""What is due, in all workspaces at once: one look at the index, however many workspaces and schedules there are."""

from collections.abc import Collection
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Engine, Select, bindparam, false, not_, or_, select

from domain.schedules.record import Schedule
from storage.caches.switch import built_once
from storage.tables import schedules
from storage.types import Instant

COLUMNS = tuple(field.name for field in fields(Schedule))


def due_schedules(engine: Engine, jobs: Collection[str], now: datetime) -> list[tuple[str, Schedule]]:
    """Workspace and schedule of all that is due at `now` (business time) and not held, the longest due first."""
    with engine.connect().execution_options(reading=True) as connection:
        rows = connection.execute(_due(), {"now": now, "jobs": list(jobs)}).all()
    return [(row.team_id, Schedule(**{name: getattr(row, name) for name in COLUMNS})) for row in rows]


@built_once
def _due() -> Select[Any]:
    """By a parameter, not by the database's clock: PostgreSQL uses no index for what changes with each row."""
    jobs: BindParameter[Any] = bindparam("jobs", expanding=True)
    now = bindparam("now", type_=Instant)
    due, held = schedules.c.next_due <= now, schedules.c.held_until > now
    return (
        select(schedules.c.team_id, *(schedules.c[name] for name in COLUMNS))
        .where(due, schedules.c.job.in_(jobs), schedules.c.paused == false())
        .where(or_(schedules.c.held_until.is_(None), not_(held)))
        .order_by(schedules.c.next_due, schedules.c.team_id, schedules.c.id)
    )
