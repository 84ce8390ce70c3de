"""Which word is meant by what is typed."""

import pytest

from domain.text.command_words import nearly, word_of
from handlers.registry import all_routes


@pytest.mark.parametrize(
    "typed, offered, meant",
    [
        pytest.param("LIST", ("list", "show"), "list", id="capitals"),
        pytest.param(" 列表 ", ("list", "show"), "list", id="in Chinese"),
        pytest.param("新建", ("add",), "add", id="another spelling"),
        pytest.param("流程", ("task", "process"), "process", id="a noun"),
        pytest.param("流程", ("me", "processes"), "processes", id="the same, where processes are offered"),
        pytest.param("完成", ("list", "show"), "", id="a word that is not offered"),
        pytest.param("visit", ("visit",), "visit", id="a word without spellings"),
        pytest.param("", ("list",), "", id="nothing"),
    ],
)
def test_the_word_that_is_typed(typed: str, offered: tuple[str, ...], meant: str) -> None:
    assert word_of(typed, offered, all_routes().spellings) == meant


@pytest.mark.parametrize("typed, meant", [("lsit", "list"), ("列表页", "列表"), ("库存", ""), ("", "")])
def test_the_spelling_that_was_probably_meant(typed: str, meant: str) -> None:
    assert nearly(typed, ("list", "show")) == meant
