"""How much better something has become."""

from decimal import Decimal

import pytest

from domain.measures.improvement import improvement, percent_of, share_of_way
from domain.measures.targets import target
from domain.optimizations.record import Effect


def exact(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


@pytest.mark.parametrize(
    "before, after, lower_is_better, percent",
    [
        pytest.param("8", "3", True, "62.5", id="METHOD T4: scheduling from 8 h to 3 h"),
        pytest.param("15", "8", True, "46.7", id="METHOD: launches from 15 days to 8, to a tenth"),
        pytest.param("5", "6", True, "-20.0", id="a longer cycle is worse"),
        pytest.param("85", "95", False, "11.8", id="satisfaction rises: better"),
        pytest.param("95", "85", False, "-10.5", id="satisfaction falls: worse"),
        pytest.param("-4", "-2", False, "50.0", id="a loss that is halved is better"),
        pytest.param("3", "3", True, "0.0", id="nothing changed"),
        pytest.param("0", "3", True, None, id="no percent of a baseline of zero"),
    ],
)
def test_improvement_is_against_the_baseline_and_positive_when_better(
    before: str, after: str, lower_is_better: bool, percent: str | None
) -> None:
    assert improvement(Decimal(before), Decimal(after), lower_is_better=lower_is_better) == exact(percent)


def test_half_is_rounded_up_to_whole_percent_where_that_is_asked_for() -> None:
    whole = Decimal(1)
    assert improvement(Decimal(15), Decimal(8), lower_is_better=True, step=whole) == 47
    assert improvement(Decimal(8), Decimal(3), lower_is_better=True, step=whole) == 63


@pytest.mark.parametrize(
    "before, after, higher_is_better, given, percent",
    [
        pytest.param("8", "3", False, None, "62.5", id="from its figures"),
        pytest.param("80", "90", True, None, "12.5", id="where higher is better"),
        pytest.param(None, None, False, "20", "20", id="METHOD T4: shorter by 20 %, without values"),
        pytest.param("8", "3", False, "99", "62.5", id="figures outweigh what was claimed"),
        pytest.param("0", "3", False, "5", "5", id="a baseline of zero leaves what was given"),
        pytest.param("8", None, False, None, None, id="nothing to compute from"),
    ],
)
def test_an_effect_in_percent(
    before: str | None, after: str | None, higher_is_better: bool, given: str | None, percent: str | None
) -> None:
    effect = Effect("cycle", exact(before), exact(after), higher_is_better=higher_is_better, percent=exact(given))
    assert percent_of(effect) == exact(percent)


@pytest.mark.parametrize(
    "baseline, value, goal, share",
    [
        pytest.param("5", "3.5", "≤3", "0.75", id="METHOD T7: a cycle of 3.5 days"),
        pytest.param("5", "3.2", "≤3", "0.9", id="METHOD T7, later: 3.2 days is 90 % of the way"),
        pytest.param("85", "92", "≥95", "0.7", id="METHOD T7: satisfaction of 92"),
        pytest.param("5", "6", "≤3", "-0.5", id="worse than before"),
        pytest.param("5", "2", "≤3", "1.5", id="beyond the target"),
        pytest.param(None, "3.2", "≥4", "0.8", id="without a baseline: value over target"),
        pytest.param(None, "5", "≤4", "0.8", id="without a baseline, lower is better: target over value"),
        pytest.param(None, "5", "≤0", "0", id="without a baseline, zero is not near"),
        pytest.param(None, "5", "=0", "0", id="nor where it has to be hit exactly"),
        pytest.param(None, "15", "=10", "0.5", id="an exact target can be overshot"),
        pytest.param("20", "5", "=10", "0.5", id="also from a baseline"),
        pytest.param("3", "3.1", "≤3", "0", id="was there already, and is no longer"),
        pytest.param("3", "3", "≤3", "1", id="was there already, and still is"),
    ],
)
def test_the_share_of_the_way_from_baseline_to_target(baseline: str | None, value: str, goal: str, share: str) -> None:
    assert share_of_way(exact(baseline), Decimal(value), target(goal)) == Decimal(share)
