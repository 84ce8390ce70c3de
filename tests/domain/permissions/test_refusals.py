"""A refusal says who may, in the reader's language."""

from datetime import UTC, datetime

import pytest

from domain.core import NotAllowed
from domain.issues.record import Issue
from domain.issues.rights import CHANGE_ISSUE
from domain.people.record import Member
from domain.settings.rights import CONFIGURE_CHANNEL, CONFIGURE_WORKSPACE
from views.core import BOTH, CHINESE, ENGLISH, language

ISSUE = Issue(number=12, title="Stock", filed_at=datetime(2026, 11, 23, tzinfo=UTC))


@pytest.mark.parametrize(
    "tag, expected",
    [
        pytest.param(
            ENGLISH,
            "Only its owner, the owner's deputy, its reporter, the process owner, triagers, leads and admins "
            "can change I-12.",
            id="in English",
        ),
        pytest.param(
            CHINESE,
            "只有负责人、负责人的代理人、提交人、流程负责人、受理人员、优化负责人和管理员可以更改 I-12。",
            id="in Chinese",
        ),
    ],
)
def test_a_refusal_lists_who_may(tag: str, expected: str) -> None:
    assert language(tag).words(CHANGE_ISSUE.refusal(ISSUE)) == expected


def test_a_refusal_in_both_languages_has_each_list_in_its_own() -> None:
    refusal = language(BOTH).words(CONFIGURE_CHANNEL.refusal(None))
    english, chinese = refusal.splitlines()
    assert (
        english
        == "Only leads, admins, the head of the department and the head's deputy can change a channel's settings."
    )
    assert chinese == "只有优化负责人、管理员、部门负责人和部门代理人可以更改频道设置。"


def test_a_refusal_that_names_one_group_has_no_and() -> None:
    with pytest.raises(NotAllowed) as refused:
        CONFIGURE_WORKSPACE.check(Member(user_id="U0"))
    sentence = "Only admins can change the settings of the workspace. Ask one of them."
    assert language(ENGLISH).words(refused.value.words) == sentence
