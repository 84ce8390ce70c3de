"""Which period a value is for, and when one is missing."""

from datetime import date

import pytest

from domain.calendars.working_days import calendar_of
from domain.kpis.record import Frequency
from domain.kpis.values.periods import missing_period, period_end

DAILY, WEEKLY, MONTHLY, QUARTERLY = Frequency.DAILY, Frequency.WEEKLY, Frequency.MONTHLY, Frequency.QUARTERLY


@pytest.mark.parametrize(
    "day, frequency, end",
    [
        pytest.param("2026-11-25", Frequency.REAL_TIME, "2026-11-25", id="real time: the day"),
        pytest.param("2026-11-25", DAILY, "2026-11-25", id="daily: the day"),
        pytest.param("2026-11-23", WEEKLY, "2026-11-29", id="weekly: Monday's week ends on Sunday"),
        pytest.param("2026-11-29", WEEKLY, "2026-11-29", id="weekly: Sunday itself"),
        pytest.param("2026-11-01", MONTHLY, "2026-11-30", id="monthly"),
        pytest.param("2026-12-31", MONTHLY, "2026-12-31", id="monthly: December"),
        pytest.param("2028-02-03", MONTHLY, "2028-02-29", id="monthly: a leap year"),
        pytest.param("2026-01-01", QUARTERLY, "2026-03-31", id="quarterly: the first"),
        pytest.param("2026-11-25", QUARTERLY, "2026-12-31", id="quarterly: the last"),
    ],
)
def test_the_end_of_the_period_that_a_day_lies_in(day: str, frequency: Frequency, end: str) -> None:
    assert period_end(date.fromisoformat(day), frequency) == date.fromisoformat(end)


@pytest.mark.parametrize(
    "frequency, latest, today, missing",
    [
        pytest.param(DAILY, "2026-11-20", "2026-11-23", None, id="daily: Friday's is there on Monday"),
        pytest.param(DAILY, "2026-11-19", "2026-11-23", None, id="daily: Friday's may still come on Monday"),
        pytest.param(DAILY, "2026-11-19", "2026-11-24", "2026-11-20", id="daily: on Tuesday Friday's is late"),
        pytest.param(DAILY, "2026-11-19", "2026-11-22", None, id="daily: nobody is asked at the weekend"),
        pytest.param(WEEKLY, "2026-11-15", "2026-11-24", None, id="weekly: two working days of grace"),
        pytest.param(WEEKLY, "2026-11-15", "2026-11-25", "2026-11-22", id="weekly: on Wednesday it is late"),
        pytest.param(WEEKLY, "2026-11-18", "2026-11-25", None, id="weekly: any day of the week stands for it"),
        pytest.param(WEEKLY, "2026-10-04", "2026-11-25", "2026-11-22", id="weekly: only the newest is asked for"),
        pytest.param(MONTHLY, "2026-09-30", "2026-11-06", None, id="monthly: five working days of grace"),
        pytest.param(MONTHLY, "2026-09-30", "2026-11-09", "2026-10-31", id="monthly: then it is late"),
        pytest.param(MONTHLY, "2026-11-30", "2027-01-11", "2026-12-31", id="monthly: over the year's end"),
        pytest.param(QUARTERLY, "2026-06-30", "2026-10-07", None, id="quarterly: still in grace"),
        pytest.param(QUARTERLY, "2026-06-30", "2026-10-08", "2026-09-30", id="quarterly: then it is late"),
        pytest.param(WEEKLY, "2026-11-29", "2026-11-25", None, id="a value ahead of its time is no miss"),
    ],
)
def test_a_value_is_missing(frequency: Frequency, latest: str, today: str, missing: str | None) -> None:
    found = missing_period(date.fromisoformat(latest), date.fromisoformat(today), frequency, calendar_of(""))
    assert found == (date.fromisoformat(missing) if missing else None)


def test_a_holiday_of_a_week_leaves_time() -> None:
    china, latest, days = calendar_of("CN"), date(2026, 9, 20), range(1, 12)
    asked = {n: missing_period(latest, date(2026, 10, n), WEEKLY, china) for n in days}
    assert {n for n in days if asked[n] == date(2026, 9, 27)} == set(range(1, 10)), "the Sunday before the holiday"
    assert asked[10] == date(2026, 10, 4), "two working days later, the Saturday that is made up"
