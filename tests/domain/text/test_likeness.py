"""Finding what was said before, and what was meant."""

import pytest

from domain.text.likeness import ALIKE, Titles, likeness, nearest, nearest_name, tokens


@pytest.mark.parametrize(
    "one, other",
    [
        pytest.param("Stock check takes too long", "Checking stock is slow and takes long", id="other words around it"),
        pytest.param("Orders are entered twice", "order entered twice in ERP", id="plural and singular"),
        pytest.param("库存数据更新慢", "库存数据更新太慢了", id="Chinese, without spaces"),
        pytest.param("ERP 库存同步", "erp库存 同步延迟", id="Chinese and Latin mixed"),
        pytest.param("ＥＲＰ sync fails", "erp sync failing", id="full width"),
    ],
)
def test_similar_titles_are_alike(one: str, other: str) -> None:
    assert likeness(tokens(one), tokens(other)) >= ALIKE


@pytest.mark.parametrize(
    "one, other",
    [
        pytest.param("Stock check takes too long", "Invoices are sent to the wrong address", id="another subject"),
        pytest.param("The stock is wrong", "The invoice is late", id="only filler words are shared"),
        pytest.param("库存数据更新慢", "审批需要三天", id="Chinese, another subject"),
        pytest.param("", "Stock", id="nothing to compare"),
        pytest.param("!!!", "!!!", id="no words at all"),
    ],
)
def test_different_titles_are_not(one: str, other: str) -> None:
    assert likeness(tokens(one), tokens(other)) < ALIKE


def test_likeness_looks_the_same_from_both_sides_and_stays_below_one() -> None:
    one, other = tokens("Stock check takes too long"), tokens("Stock check")
    assert likeness(one, other) == likeness(other, one)
    assert 0 < likeness(one, one) < 1


def test_titles_are_found_by_what_they_share_the_most_alike_first() -> None:
    titles = Titles()
    for number, title in enumerate(
        ("Stock check takes long", "库存数据更新慢", "Checking stock", "Invoices are late"), 1
    ):
        titles.add(number, title)
    assert titles.like("Stock check is slow", most=5) == [3, 1]
    assert titles.like("库存更新", most=5) == [2] and titles.like("nothing of it", most=5) == []
    assert titles.like("Stock check is slow", most=1) == [3]


def test_chinese_is_cut_into_overlapping_pairs() -> None:
    assert tokens("库存检查") == {"库存", "存检", "检查"} and tokens("慢") == {"慢"}


@pytest.mark.parametrize(
    "typed, meant",
    [
        pytest.param("lsit", "list", id="letters swapped"),
        pytest.param("overdu", "overdue", id="a letter missing"),
        pytest.param("LIST", "list", id="capitals"),
        pytest.param("库存", None, id="something else altogether"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_the_nearest_known_word(typed: str, meant: str | None) -> None:
    assert nearest(typed, ["list", "show", "top", "overdue"]) == meant


@pytest.mark.parametrize(
    "typed, meant",
    [
        pytest.param("ordr", "Order fulfilment", id="its first word"),
        pytest.param("fullfilment", "Order fulfilment", id="its last word"),
        pytest.param("Order fulfillment", "Order fulfilment", id="the whole name"),
        pytest.param("prodution scheduling", "Overall production scheduling", id="two words of three"),
        pytest.param("订单屡约", "订单履约流程", id="a part of it in Chinese"),
        pytest.param("invoices", None, id="something else altogether"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_a_name_is_found_by_some_of_its_words(typed: str, meant: str | None) -> None:
    names = ["Order fulfilment", "订单履约流程", "Overall production scheduling"]
    assert nearest_name(typed, names) == meant
