"""What each tick does: run what is due, and now and then throw away what is old."""

from datetime import UTC, datetime
from time import monotonic

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.logs import log
from bot.scheduling.runner import ScheduleRunner
from domain.core import NotSaved
from storage.housekeeping import tidy

FIRST_TIDY, TIDY_EVERY = 300.0, 3_600.0
"""Seconds; not in the first minutes, when there is enough to do."""


class Tick:
    """Called by the ticker."""

    def __init__(self, runner: ScheduleRunner, engine: Engine) -> None:
        self._runner = runner
        self._engine = engine
        self._next_tidy = monotonic() + FIRST_TIDY

    def __call__(self) -> None:
        self._runner.look()
        if monotonic() < self._next_tidy:
            return
        self._next_tidy = monotonic() + TIDY_EVERY
        try:
            deleted = tidy(self._engine, datetime.now(UTC))
        except (SQLAlchemyError, NotSaved) as error:
            log.warning("old rows could not be deleted; trying again in an hour", error=type(error).__name__)
        else:
            log.info("tidied", deleted=deleted)
