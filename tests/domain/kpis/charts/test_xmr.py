"""When a chart says that something has changed, and when it is silent."""

import csv
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from domain.kpis.charts.xmr import Chart, Episode, Point, Rule, chart
from domain.kpis.record import Signals

DATA = Path("benchmarks/data")
STEADY = (9, 11, 9, 11, 10, 9, 11, 10, 9, 11, 10, 10)  # mean 10, mean moving range 15 ÷ 11: limits 10 ± 3.63
NUMBERS = st.integers(-999, 999).map(Decimal)


def series(values: Sequence[object]) -> list[Point]:
    return [Point(date(2026, 1, 4) + timedelta(weeks=week), Decimal(str(n))) for week, n in enumerate(values)]


def of(*further: object, rules: Signals = Signals.DEFAULT) -> list[Episode]:
    """The changes seen in twelve steady values and these."""
    return list(chart(series([*STEADY, *further]), rules).episodes)


def shown(drawn: Chart) -> list[tuple[str, str, str, str]]:
    ways = {True: "up", False: "down"}
    days = [point.period.isoformat()[:7] for point in drawn.points]
    return [(seen.rule.value, ways[seen.up], days[seen.start], days[seen.seen]) for seen in drawn.episodes]


def public(name: str) -> list[Point]:
    with (DATA / name).open() as file:
        return [Point(date.fromisoformat(row["period"]), Decimal(row["value"])) for row in csv.DictReader(file)]


@pytest.mark.parametrize(
    "further, rules, expected",
    [
        pytest.param([13.5], "default", [], id="inside of the limits: nothing"),
        pytest.param([14], "default", [("outside", 12, 12)], id="above the upper limit"),
        pytest.param([6], "default", [("outside", 12, 12)], id="below the lower limit"),
        pytest.param([11] * 7, "default", [], id="seven on one side are not eight"),
        pytest.param([11] * 8, "default", [("run", 12, 19)], id="eight on one side"),
        pytest.param([11] * 7, "nhs", [("run", 12, 18)], id="of which the four rules need seven only"),
        pytest.param([14, 14, 11, 14], "default", [("outside", 12, 12)], id="it goes on: not said again"),
        pytest.param([14, 9, 14], "default", [("outside", 12, 12), ("outside", 14, 14)], id="back, and out again"),
        pytest.param([14, 6], "default", [("outside", 12, 12), ("outside", 13, 13)], id="out on the other side"),
        pytest.param([13.4, 13.4], "default", [], id="two near a limit"),
        pytest.param([13.4, 9, 13.4], "nhs", [("near", 12, 14)], id="two of three near a limit, by the four rules"),
        pytest.param([13.4, 13.4], "nhs", [("near", 12, 13)], id="two of two near a limit"),
        pytest.param([13.4, 9, 6.6], "nhs", [], id="near both limits is near neither"),
        pytest.param([8.5, 9, 9.3, 10.2, 10.4, 10.6, 10.9], "nhs", [("trend", 12, 18)], id="seven that rise"),
        pytest.param([8.5, 9, 9.3, 10.2, 10.4, 10.6, 10.9], "default", [], id="which the default does not look for"),
        pytest.param([8.5, 9, 9.3, 10.2, 10.2, 10.6, 10.9], "nhs", [], id="two equal ones break it"),
    ],
)
def test_what_a_chart_sees_after_twelve_steady_values(
    further: list[float], rules: str, expected: list[tuple[str, int, int]]
) -> None:
    found = of(*further, rules=Signals(rules))

    assert [(episode.rule.value, episode.start, episode.seen) for episode in found] == expected


def test_limits_are_the_mean_and_2_66_moving_ranges() -> None:
    (span,) = chart(series(STEADY)).spans

    assert span.limits is not None
    assert span.limits.centre == 10
    assert round(span.limits.upper - 10, 6) == round(Decimal("2.66") * 15 / 11, 6)
    assert round(span.limits.centre - span.limits.lower, 20) == round(span.limits.upper - span.limits.centre, 20)


def test_a_value_on_a_limit_is_inside_of_it_in_any_unit() -> None:
    # Twelve values with moving ranges of 1: the limit is exactly 2.66 from their centre.
    base = [Decimal(n % 2) for n in range(12)]
    limit = Decimal("0.5") + Decimal("2.66")

    for unit in (Decimal(1), Decimal("0.001"), Decimal(1) / 8, Decimal("1e20")):
        on_it = [value * unit for value in [*base, limit]]
        beyond = [value * unit for value in [*base, limit + Decimal("1e-9")]]
        assert chart(series(on_it)).episodes == []
        assert [episode.rule for episode in chart(series(beyond)).episodes] == [Rule.OUTSIDE]


