"""Whether values are heading anywhere, and when they cross their target."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from functools import reduce
from itertools import count

import pytest
from hypothesis import given, strategies as st

from domain.kpis.charts.trend import SIGNIFICANT, forecast, mann_kendall, trend
from domain.kpis.charts.xmr import Point
from domain.measures.targets import target
from tests.domain.kpis.charts.test_xmr import public, series

RISING = series([10, 11, 12, 13, 14, 15, 16, 17])  # by one a week; the last is for 22 February 2026


@pytest.mark.parametrize(
    "goal, day, misses",
    [
        pytest.param("≤19", date(2026, 3, 9), True, id="inside now, misses it: two weeks on, the day after"),
        pytest.param("≥19", date(2026, 3, 9), False, id="beyond it now, reaches it"),
        pytest.param("10–19", date(2026, 3, 9), True, id="inside a range, leaves it"),
        pytest.param("between 19 and 25", date(2026, 3, 9), False, id="before a range, comes into it"),
    ],
)
def test_at_this_pace(goal: str, day: date, misses: bool) -> None:
    ahead = forecast(RISING, target(goal))

    assert ahead is not None
    assert (ahead.day, ahead.misses, ahead.trend.points) == (day, misses, 8)


@pytest.mark.parametrize(
    "goal",
    [
        pytest.param("≤15", id="beyond it already, and leaving it further"),
        pytest.param("≥15", id="reached, and going on"),
        pytest.param("≤40", id="farther ahead than the values reach back: nobody can tell"),
        pytest.param("=19", id="an exact target is passed, not reached"),
    ],
)
def test_nothing_is_foretold(goal: str) -> None:
    assert forecast(RISING, target(goal)) is None


def test_seven_values_make_no_trend_and_of_many_the_last_26_do() -> None:
    assert trend(RISING[:7]) is None
    line = trend(series([*range(50, 0, -1), *range(26)]))
    assert line is not None
    assert (line.points, round(line.slope * 7, 9)) == (26, 1)


def test_what_is_no_number_makes_no_trend() -> None:
    assert trend(series([*range(7), "NaN"])) is None


def test_noise_and_constant_values_have_no_trend() -> None:
    assert trend(series([3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 2])) is None
    assert trend(series([5] * 20)) is None
    assert trend([]) is None


def test_one_wild_value_does_not_bend_the_line() -> None:
    line = trend(series([10, 11, 12, 999, 14, 15, 16, 17, 18, 19]))

    assert line is not None
    assert round(line.slope * 7, 9) == 1


def test_missing_weeks_do_not_bend_the_line() -> None:
    line = trend([point for week, point in enumerate(series(range(14))) if week not in (3, 4, 5, 9)])

    assert line is not None
    assert round(line.slope * 7, 9) == 1


@pytest.mark.parametrize(
    "name, newest, slope",
    [  # scipy.stats.theilslopes of SciPy 1.17.1, over days
        pytest.param("nile.csv", 46, -0.04809173369844258, id="the Nile, 1891–1916"),
        pytest.param("unemployment.csv", 60, 0.0014903129657228018, id="unemployment, November 2008 to 2010"),
    ],
)
def test_slopes_are_those_of_scipy(name: str, newest: int, slope: float) -> None:
    line = trend(public(name)[:newest])

    assert line is not None
    assert line.slope == pytest.approx(slope, rel=1e-12)


def test_nightingales_deaths_of_two_years_are_no_trend() -> None:
    assert trend(public("nightingale.csv")) is None, "they rose and fell; SciPy's exact Kendall test: p = 0.07"


@pytest.mark.parametrize("length", range(8, 27))
def test_the_approximation_decides_as_the_exact_distribution_does(length: int) -> None:
    """Kendall's S of a random order is a sum of independent inversions; its distribution is their convolution."""
    ways = reduce(_convolved, range(2, length + 1), Counter({0: 1}))
    total = sum(ways.values())
    deviation = (length * (length - 1) * (2 * length + 5) / 18) ** 0.5
    most = length * (length - 1) // 2
    needed = next(s for s in count() if (s - most) % 2 == 0 and (s - 1) / deviation > SIGNIFICANT)
    exact = 2 * sum(number for inversions, number in ways.items() if most - 2 * inversions >= needed) / total
    below = 2 * sum(number for inversions, number in ways.items() if most - 2 * inversions >= needed - 2) / total

    assert exact <= 0.051
    assert below > 0.049


@given(st.lists(st.integers(-99, 99).map(Decimal), min_size=8, max_size=26), st.integers(1, 999))
def test_another_unit_scales_the_slope_and_turning_it_round_turns_it(values: list[Decimal], factor: int) -> None:
    line, scaled, turned = (trend(series([way * value for value in values])) for way in (1, factor, -1))

    assert (line is None) == (scaled is None) == (turned is None)
    if line and scaled and turned:
        assert scaled.slope == pytest.approx(line.slope * factor)
        assert turned.slope == pytest.approx(-line.slope)


def test_ties_weaken_the_test() -> None:
    rising = [Decimal(n) for n in (1, 1, 2, 2, 3, 3, 4, 4)]

    # 24 pairs rise; variance (8·7·21 − 4·2·1·9) ÷ 18 = 61.3; (24 − 1) ÷ √61.3
    assert mann_kendall(rising) == pytest.approx(2.9368, abs=1e-4)


def _convolved(known: "Counter[int]", size: int) -> "Counter[int]":
    made: Counter[int] = Counter()
    for inversions, number in known.items():
        for further in range(size):
            made[inversions + further] += number
    return made


def test_periods_are_days_apart_whatever_they_are() -> None:
    monthly = [Point(date(2026, 1, 1) + timedelta(days=30 * n), Decimal(n)) for n in range(12)]

    line = trend(monthly)
    assert line is not None
    assert line.slope == pytest.approx(1 / 30)
