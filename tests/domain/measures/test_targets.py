"""Targets as people write them, in English and Chinese."""

from decimal import Decimal

import pytest

from domain.core import UserError
from domain.measures.targets import Direction, Target, same_unit, target, value_in_unit, warning_line

MOST, LEAST, BELOW, ABOVE, EXACTLY = (
    Direction.AT_MOST,
    Direction.AT_LEAST,
    Direction.BELOW,
    Direction.ABOVE,
    Direction.EXACTLY,
)


@pytest.mark.parametrize(
    "written, direction, value, unit",
    [
        pytest.param("≤3天", MOST, "3", "天", id="METHOD: ≤3天"),
        pytest.param("≤2%", MOST, "2", "%", id="METHOD: ≤2%"),
        pytest.param("≥95%", LEAST, "95", "%", id="METHOD: ≥95%"),
        pytest.param("<= 3 days", MOST, "3", "days", id="METHOD: <= 3 days"),
        pytest.param("at least 4", LEAST, "4", "", id="METHOD: at least 4"),
        pytest.param("=<3", MOST, "3", "", id="the signs the other way round"),
        pytest.param("≦ 3", MOST, "3", "", id="the sign of East Asia"),
        pytest.param("＜＝３ 天", MOST, "3", "天", id="in full width"),
        pytest.param(">= 4.5", LEAST, "4.5", "", id="with a decimal point"),
        pytest.param("≥ 99,5 %", LEAST, "99.5", "%", id="with a decimal comma"),
        pytest.param("At Most 3 Working Days", MOST, "3", "Working Days", id="capitals; the unit stays as written"),
        pytest.param("no more than 5 EUR", MOST, "5", "EUR", id="a currency keeps its capitals"),
        pytest.param("up to 10", MOST, "10", "", id="up to"),
        pytest.param("within 48 hours", MOST, "48", "hours", id="within"),
        pytest.param("max 3 days", MOST, "3", "days", id="max"),
        pytest.param("max. 3 days", MOST, "3", "days", id="max with a full stop is not 0.3"),
        pytest.param("min. 95 %", LEAST, "95", "%", id="min with a full stop is not 0.95"),
        pytest.param("no less than 90", LEAST, "90", "", id="no less than"),
        pytest.param("< 5", BELOW, "5", "", id="below, by sign"),
        pytest.param("less than 5 days", BELOW, "5", "days", id="below, in words"),
        pytest.param("more than 5", ABOVE, "5", "", id="above, in words"),
        pytest.param("= 0", EXACTLY, "0", "", id="exactly"),
        pytest.param("不超过2%", MOST, "2", "%", id="不超过 is not 超过"),
        pytest.param("超过2%", ABOVE, "2", "%", id="超过"),
        pytest.param("不低于 95%", LEAST, "95", "%", id="不低于 is not 低于"),
        pytest.param("低于5%", BELOW, "5", "%", id="低于"),
        pytest.param("不少于 4 分", LEAST, "4", "分", id="不少于"),
        pytest.param("至少4", LEAST, "4", "", id="至少"),
        pytest.param("最多3个工作日", MOST, "3", "个工作日", id="最多"),
        pytest.param("95%以上", LEAST, "95", "%", id="以上"),
        pytest.param("95%及以上", LEAST, "95", "%", id="及以上"),
        pytest.param("2%以下", MOST, "2", "%", id="以下"),
        pytest.param("3天以内", MOST, "3", "天", id="以内"),
        pytest.param("3天内", MOST, "3", "天", id="内"),
        pytest.param("90 or more", LEAST, "90", "", id="or more"),
        pytest.param("3 days or less", MOST, "3", "days", id="or less"),
        pytest.param("maximum 3 days", MOST, "3", "days", id="maximum is more than max"),
        pytest.param("minimum 95%", LEAST, "95", "%", id="minimum is more than min"),
        pytest.param("less than or equal to 3 days", MOST, "3", "days", id="less than is not all of it"),
        pytest.param("小于等于3天", MOST, "3", "天", id="小于 is not all of it"),
        pytest.param("3 days max", MOST, "3", "days", id="max behind it"),
        pytest.param("99.5 % or higher", LEAST, "99.5", "%", id="or higher"),
        pytest.param("≤3. days", MOST, "3", "days", id="a full stop behind the number is not the unit"),
    ],
)
def test_a_target_has_a_direction_a_number_and_a_unit(
    written: str, direction: Direction, value: str, unit: str
) -> None:
    assert target(written) == Target(direction, Decimal(value), unit)


@pytest.mark.parametrize(
    "written, says",
    [
        pytest.param("3 days", "no direction", id="a number alone has no direction"),
        pytest.param("", "no direction", id="nothing"),
        pytest.param("fast", "no direction", id="a word"),
        pytest.param("≤", "no number", id="a direction alone"),
        pytest.param("at most a few days", "no number", id="no figure"),
        pytest.param("minutes", "no number", id="a word that begins like min"),
        pytest.param("≤ 3 ≤ 4", "no number", id="two directions"),
        pytest.param("不超过两天", "no number", id="a number in characters"),
    ],
)
def test_what_is_no_target_is_refused_with_an_example(written: str, says: str) -> None:
    with pytest.raises(UserError, match=says):
        target(written)


