"""Days behind a value."""

from datetime import date

import pytest

from domain.core import UserError
from domain.text.typed_days import split_day

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    "text, rest, day",
    [
        ("2.8 days 2026-11-20", "2.8 days", date(2026, 11, 20)),
        ("2.8 2026/11/20", "2.8", date(2026, 11, 20)),
        ("2.8 days 20.11.", "2.8 days", date(2026, 11, 20)),
        ("2.8 20.11.2025", "2.8", date(2025, 11, 20)),
        ("2.8 days yesterday", "2.8 days", date(2026, 11, 22)),
        ("2.8 Today", "2.8", MONDAY),
        ("2.8天 昨天", "2.8天", date(2026, 11, 22)),
        ("2.8天昨天", "2.8天", date(2026, 11, 22)),
        ("2.8天11月20日", "2.8天", date(2026, 11, 20)),
        ("96% 2026年11月20日", "96%", date(2026, 11, 20)),
        ("2.8 days 20 Nov", "2.8 days", date(2026, 11, 20)),
        ("2.8 days November 20, 2025", "2.8 days", date(2025, 11, 20)),
        pytest.param("2.8 24.12.", "2.8", date(2025, 12, 24), id="without a year it is never in the future"),
    ],
)
def test_a_day_is_taken_off_the_end(text: str, rest: str, day: date) -> None:
    assert split_day(text, MONDAY) == (rest, (day,), True)


@pytest.mark.parametrize("text", ["2.8", "2.8 days", "3,5", "1 234.56", "2.8天", "95 of 100"])
def test_a_value_alone_has_no_day(text: str) -> None:
    assert split_day(text, MONDAY) == (text, (), True)


@pytest.mark.parametrize(
    "text, days",
    [
        ("2.8 3/4", (date(2026, 3, 4), date(2026, 4, 3))),
        pytest.param("2.8 11/20", (date(2026, 11, 20),), id="one reading, but not how everybody writes it: asked"),
        ("2.8 5/5/2026", (date(2026, 5, 5),)),
        ("2.8 20.11", (date(2026, 11, 20),)),
    ],
)
def test_a_day_that_can_be_read_in_two_ways_is_not_decided(text: str, days: tuple[date, ...]) -> None:
    assert split_day(text, MONDAY) == ("2.8", days, False)


@pytest.mark.parametrize("text", ["2.8 2026-13-01", "2.8 31.02.", "2.8 44/55"])
def test_a_day_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(UserError):
        split_day(text, MONDAY)
