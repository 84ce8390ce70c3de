"""Working days: China's make-up days (调休) as the State Council set them, other countries as their law has it."""

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given, strategies as st

from domain.calendars.working_days import WorkingCalendar, calendar_of, start_of_week

CHINA, ANYWHERE = calendar_of("CN"), calendar_of("")
MADE_UP = [
    "2025-01-26",
    "2025-02-08",
    "2025-04-27",
    "2025-09-28",
    "2025-10-11",
    "2026-01-04",
    "2026-02-14",
    "2026-02-28",
    "2026-05-09",
    "2026-09-20",
    "2026-10-10",
]
"""As the State Council announced them in November 2024 and November 2025."""
DAYS = st.dates(date(2016, 1, 1), date(2039, 12, 31))


def day(text: str) -> date:
    return date.fromisoformat(text)


def days_of(year: int) -> list[date]:
    return [date(year, 1, 1) + timedelta(days=ahead) for ahead in range(366) if (year % 4 == 0) or ahead < 365]


@pytest.mark.parametrize("made_up", MADE_UP)
def test_people_in_china_work_on_make_up_days(made_up: str) -> None:
    assert day(made_up).weekday() >= 5 and CHINA.is_working(day(made_up))


@pytest.mark.parametrize("year", [2025, 2026])
def test_on_no_other_day_at_a_weekend(year: int) -> None:
    worked = [one for one in days_of(year) if one.weekday() >= 5 and CHINA.is_working(one)]
    assert [one.isoformat() for one in worked] == [one for one in MADE_UP if one.startswith(str(year))]


def test_china_works_248_days_in_2026() -> None:
    assert sum(map(CHINA.is_working, days_of(2026))) == 248


@pytest.mark.parametrize("country", ["CN", "DE", "US", "GB", "JP", "BR", "SA", "IL"])
def test_every_day_of_two_years_is_as_the_library_says(country: str) -> None:
    calendar, library = calendar_of(country), holidays.country_holidays(country)
    differing = [
        one for year in (2025, 2026) for one in days_of(year) if calendar.is_working(one) != library.is_working_day(one)
    ]
    assert differing == []


@pytest.mark.parametrize("country", [pytest.param("", id="none set"), pytest.param("XX", id="not known")])
def test_without_a_country_people_work_from_monday_to_friday(country: str) -> None:
    calendar = calendar_of(country)
    assert all(calendar.is_working(one) == (one.weekday() < 5) for one in days_of(2026))


@pytest.mark.parametrize(
    "calendar, start, count, end",
    [
        pytest.param(ANYWHERE, "2026-11-23", 3, "2026-11-26", id="Monday and three days: Thursday"),
        pytest.param(ANYWHERE, "2026-11-27", 1, "2026-11-30", id="Friday and a day: Monday"),
        pytest.param(ANYWHERE, "2026-11-28", 1, "2026-11-30", id="Saturday and a day: Monday"),
        pytest.param(CHINA, "2026-09-18", 1, "2026-09-20", id="Friday and a day: the Sunday that is made up"),
        pytest.param(CHINA, "2026-09-30", 1, "2026-10-08", id="over the National Day holiday"),
        pytest.param(CHINA, "2026-09-30", 3, "2026-10-10", id="to the Saturday that is made up"),
        pytest.param(CHINA, "2026-02-13", 2, "2026-02-24", id="over the Spring Festival"),
        pytest.param(calendar_of("DE"), "2026-12-23", 2, "2026-12-28", id="over Christmas in Germany"),
    ],
)
def test_the_nth_working_day_after_a_day(calendar: WorkingCalendar, start: str, count: int, end: str) -> None:
    assert calendar.after(day(start), count) == day(end)


@pytest.mark.parametrize(
    "calendar, start, count, end",
    [
        pytest.param(ANYWHERE, "2026-11-23", 1, "2026-11-20", id="the day before Monday is Friday"),
        pytest.param(ANYWHERE, "2026-11-22", 2, "2026-11-19", id="Sunday, two days back"),
        pytest.param(CHINA, "2026-09-21", 1, "2026-09-20", id="the Sunday that is made up"),
        pytest.param(CHINA, "2026-10-08", 1, "2026-09-30", id="back over the National Day holiday"),
    ],
)
def test_the_nth_working_day_before_a_day(calendar: WorkingCalendar, start: str, count: int, end: str) -> None:
    assert calendar.before(day(start), count) == day(end)


@pytest.mark.parametrize(
    "calendar, start, end, count",
    [
        pytest.param(ANYWHERE, "2026-11-20", "2026-11-23", 1, id="from Friday to Monday"),
        pytest.param(ANYWHERE, "2026-11-23", "2026-11-23", 0, id="the same day"),
        pytest.param(ANYWHERE, "2026-11-23", "2026-11-20", 0, id="backwards"),
        pytest.param(ANYWHERE, "2026-11-21", "2026-11-22", 0, id="a weekend"),
        pytest.param(CHINA, "2026-09-18", "2026-09-21", 2, id="with a Sunday that is made up"),
        pytest.param(CHINA, "2026-09-30", "2026-10-08", 1, id="over the National Day holiday"),
    ],
)
def test_how_many_working_days_lie_between(calendar: WorkingCalendar, start: str, end: str, count: int) -> None:
    assert calendar.between(day(start), day(end)) == count


@given(DAYS, st.integers(1, 60))
def test_going_there_and_counting_agree(start: date, count: int) -> None:
    end = CHINA.after(start, count)
    assert CHINA.is_working(end) and CHINA.between(start, end) == count
    assert not CHINA.is_working(start) or CHINA.before(end, count) == start


def test_a_week_starts_on_monday() -> None:
    assert {start_of_week(day(f"2026-11-{number}")) for number in range(23, 30)} == {day("2026-11-23")}
