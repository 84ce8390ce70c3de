"""Figures, targets and improvements in both languages. Chinese is looked at in the scenarios."""

from decimal import Decimal

import pytest

from views.core import amount, goal, improvement, language


@pytest.mark.parametrize(
    "value, unit, expected",
    [
        ("2.8", "days", "2.8 days"),
        ("1", "d", "1 day"),
        ("3.0", "天", "3 days"),
        ("1.5", "%", "1.5 %"),
        ("4", "工作日", "4 working days"),
        ("20", "元", "20元"),
        ("92", "of 100", "92 of 100"),
        ("7", "", "7"),
    ],
)
def test_a_figure_stands_with_its_unit(value: str, unit: str, expected: str) -> None:
    assert amount(Decimal(value), unit, language("en")) == expected


@pytest.mark.parametrize(
    "target, expected",
    [("≤3天", "≤3 days"), ("at least 95 %", "≥95 %"), ("2%以下", "≤2 %"), ("below 3", "<3")],
)
def test_a_target_reads_the_same_however_it_was_written(target: str, expected: str) -> None:
    assert goal(target, language("en")) == expected


@pytest.mark.parametrize(
    "percent, expected",
    [
        ("62.5", "62.5 % better"),
        ("20.0", "20 % better"),
        ("46.7", "46.7 % better"),
        ("-12.5", "12.5 % worse"),
        ("0.0", "no change"),
    ],
)
def test_an_improvement_shows_a_decimal_only_where_there_is_one(percent: str, expected: str) -> None:
    assert improvement(Decimal(percent), language("en")) == expected
