"""`NAME VALUE`: where the name ends, and which was meant."""

import pytest

from domain.rules.kpi_entry import names_like, split_name

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
    assert (named.known, named.rest) == expected


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
