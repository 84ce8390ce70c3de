"""The wording of the enumerations."""

import pytest

from domain.issues.record import Dimension, IssueStatus
from domain.suggestions.record import SuggestionState
from views.core import language


def test_a_word_that_two_kinds_share_is_worded_by_each_in_its_own_way() -> None:
    english, chinese = language("en"), language("zh_CN")
    assert [english.label(kind.PLANNED) for kind in (IssueStatus, SuggestionState)] == [
        "Planned",
        "In the optimization plan",
    ]
    assert [chinese.label(IssueStatus.IMPLEMENTING), chinese.label(SuggestionState.IMPLEMENTING)] == [
        "实施中",
        "落地实施",
    ]


@pytest.mark.parametrize("tag, expected", [("en", "Quality, Risk"), ("zh_CN", "质量、风险")])
def test_things_are_listed_as_each_language_does(tag: str, expected: str) -> None:
    t = language(tag)
    assert t.listed([t.label(Dimension.QUALITY), t.label(Dimension.RISK)]) == expected


def test_both_languages_list_each_by_itself() -> None:
    t = language("both")
    parts = [t.label(Dimension.QUALITY), t.label(Dimension.RISK)]
    assert t.listed(parts) == "Quality, Risk · 质量、风险"
