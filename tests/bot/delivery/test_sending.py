"""What the delivery worker makes of each answer of Slack's: posts, updates, replies, whispers, pins."""

import pytest

from domain.cards.messages import Card, Note, Receipt
from domain.core import Ref
from storage.tables import outbox
from tests.bot.delivery.desk import NO_ANSWER, Desk, Posted, refusal

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # the queue itself is tested on both


def test_what_slack_takes_is_sent_with_its_place(desk: Desk) -> None:
    desk.card()
    assert desk.worker.drain() == 1
    (posted,) = desk.slack.posts
    row = desk.row()
    assert (posted.channel, posted.text, posted.key) == ("C1", repr(Card(Ref("issue", 1))), row.token)
    assert (row.state, row.channel_id, row.ts) == ("sent", "C1", "100.1")
    assert desk.worker.drain() == 0


def test_a_row_for_nobody_has_failed_and_stops_nothing(desk: Desk) -> None:
    desk.card()
    with desk.database.engine.begin() as connection:
        connection.execute(outbox.update().values(target=""))
    desk.worker.drain()
    assert desk.states() == ["failed"] and desk.slack.posts == []


@pytest.mark.parametrize("name", ["invalid_blocks", "msg_too_long", "metadata_too_large"])
def test_what_slack_refuses_for_good_has_failed_and_the_next_goes_on(desk: Desk, name: str) -> None:
    desk.card(1)
    desk.card(2)
    desk.slack.fails("post", refusal(name))
    desk.worker.drain()
    assert desk.states() == ["failed", "sent"] and desk.row().error == name
    desk.later(seconds=3_600)
    assert len(desk.slack.posts) == 1


@pytest.mark.parametrize(
    "error, least, most",
    [
        pytest.param(refusal("ratelimited", status=429, Retry_After="30"), 28, 31, id="after 30 seconds, it says"),
        pytest.param(refusal("ratelimited", status=429), 0, 2, id="it does not say when: a second"),
        pytest.param(refusal("rate_limited"), 0, 2, id="by name only"),
    ],
)
def test_what_slack_refuses_for_now_comes_again_when_it_says(
    desk: Desk, error: Exception, least: float, most: float
) -> None:
    desk.card()
    desk.slack.fails("post", error)
    desk.worker.drain()
    assert desk.states() == ["ready"] and least < desk.wait() < most
    desk.later(desk.wait() - 0.5)
    assert desk.slack.posts == []
    desk.later(1)
    assert desk.states() == ["sent"] and len(desk.slack.posts) == 1


def test_an_update_goes_to_the_place_of_its_message(desk: Desk) -> None:
    desk.card()
    desk.worker.drain()
    with desk.saying() as box:
        box.refresh("card 1")
    desk.worker.drain()
    assert desk.slack.updates == [Posted("C1", repr(Card(Ref("issue", 1))), ts="100.1")]


@pytest.mark.parametrize("error", [*NO_ANSWER, refusal("ratelimited", status=429, Retry_After="5")])
def test_an_update_is_tried_again_without_looking_anything_up(desk: Desk, error: Exception) -> None:
    desk.card()
    desk.worker.drain()
    desk.slack.fails("update", error, error, lands=True)
    desk.slack.fails("find_posted", AssertionError())
    with desk.saying() as box:
        box.refresh("card 1")
    desk.worker.drain()
    assert desk.states() == ["sent", "ready"]
    desk.later()
    desk.later()
    assert desk.states() == ["sent", "sent"] and len(desk.slack.updates) == 3


def test_an_update_of_what_never_went_out_is_skipped(desk: Desk) -> None:
    desk.card()
    desk.slack.fails("post", refusal("invalid_blocks"))
    desk.worker.drain()
    with desk.saying() as box:
        box.refresh("card 1")
    desk.worker.drain()
    assert desk.states() == ["failed", "skipped"] and desk.slack.updates == []


def test_what_has_lost_its_reason_is_skipped(desk: Desk) -> None:
    desk.card()
    desk.gone.add(Card(Ref("issue", 1)))
    desk.worker.drain()
    assert desk.states() == ["skipped"] and desk.slack.posts == []


def test_a_message_that_cannot_be_made_takes_no_other_with_it(desk: Desk) -> None:
    for number in (1, 2, 3):
        desk.card(number)
    desk.poison.add(Card(Ref("issue", 2)))
    desk.worker.drain()
    assert desk.states() == ["sent", "failed", "sent"] and "ZeroDivisionError" in desk.row("card 2").error


def test_a_reply_goes_into_the_thread_of_its_parent(desk: Desk) -> None:
    desk.card()
    with desk.saying() as box:
        box.say(Note(Ref("issue", 1), 5), to="", once="note", reply_to="card 1")
    desk.worker.drain()
    card, note = desk.slack.posts
    assert (note.channel, note.thread_ts) == (card.channel, card.ts)


def test_a_reply_without_its_parent_is_skipped(desk: Desk) -> None:
    desk.card()
    with desk.saying() as box:
        box.say(Note(Ref("issue", 1), 5), to="", once="note", reply_to="card 1")
    desk.slack.fails("post", refusal("invalid_blocks"))
    desk.worker.drain()
    assert desk.states() == ["failed", "skipped"] and desk.slack.posts == []


def test_a_whisper_is_shown_in_the_channel(desk: Desk) -> None:
    with desk.saying() as box:
        box.whisper(Receipt(Ref("issue", 1)), to="U1", channel="C1", once="card 1")
    desk.worker.drain()
    assert desk.slack.whispers == [Posted("C1", repr(Receipt(Ref("issue", 1))), key="U1")] and desk.slack.posts == []
    assert desk.states() == ["sent"]


@pytest.mark.parametrize("name", ["not_in_channel", "user_not_in_channel", "channel_not_found", "is_archived"])
def test_where_that_does_not_work_it_goes_to_her_directly(desk: Desk, name: str) -> None:
    with desk.saying() as box:
        box.whisper(Receipt(Ref("issue", 1)), to="U1", channel="C1", once="card 1")
    desk.slack.fails("whisper", refusal(name))
    desk.worker.drain()
    assert [post.channel for post in desk.slack.posts] == ["DU1"] and desk.row().channel_id == "DU1"


def test_a_whisper_without_a_channel_goes_to_her_directly(desk: Desk) -> None:
    with desk.saying() as box:
        box.whisper(Receipt(Ref("issue", 1)), to="U1", channel="", once="card 1")
    desk.worker.drain()
    assert [post.channel for post in desk.slack.posts] == ["DU1"] and desk.slack.whispers == []


def test_a_message_is_pinned_where_it_stands(desk: Desk) -> None:
    desk.card()
    with desk.saying() as box:
        box.pin("card 1")
    desk.worker.drain()
    assert desk.slack.pins == [("C1", "100.1")]