def test_below_twelve_values_nothing_is_said_and_how_many_are_missing_is() -> None:
    drawn = chart(series([1, 99, 1, 99, 500, 1, 1, 1, 1, 1, 1]))

    assert drawn.episodes == []
    assert drawn.spans[0].limits is None
    assert drawn.missing == 1


def test_the_first_twenty_values_make_the_limits_and_later_ones_do_not() -> None:
    early = chart(series([9, 11] * 10)).spans[0].limits

    assert chart(series([9, 11] * 10 + [50] * 30)).spans[0].limits == early
    assert chart(series([9, 11] * 8 + [12] * 4)).spans[0].limits != early
    assert chart(series([9, 11] * 8 + [50] * 9)).spans == chart(series([9, 11] * 8 + [99] * 9)).spans, (
        "none from a change on"
    )


def test_a_constant_series_has_no_run_and_the_first_other_value_is_a_change() -> None:
    assert of() == chart(series([5] * 30)).episodes == []
    assert [episode.rule for episode in chart(series([5] * 30 + [6])).episodes] == [Rule.OUTSIDE]


def test_a_chart_that_a_person_bases_anew_judges_by_the_values_from_there() -> None:
    points = series([9, 11] * 10 + [19, 21] * 10)

    assert chart(points).now is not None
    based = chart(points, based=[points[20].period])
    assert [episode.start for episode in based.episodes] == []
    assert [(span.start, span.end) for span in based.spans] == [(0, 20), (20, 40)]
    assert chart(points, based=[date(2030, 1, 1)]).spans == chart(points).spans, "a day after all values"


def test_the_nile_the_fall_of_1898_is_seen_in_1906_and_by_the_four_rules_in_1905() -> None:
    flow = public("nile.csv")

    assert shown(chart(flow))[0] == ("run", "down", "1899-12", "1906-12")
    assert ("run", "down", "1899-12", "1905-12") in shown(chart(flow, Signals.NHS))


def test_the_nile_based_anew_in_1899_shows_the_drought_of_1913_alone() -> None:
    rebased = chart(public("nile.csv"), based=[date(1899, 1, 1)])

    assert [(seen.rule, rebased.points[seen.seen].period.year) for seen in rebased.episodes] == [(Rule.OUTSIDE, 1913)]


def test_unemployment_leaves_its_range_in_december_2007_the_month_the_recession_began() -> None:
    assert shown(chart(public("unemployment.csv"))) == [("outside", "up", "2007-12", "2007-12")]


def test_deaths_in_the_crimea_the_sanitary_commission_of_march_1855_shows_in_november() -> None:
    assert shown(chart(public("nightingale.csv"))) == [("run", "down", "1855-04", "1855-11")]


@given(st.lists(NUMBERS, max_size=60), st.integers(1, 10_000), NUMBERS, st.sampled_from([Signals.DEFAULT, Signals.NHS]))
def test_another_unit_and_another_zero_change_nothing(
    values: list[Decimal], factor: int, shift: Decimal, rules: Signals
) -> None:
    scale = Decimal(factor) / 1000

    moved = chart(series([value * scale + shift for value in values]), rules)
    assert moved.episodes == chart(series(values), rules).episodes


@given(st.lists(NUMBERS, max_size=60), st.sampled_from([Signals.DEFAULT, Signals.NHS]))
def test_upside_down_the_same_is_seen_the_other_way(values: list[Decimal], rules: Signals) -> None:
    seen = chart(series(values), rules).episodes
    turned = chart(series([-value for value in values]), rules).episodes

    assert [(one.start, one.seen, one.last, one.up) for one in turned] == [
        (one.start, one.seen, one.last, not one.up) for one in seen
    ]


@given(st.lists(NUMBERS, max_size=60), st.integers(0, 60), st.sampled_from([Signals.DEFAULT, Signals.NHS]))
def test_what_was_once_seen_is_never_taken_back_by_later_values(
    values: list[Decimal], known: int, rules: Signals
) -> None:
    then = [(one.start, one.seen) for one in chart(series(values[:known]), rules).episodes]

    assert [(one.start, one.seen) for one in chart(series(values), rules).episodes][: len(then)] == then


def test_what_another_program_wrote_and_is_no_number_is_left_out() -> None:
    known = series([*STEADY, "NaN", 30])
    drawn = chart(known, Signals.NHS)
    assert [point.value.is_finite() for point in drawn.points] == [True] * 13
    assert [seen.rule for seen in drawn.episodes] == [Rule.OUTSIDE]
