"""A worker at its desk."""

from collections.abc import Iterator

import pytest
from structlog.testing import capture_logs

from storage.unit_of_work import Database
from tests.bot.delivery.desk import Desk, FakeSlack


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Tracebacks of what fails on purpose take 0.1 s each to be drawn."""
    with capture_logs():
        yield


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database, FakeSlack())
