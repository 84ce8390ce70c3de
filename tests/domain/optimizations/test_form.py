"""What people type into the optimization form, and what it comes to."""

from decimal import Decimal
from typing import Any

import pytest

from domain.core import FormErrors
from domain.optimizations.form import OptimizationForm, measures_in, percent_typed, typed_of
from domain.optimizations.record import Effect, Optimization

WHOLE = {"date": "2024-03-15", "measures": "Priority flag"}


@pytest.mark.parametrize(
    "before, after, higher, percent",
    [
        pytest.param("8 h", "3 h", False, "62.5", id="METHOD T4: scheduling from 8 hours to 3 hours"),
        pytest.param("15", "8 d", False, "46.7", id="METHOD: 47 % shorter, shown to a tenth"),
        pytest.param("8 小时", "3 hours", False, "62.5", id="one unit in two spellings"),
        pytest.param("85%", "92 ％", True, "8.2", id="a higher figure is better"),
        pytest.param("3,5", "７", False, "-100.0", id="worse"),
        pytest.param("10", "10", False, "0.0", id="no change"),
        pytest.param("0", "5", True, None, id="from nothing no percentage follows"),
        pytest.param("8 h", "3 d", False, None, id="two units: not yet"),
        pytest.param("8 h", "", False, None, id="half typed"),
    ],
)
def test_an_effect_is_worked_out_while_it_is_typed(before: str, after: str, higher: bool, percent: str | None) -> None:
    typed = {"effect_1_before": before, "effect_1_after": after, "effect_1_higher": ("higher",) if higher else ()}
    assert percent_typed(typed, 1) == (None if percent is None else Decimal(percent))


@pytest.mark.parametrize(
    "effect, field",
    [
        pytest.param({}, "metric", id="nothing said"),
        pytest.param({"metric": "Cycle"}, "percent", id="no figure at all"),
        pytest.param({"metric": "Cycle", "before": "8"}, "after", id="half a pair"),
        pytest.param({"metric": "Cycle", "after": "8"}, "before", id="the other half"),
        pytest.param({"metric": "Cycle", "before": "8 h", "after": "3 d"}, "after", id="two units"),
        pytest.param(
            {"metric": "Cycle", "before": "8 h", "after": "3", "unit": "days"}, "before", id="unit and figure"
        ),
        pytest.param({"metric": "Cycle", "percent": "20 days"}, "percent", id="not a percentage"),
        pytest.param({"metric": "Cycle", "before": "8", "after": "3", "percent": "20"}, "percent", id="they disagree"),
        pytest.param({"metric": "Cycle", "before": "often", "after": "3"}, "before", id="not a number"),
    ],
)
def test_what_does_not_hold_is_said_beside_its_field(effect: dict[str, Any], field: str) -> None:
    with pytest.raises(FormErrors) as refusal:
        OptimizationForm.read(WHOLE | {f"effect_1_{name}": value for name, value in effect.items()})
    assert list(refusal.value.fields) == [f"effect_1_{field}"]


def test_a_rounded_percentage_may_stand_beside_its_figures() -> None:
    typed = {"effect_1_metric": "Launch", "effect_1_before": "15 d", "effect_1_after": "8", "effect_1_percent": "47 %"}
    assert OptimizationForm.read(WHOLE | typed).effects == (
        Effect("Launch", before=Decimal(15), after=Decimal(8), unit="d"),
    )


def test_groups_left_empty_are_left_out_and_all_that_is_wrong_is_said_at_once() -> None:
    typed = {"effect_1_metric": "Cycle", "effect_1_percent": "20", "effect_3_metric": "Errors", "effect_3_percent": "5"}
    assert [effect.metric for effect in OptimizationForm.read(WHOLE | typed).effects] == ["Cycle", "Errors"]
    with pytest.raises(FormErrors) as refusal:
        OptimizationForm.read(typed | {"effect_3_percent": "many", "date": "2024-03-15"})
    assert set(refusal.value.fields) == {"effect_3_percent", "measures"}


@pytest.mark.parametrize(
    "text, expected",
    [
        ("1. One\n2) Two\n3、三\n- four\n• five", ("One", "Two", "三", "four", "five")),
        ("2.5 h shifts\n\n  3 people  ", ("2.5 h shifts", "3 people")),
        (" \n \u200b\n1. \u2060", ()),
        ("half a sign \ud83d", ("half a sign \ufffd",)),
    ],
)
def test_measures_are_lines_without_their_numbering(text: str, expected: tuple[str, ...]) -> None:
    assert measures_in(text) == expected


def test_a_record_fills_the_form_that_made_it() -> None:
    typed = {
        "effect_1_metric": "Cycle",
        "effect_1_before": "8.0",
        "effect_1_after": "3",
        "effect_1_unit": "h",
        "effect_2_metric": "All",
        "effect_2_percent": "20",
        "issue": "7",
        "owner": "U0LEAD",
    }
    form = OptimizationForm.read(WHOLE | typed)
    record = Optimization(
        number=1, date=form.date, measures=form.measures, effects=form.effects, owner=form.owner, issue_id=form.issue
    )
    assert OptimizationForm.read(typed_of(record)) == form
