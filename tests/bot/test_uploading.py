"""A message's picture: uploaded and put into it, and never in the way of the message itself."""

from collections.abc import Callable
from urllib.error import URLError

import pytest
from slack_sdk.errors import SlackApiError

from bot.slack import uploading
from tests.office import Office
from views.core import Mrkdwn, Picture, Rendered, blocks as b

SALES = "C0SALES"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360f8cfc000000301010018dd8db00000000049454e44ae426082"
)
CHART = {
    "type": "data_visualization",
    "title": "Order cycle",
    "chart": {
        "type": "line",
        "axis_config": {"categories": ["Mon", "Tue"]},
        "series": [{"name": "Value", "data": [{"label": "Mon", "value": 1}, {"label": "Tue", "value": 2}]}],
    },
}


def message(draw: Callable[[], bytes] = lambda: PNG, *, instead: bool = False) -> Rendered:
    blocks = [b.section(Mrkdwn("3.4 days")), *([CHART] if instead else []), b.context(Mrkdwn("why"))]
    return Rendered("3.4 days", blocks, Picture("cycle.png", "Order cycle: 3.4 days", draw, instead))


def kinds(office: Office) -> list[list[str]]:
    return [[block["type"] for block in posted["blocks"]] for posted in office.lead.messages(SALES)]


def test_a_picture_stands_below_the_first_text_with_its_description(office: Office) -> None:
    office.program.gateway.post(SALES, message(), key="1")

    (posted,) = office.lead.messages(SALES)
    assert [block["type"] for block in posted["blocks"]] == ["section", "image", "context"]
    assert posted["blocks"][1]["alt_text"] == "Order cycle: 3.4 days"
    assert posted["blocks"][1]["slack_file"]["id"].startswith("F")


def test_a_picture_in_place_of_a_chart_is_not_even_drawn_where_the_chart_is_taken(office: Office) -> None:
    def draw() -> bytes:
        raise AssertionError

    office.program.gateway.post(SALES, message(draw, instead=True), key="1")
    assert kinds(office) == [["section", "data_visualization", "context"]]


def test_where_the_chart_is_refused_the_picture_is_there(office: Office) -> None:
    office.lead.inject({"where": "chat.postMessage", "kind": "refuse", "error": "invalid_blocks", "times": 1})
    office.program.gateway.post(SALES, message(instead=True), key="1")
    office.lead.mend()

    assert kinds(office) == [["section", "image", "context"]]


def test_an_update_whose_chart_is_refused_has_the_picture_in_its_place(office: Office) -> None:
    place = office.program.gateway.post(SALES, message(instead=True), key="1")
    office.lead.inject({"where": "chat.update", "kind": "refuse", "error": "invalid_blocks", "times": 1})
    office.program.gateway.update(*place, message(instead=True))
    office.lead.mend()

    assert kinds(office) == [["section", "image", "context"]]


def test_an_update_takes_no_picture_away_and_shows_a_new_one(office: Office) -> None:
    place = office.program.gateway.post(SALES, message(), key="1")
    (before,) = office.lead.messages(SALES)
    office.program.gateway.update(*place, message())

    (after,) = office.lead.messages(SALES)
    assert kinds(office) == [["section", "image", "context"]]
    assert after["blocks"][1]["slack_file"]["id"] != before["blocks"][1]["slack_file"]["id"]


def test_a_picture_that_slack_does_not_get_to_know_is_left_out(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A message that refers to it would be refused for good."""
    monkeypatch.setattr(uploading, "LOOKS", 0)
    office.program.gateway.post(SALES, message(), key="1")
    assert kinds(office) == [["section", "context"]]


@pytest.mark.parametrize("error", [ValueError("no SVG"), ImportError("no resvg_py")])
def test_what_cannot_be_drawn_is_told_in_text(office: Office, error: Exception) -> None:
    def draw() -> bytes:
        raise error

    office.program.gateway.post(SALES, message(draw), key="1")
    assert kinds(office) == [["section", "context"]]


def test_without_the_scope_it_is_told_in_text(office: Office) -> None:
    office.lead.inject({"where": "files.getUploadURLExternal", "kind": "refuse", "error": "missing_scope"})
    office.program.gateway.post(SALES, message(), key="1")
    office.lead.mend()

    assert kinds(office) == [["section", "context"]]


def test_what_was_refused_for_another_reason_is_raised_and_not_posted_again(office: Office) -> None:
    office.lead.inject({"where": "chat.postMessage", "kind": "refuse", "error": "is_archived", "times": 1})
    with pytest.raises(SlackApiError, match="is_archived"):
        office.program.gateway.post(SALES, message(instead=True), key="1")
    office.lead.mend()

    assert kinds(office) == []


def test_an_upload_whose_answer_is_lost_is_tried_again_and_the_message_is_posted_once(office: Office) -> None:
    office.lead.inject({"where": "files.completeUploadExternal", "kind": "drop_after", "times": 1})
    with pytest.raises((OSError, URLError)):
        office.program.gateway.post(SALES, message(), key="1")
    assert kinds(office) == [], "the file alone is seen by nobody"

    office.program.gateway.post(SALES, message(), key="1")
    assert kinds(office) == [["section", "image", "context"]]
