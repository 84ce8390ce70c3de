"""Counting the weeks of a period of local dates, both inclusive; week 1 begins on the first day."""

from datetime import date


def week_on(starts: date, ends: date, on: date) -> int:
    """The week that `on` lies in: 0 before the period, and its last week after it."""
    return max(0, (min(on, ends) - starts).days // 7 + 1)
