"""The day that a run plays on: set, or another one tomorrow; said, and the same for all its processes."""

import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.business_day import DAY, DAYS, SETTING, chosen, working_day

TODAY = date(2026, 11, 30)
SHOWS_IT = "from tests.business_day import DAY\ndef test_day():\n    assert str(DAY) == '2028-02-29'\n"


def test_each_day_of_the_list_has_its_turn() -> None:
    turns = [chosen(None, TODAY + timedelta(days=number)).isoformat() for number in range(len(DAYS))]
    assert sorted(turns) == sorted(DAYS)


def test_the_day_that_is_set_is_played_on_whatever_today_is() -> None:
    assert chosen("2028-02-29", TODAY) == date(2028, 2, 29)
    with pytest.raises(ValueError, match="out of range"):
        chosen("2026-11-31", TODAY)


def test_who_is_started_later_plays_on_the_same_day() -> None:
    assert os.environ[SETTING] == DAY.isoformat()


def test_a_run_says_its_day_first_and_how_to_repeat_it(tmp_path: Path) -> None:
    (tmp_path / "test_shown.py").write_text(SHOWS_IT)
    root = Path(__file__).parent.parent
    command = [sys.executable, "-m", "pytest", "-n", "1", "-c", root / "pyproject.toml", "-p", "tests.conftest"]
    environment = {**os.environ, "PYTHONPATH": str(root), SETTING: "2028-02-29"}
    ran = subprocess.run([*command, tmp_path], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout
    assert ran.stdout.splitlines()[0].endswith("29 February. GEMBA_TEST_DAY=2028-02-29 repeats it.")


@pytest.mark.parametrize(
    "weekday, count, expected",
    [
        pytest.param(2, 3, 7, id="from a Wednesday over a weekend"),
        pytest.param(4, 1, 7, id="from a Friday"),
        pytest.param(5, 1, 7, id="from a Saturday"),
        pytest.param(6, 5, 11, id="from a Sunday, a whole week"),
    ],
)
def test_working_days_pass_over_weekends(weekday: int, count: int, expected: int) -> None:
    monday = date(2026, 11, 23)
    assert working_day(count, monday + timedelta(days=weekday)) == monday + timedelta(days=expected)
