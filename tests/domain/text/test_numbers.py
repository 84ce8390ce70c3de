"""Numbers as people type them."""

from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from domain.core import UserError
from domain.text.numbers import LONGEST, Quantity, number, quantity


@pytest.mark.parametrize(
    "typed, value, unit",
    [
        pytest.param("3", "3", "", id="digits"),
        pytest.param("3.5", "3.5", "", id="a decimal point"),
        pytest.param("3,5", "3.5", "", id="a decimal comma"),
        pytest.param("1,234", "1234", "", id="a lone comma before three digits groups thousands"),
        pytest.param("0,125", "0.125", "", id="but nobody groups a zero"),
        pytest.param("1.234", "1.234", "", id="a lone point is a decimal point"),
        pytest.param("1,2345", "1.2345", "", id="a lone comma before four digits is a decimal comma"),
        pytest.param("1.234,5", "1234.5", "", id="German: points group, the comma is last"),
        pytest.param("1,234.5", "1234.5", "", id="English: commas group, the point is last"),
        pytest.param("1,234,567", "1234567", "", id="millions with commas"),
        pytest.param("1.234.567", "1234567", "", id="millions with points"),
        pytest.param("1,23,456.7", "123456.7", "", id="Indian groups"),
        pytest.param("1 234,5", "1234.5", "", id="French: a space groups"),
        pytest.param("1\u202f234,5", "1234.5", "", id="French: a narrow no-break space groups"),
        pytest.param("1'234.5", "1234.5", "", id="Swiss: an apostrophe groups"),
        pytest.param(".5", "0.5", "", id="nothing before the point"),
        pytest.param("２", "2", "", id="full-width digit"),
        pytest.param("３，５", "3.5", "", id="full-width comma"),
        pytest.param("1２.５％", "12.5", "%", id="a mix of both widths"),
        pytest.param("3天", "3", "天", id="a unit behind it"),
        pytest.param("3 working days", "3", "working days", id="a unit of two words"),
        pytest.param("92 of 100", "92", "of 100", id="a scale"),
        pytest.param("4.2/5", "4.2", "/5", id="a scale, written short"),
        pytest.param("25 m2", "25", "m2", id="a unit with a digit in it"),
        pytest.param("-2 %", "-2", "%", id="a negative one"),
        pytest.param("−2", "-2", "", id="a true minus sign"),
        pytest.param("+3", "3", "", id="a plus sign"),
        pytest.param("  7\t", "7", "", id="white space around it"),
        pytest.param("007", "7", "", id="leading zeros"),
    ],
)
def test_a_number_is_read_with_its_unit(typed: str, value: str, unit: str) -> None:
    assert quantity(typed) == Quantity(Decimal(value), unit)


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("", id="nothing"),
        pytest.param("   ", id="white space"),
        pytest.param("soon", id="a word"),
        pytest.param("三", id="a number in characters"),
        pytest.param("about 3", id="a word in front"),
        pytest.param("-", id="a sign alone"),
        pytest.param("--3", id="two signs"),
        pytest.param(".", id="a point alone"),
        pytest.param(". 3", id="a point apart from its digits"),
        pytest.param("1,2,3", id="commas that group nothing"),
        pytest.param("1.2.3", id="points that group nothing"),
        pytest.param("23.11.2026", id="a German day"),
        pytest.param("1,2.3", id="a comma and a point that fit no language"),
        pytest.param("∞", id="infinity"),
        pytest.param("NaN", id="not a number, in so many words"),
        pytest.param("1" * (LONGEST + 1), id="more digits than anything has"),
        pytest.param("1" + " 1" * 2_000, id="overlong with spaces"),
    ],
)
def test_what_is_no_number_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(UserError) as refused:
        quantity(typed)
    assert "Write digits" in refused.value.words.message
    assert len(str(refused.value.words.values["text"])) <= 40


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("2026-11-23", id="a day"),
        pytest.param("3:30", id="a time"),
        pytest.param("3-4", id="from … to"),
        pytest.param("1/2", id="a fraction"),
        pytest.param("½", id="a fraction in one sign"),
        pytest.param("5e3", id="a power of ten"),
        pytest.param("2h30", id="two units"),
    ],
)
def test_what_would_lose_its_second_half_is_refused(typed: str) -> None:
    with pytest.raises(UserError):
        number(typed)


def test_the_unit_may_be_left_aside() -> None:
    assert number("20 minutes") == 20


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=4))
def test_what_python_writes_is_read_back_exactly(value: Decimal) -> None:
    assert number(f"{value:f}") == value
    assert number(f"{value:,f}") == value


@given(st.text(max_size=60))
def test_any_text_is_a_number_or_refused(text: str) -> None:
    try:
        value = number(text)
    except UserError:
        return
    assert value.is_finite()
