"""A desk with today's tables."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copy

import pytest

from tests.bot.inbound.desk import Desk


@pytest.fixture
def desk(upgraded_file: Path, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(copy(upgraded_file, tmp_path / "desk.db"))
    yield made
    made.database.engine.dispose()
    assert "failed" not in made.outcomes
