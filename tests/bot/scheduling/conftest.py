"""A house for each test, on each database."""

from collections.abc import Iterator

import pytest
from structlog.testing import capture_logs

from storage.unit_of_work import Database
from tests.bot.scheduling.house import House


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Tracebacks of jobs that fail on purpose take 0.1 s each to be drawn."""
    with capture_logs():
        yield


@pytest.fixture
def house(database: Database) -> House:
    return House(database)
