"""What the bot says about a message of its own: that it comes late, or maybe a second time."""

from datetime import UTC, datetime

import pytest

from views.core import blocks as b, language, said
from views.core.delivery_notices import with_notices

DUE = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "tag, late, again",
    [
        pytest.param("en", "This was due on Mon, Nov 23 at 9:00", "This may be a repeat", id="English"),
        pytest.param("zh_CN", "本应于 11月23日", "可能是重复的", id="Chinese"),
    ],
)
@pytest.mark.parametrize("blocks", [[b.section(said("Overdue: 3"))], []], ids=["with blocks", "text alone"])
def test_it_stands_above_what_is_said_in_the_readers_time_and_language(
    tag: str, late: str, again: str, blocks: list[dict[str, object]]
) -> None:
    t = language(tag, "Europe/Berlin")
    made = with_notices(b.Rendered("Overdue: 3", blocks), t, late_since=DUE, repeats=True)
    shown = str(made.blocks or made.text)
    assert late in shown and again in shown and shown.index(late) < shown.index(again) < shown.index("Overdue")


def test_what_is_in_time_and_once_is_left_alone() -> None:
    message = b.Rendered("Overdue: 3", [b.section(said("Overdue: 3"))])
    assert with_notices(message, language("en"), late_since=None, repeats=False) is message
