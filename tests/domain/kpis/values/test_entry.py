"""`NAME VALUE`: where the name ends, and which was meant."""

from datetime import date

import pytest

from domain.kpis.values.entry import names_like, split_name, split_value

NAMES = {"Order fulfilment cycle": 1, "订单履约周期": 1, "Order fulfilment": 2, "Phase 2 rate": 3, "流程异常率": 4}


@pytest.mark.parametrize(
    "text, expected",
    [
        pytest.param("Order fulfilment cycle 2.8 days", (1, "2.8 days"), id="the longest name that fits"),
        ("order  FULFILMENT 3", (2, "3")),
        ("订单履约周期2.8天 昨天", (1, "2.8天 昨天")),
        ("订单履约周期 ２．８天", (1, "2.8天")),
        pytest.param("Phase 2 rate 4 %", (3, "4 %"), id="a number in the name"),
        ('"Order fulfilment cycle" 2.8', (1, "2.8")),
        ("“流程异常率” 1.5%", (4, "1.5%")),
        pytest.param("Order fulfilment cycle", (1, ""), id="no value yet"),
        pytest.param("Order fulfilment time 2.8", (None, "2.8"), id="another name that begins alike"),
        ("cycle -3", (None, "-3")),
        ("履约周期3天", (None, "3天")),
    ],
)
def test_the_name_is_taken_off_the_front(text: str, expected: tuple[int | None, str]) -> None:
    named = split_name(text, NAMES)
    assert (named.record_id, named.rest) == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Order fulfillment cycel", ["Order fulfilment cycle"]),
        ("履约周期", ["订单履约周期"]),
        ("exception", []),
        ("", []),
    ],
)
def test_what_was_nearly_typed_is_offered(text: str, expected: list[str]) -> None:
    assert names_like(text, NAMES) == expected


@pytest.mark.parametrize(
    "text, rest, day",
    [
        ("93% 2026-10", "93%", date(2026, 10, 1)),
        ("93 % October 2026", "93 %", date(2026, 10, 1)),
        ("93% 2026年10月", "93%", date(2026, 10, 1)),
        ("93%2026年10月", "93%", date(2026, 10, 1)),
        ("1.5 2026-W46", "1.5", date(2026, 11, 9)),
        ("1.5 % Q3 2026", "1.5 %", date(2026, 7, 1)),
        ("2.8 days 20.11.", "2.8 days", date(2026, 11, 20)),
        pytest.param("2026-10", "2026-10", None, id="no value before it"),
        ("2 000 11", "2 000 11", None),
        ("2.8 days", "2.8 days", None),
    ],
)
def test_a_period_stands_behind_the_value_as_in_files(text: str, rest: str, day: date | None) -> None:
    assert split_value(text, date(2026, 11, 23)) == (rest, (day,) if day else (), True)
