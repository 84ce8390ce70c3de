"""The day that scenarios play on: another one on each day of the run, so that no test leans on the calendar.

`GEMBA_TEST_DAY=2028-02-29` sets it; every process of a run plays on the same one.
"""

import os
from datetime import UTC, date, datetime, time, timedelta

SETTING = "GEMBA_TEST_DAY"
DAYS = {
    "2026-11-25": "an ordinary Wednesday",
    "2026-11-21": "a Saturday",
    "2026-12-31": "the last day of a year",
    "2027-03-26": "the Friday before clocks go forward in Europe",
    "2026-10-25": "the Sunday on which clocks go back in Europe",
    "2028-02-29": "29 February",
    "2026-10-10": "a Saturday that China works, to make up for its holidays",
    "2026-02-18": "a Wednesday in China's Spring Festival",
}
"""Make-up days of China are known for 2025 and 2026 only."""


def chosen(setting: str | None, today: date) -> date:
    """The day that is set, or one of the list, the next one tomorrow. Raises ValueError for what is no date."""
    return date.fromisoformat(setting or list(DAYS)[today.toordinal() % len(DAYS)])


DAY = chosen(os.environ.get(SETTING), datetime.now(UTC).date())
os.environ[SETTING] = DAY.isoformat()  # for the workers that this process starts, also after midnight

NOW = datetime.combine(DAY, time(8, 30), UTC)
MONDAY = NOW - timedelta(days=DAY.weekday())
"""Of the same week, for what happens on days of the week: it meets the day on its way."""


def day(after_monday: int) -> date:
    """`day(0)` is that Monday, `day(-4)` the Thursday before it."""
    return MONDAY.date() + timedelta(days=after_monday)


def working_day(count: int, after: date = DAY) -> date:
    """The `count`-th day from Monday to Friday after a day."""
    for _ in range(count):
        after += timedelta(days=7 - after.weekday() if after.weekday() > 3 else 1)
    return after


def english(value: date) -> str:
    """As messages write a day: Mon, Nov 23."""
    return f"{value:%a, %b} {value.day}"


def chinese(value: date) -> str:
    """As messages write a day: 11月23日周一."""
    return f"{value.month}月{value.day}日周{'一二三四五六日'[value.weekday()]}"


def headline() -> str:
    """For the head of a run."""
    what = DAYS.get(DAY.isoformat(), "set by hand")
    return f"Business time is {DAY:%A} {DAY}, {what}. {SETTING}={DAY} repeats it."