@pytest.mark.parametrize(
    "written, below, exactly, beyond",
    [
        pytest.param("≤3", True, True, False, id="at most"),
        pytest.param("≥3", False, True, True, id="at least"),
        pytest.param("<3", True, False, False, id="below"),
        pytest.param(">3", False, False, True, id="above"),
        pytest.param("=3", False, True, False, id="exactly"),
    ],
)
def test_a_target_is_reached(written: str, below: bool, exactly: bool, beyond: bool) -> None:
    goal = target(written)
    assert [goal.reached_by(Decimal(value)) for value in ("2.99", "3.00", "3.01")] == [below, exactly, beyond]


@pytest.mark.parametrize(
    "typed, unit, value",
    [
        pytest.param("2 %", "%", "2", id="two per cent is 2, never 0.02"),
        pytest.param("2％", "%", "2", id="in full width"),
        pytest.param("0.02", "%", "0.02", id="and 0.02 stays what was typed"),
        pytest.param("2", "%", "2", id="a bare number is meant in the unit"),
        pytest.param("3天", "days", "3", id="天 is days"),
        pytest.param("3 Days", "天", "3", id="Days is 天"),
        pytest.param("3个工作日", "working days", "3", id="个工作日 is working days"),
        pytest.param("2小时", "h", "2", id="小时 is h"),
        pytest.param("3.4", "", "3.4", id="neither has a unit"),
    ],
)
def test_a_value_is_read_in_the_unit_that_is_kept(typed: str, unit: str, value: str) -> None:
    assert value_in_unit(typed, unit) == Decimal(value)


@pytest.mark.parametrize(
    "typed, unit",
    [
        pytest.param("3 hours", "days", id="hours are not days"),
        pytest.param("3 working days", "days", id="working days are not days"),
        pytest.param("3工作日", "天", id="工作日 are not 天"),
        pytest.param("2 %", "", id="per cent of something that has no unit"),
        pytest.param("3天", "%", id="days are not per cent"),
    ],
)
def test_a_value_in_another_unit_is_refused_and_never_converted(typed: str, unit: str) -> None:
    with pytest.raises(UserError, match=r"is in \{written\}"):
        value_in_unit(typed, unit)


@pytest.mark.parametrize(
    "typed, unit, value",
    [
        ("1 week", "weeks", 1),
        ("1 order", "orders", 1),
        ("2 hrs", "hours", 2),
        ("30 mins", "minutes", 30),
        ("3 小時", "hours", 3),
        ("3.", "days", 3),
        ("2周", "weeks", 2),
    ],
)
def test_one_and_several_and_what_is_short_are_the_same_unit(typed: str, unit: str, value: int) -> None:
    assert value_in_unit(typed, unit) == value


def test_units_are_the_same_in_either_language_and_case() -> None:
    assert same_unit("Days", " 天 ") and same_unit("percent", "％") and not same_unit("days", "working days")


@pytest.mark.parametrize(
    "written, low, high, unit",
    [
        pytest.param("between 10 and 12 h", "10", "12", "h", id="between … and …"),
        pytest.param("10..12 h", "10", "12", "h", id="two dots"),
        pytest.param("10–12 小时", "10", "12", "小时", id="a dash"),
        pytest.param("10至12小时", "10", "12", "小时", id="至"),
        pytest.param("介于10和12小时之间", "10", "12", "小时", id="介于…之间"),
        pytest.param("10.5 h to 12 h", "10.5", "12", "h", id="the unit twice"),
        pytest.param("-5..5 °C", "-5", "5", "°C", id="below zero"),
    ],
)
def test_a_range_has_two_ends(written: str, low: str, high: str, unit: str) -> None:
    goal = target(written)
    assert goal == Target(Direction.BETWEEN, Decimal(low), unit, Decimal(high))
    ends = Decimal(low), Decimal(high)
    assert all(goal.reached_by(end) for end in ends)
    assert not goal.reached_by(ends[0] - 1) and not goal.reached_by(ends[1] + 1)


@pytest.mark.parametrize("written", ["12..10 h", "10 h to 12 min", "95 %"])
def test_what_is_no_range_is_refused(written: str) -> None:
    with pytest.raises(UserError):
        target(written)


@pytest.mark.parametrize(
    "line, goal, value",
    [
        pytest.param("2.5", "≤3 days", "2.5", id="a bare number takes direction and unit"),
        pytest.param("≤2.5 天", "≤3 days", "2.5", id="the same unit in another language"),
        pytest.param("at least 97 %", "≥95%", "97", id="higher is better"),
        pytest.param("10.5..11.5", "10..12 h", "10.5", id="inside a range"),
        pytest.param("3.5", "≤3 days", None, id="beyond the target"),
        pytest.param("≥2", "≤3 days", None, id="the other direction"),
        pytest.param("2.5 h", "≤3 days", None, id="another unit"),
        pytest.param("9..11", "10..12 h", None, id="partly outside a range"),
        ("99%以上", "98%以上", "99"),
        ("2.5天以内", "≤3天", "2.5"),
        ("2.5 days or less", "≤3 days", "2.5"),
    ],
)
def test_a_warning_line_comes_before_the_target(line: str, goal: str, value: str | None) -> None:
    if value is None:
        with pytest.raises(UserError):
            warning_line(line, target(goal))
    else:
        assert warning_line(line, target(goal)).value == Decimal(value)
        assert same_unit(warning_line(line, target(goal)).unit, target(goal).unit)
