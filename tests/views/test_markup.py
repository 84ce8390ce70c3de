"""What people type never becomes markup and never mentions anybody."""

import pytest

from views.core import Mrkdwn, bold, code, link, readable, said


@pytest.mark.parametrize(
    "typed, shown",
    [
        pytest.param("a < b & c > d", "a &lt; b &amp; c &gt; d", id="entities are escaped"),
        pytest.param("&lt;", "&amp;lt;", id="what looks escaped stays as it was typed"),
        pytest.param("<!channel> look", "&lt;!channel&gt; look", id="no channel mention"),
        pytest.param("<@U1>", "&lt;@U1&gt;", id="no person is mentioned"),
        pytest.param("stock_list_2", "stock_list_2", id="signs inside a word are left alone"),
        pytest.param("*bold* _it_ ~no~", "∗bold∗ ˍitˍ ∼no∼", id="formatting signs look alike and do nothing"),
        pytest.param("`x`", "ˋxˋ", id="no code"),
        pytest.param("@here", "@\u2060here", id="a bare @here does not act"),
        pytest.param("@here来 @hereto", "@\u2060here来 @hereto", id="nor one before Chinese"),
        pytest.param(":smile:", ":\u2060smile:", id="emoji codes stay codes"),
        pytest.param("> quote", "\u2060&gt; quote", id="no quote"),
        pytest.param("مرحبا 👋 \u200b", "مرحبا 👋 \u200b", id="right-to-left, emoji and zero width stay"),
    ],
)
def test_said(typed: str, shown: str) -> None:
    assert said(typed) == shown


def test_markup_of_ours_is_not_escaped_again() -> None:
    assert said(bold("a*b")) == "*a*b*"
    assert isinstance(said("x"), Mrkdwn)


def test_a_link_needs_an_address() -> None:
    assert link("", "I-1") == "I-1"
    assert link("https://x.example/?a=1", "I<1>") == "<https://x.example/?a=1|I&lt;1&gt;>"


def test_code_cannot_be_left() -> None:
    assert code("/issue `x` <y>") == "`/issue ˋxˋ &lt;y&gt;`"


@pytest.mark.parametrize(
    "message, read",
    [
        pytest.param("<@U1> &amp; <@U2>", "@Planner & @U2", id="people by name where known"),
        pytest.param(
            "<https://a.example|list>, <https://b.example>", "list (https://a.example), https://b.example", id="links"
        ),
        pytest.param("<#C1|sales> <!here> <!subteam^S1|@team>", "#sales @here @team", id="channels and groups"),
        pytest.param("1 &lt; 2", "1 < 2", id="entities"),
    ],
)
def test_a_slack_message_is_read_as_a_person_reads_it(message: str, read: str) -> None:
    assert readable(message, {"U1": "Planner"}) == read
