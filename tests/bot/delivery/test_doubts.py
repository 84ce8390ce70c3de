"""Nobody knows whether it went out: it is looked up, and said again only where it is not there."""

import pytest

from domain.cards.messages import Card, Note, Receipt
from domain.commitments.messages import Digest
from domain.core import Ref
from tests.bot.delivery.desk import DAY, NO_ANSWER, Desk, Posted, refusal

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # the queue itself is tested on both


@pytest.mark.parametrize("error", NO_ANSWER)
def test_a_post_without_an_answer_is_looked_up_and_not_said_twice(desk: Desk, error: Exception) -> None:
    desk.card()
    desk.slack.fails("post", error, lands=True)
    desk.worker.drain()
    assert desk.states() == ["unsure"] and desk.wait() > 25
    desk.later()
    assert (desk.row().state, desk.row().channel_id, desk.row().ts) == ("sent", "C1", "100.1")
    assert len(desk.slack.posts) == 1


def test_the_clock_was_set_forward_while_a_post_was_on_its_way(desk: Desk) -> None:
    desk.card()
    desk.slack.fails("post", TimeoutError())
    desk.worker.drain()
    desk.time.set_clock(minutes=5)
    desk.worker.drain()
    assert desk.states() == ["unsure"] and desk.slack.posts == [], "it may still come"
    desk.slack.posts.append(Posted("C1", "it came", key=desk.row().token, ts="100.1"))
    desk.later()
    assert desk.states() == ["sent"] and len(desk.slack.posts) == 1 and desk.row().attempts == 2


def test_a_process_that_starts_after_that_does_not_trust_its_clock_at_once(desk: Desk) -> None:
    desk.card()
    desk.slack.fails("post", TimeoutError())
    desk.worker.drain()
    desk.time.set_clock(minutes=5)
    desk.start_again()
    desk.worker.drain()
    assert desk.states() == ["unsure"] and desk.slack.posts == [] and 0 < desk.wait() <= 30
    desk.later()
    assert desk.states() == ["sent"] and len(desk.slack.posts) == 1


@pytest.mark.parametrize("error", NO_ANSWER)
def test_and_said_again_when_it_is_not_there(desk: Desk, error: Exception) -> None:
    desk.card()
    desk.slack.fails("post", error)
    desk.worker.drain()
    desk.later()
    assert desk.states() == ["sent"] and len(desk.slack.posts) == 1


def test_one_that_landed_in_a_direct_message_is_found_with_its_place(desk: Desk) -> None:
    with desk.saying() as box:
        box.say(Receipt(Ref("issue", 1)), to="U1", once="card 1")
    desk.slack.fails("post", TimeoutError(), lands=True)
    desk.worker.drain()
    desk.later()
    assert (desk.row().state, desk.row().channel_id) == ("sent", "DU1") and len(desk.slack.posts) == 1


def test_where_nobody_can_look_a_card_may_be_repeated(desk: Desk) -> None:
    desk.card()
    desk.slack.fails("post", TimeoutError(), lands=True)
    desk.slack.fails("find_posted", refusal("missing_scope"))
    desk.worker.drain()
    desk.later()
    assert desk.states() == ["sent"] and len(desk.slack.posts) == 2
    assert desk.slack.posts[1].text == f"{Card(Ref('issue', 1))!r} again", "and says that it may be a repeat"


def test_and_a_digest_is_not(desk: Desk) -> None:
    with desk.saying() as box:
        box.say(Digest("U1", DAY), to="U1", once="card 1")
    desk.slack.fails("post", TimeoutError())
    desk.slack.fails("find_posted", refusal("missing_scope"))
    desk.worker.drain()
    desk.later()
    assert desk.states() == ["skipped"] and "may be out" in desk.row().error and desk.slack.posts == []


@pytest.mark.parametrize(
    "error",
    [refusal("ratelimited", status=429, Retry_After="1"), refusal("internal_error", status=500), TimeoutError()],
)
def test_while_slack_cannot_be_asked_it_stays_unsure(desk: Desk, error: Exception) -> None:
    desk.card()
    desk.slack.fails("post", TimeoutError(), lands=True)
    desk.slack.fails("find_posted", error)
    desk.worker.drain()
    desk.later()
    assert desk.states() == ["unsure"]
    desk.later()
    assert desk.states() == ["sent"] and len(desk.slack.posts) == 1


def test_while_one_lane_waits_the_others_go_on(desk: Desk) -> None:
    desk.card(1, to="C1")
    desk.card(2, to="C1")
    desk.card(3, to="C2")
    desk.slack.fails("post", TimeoutError(), lands=True)
    desk.worker.drain()
    assert desk.states() == ["unsure", "ready", "sent"]
    desk.later()
    assert [post.channel for post in desk.slack.posts] == ["C1", "C2", "C1"] and set(desk.states()) == {"sent"}


def test_and_waits_while_its_parent_is_unsure(desk: Desk) -> None:
    desk.card()
    with desk.saying() as box:
        box.say(Note(Ref("issue", 1), 5), to="", once="note", reply_to="card 1")
    desk.slack.fails("post", TimeoutError(), lands=True)
    desk.worker.drain()
    assert desk.states() == ["unsure", "ready"]
    desk.later()
    assert [post.thread_ts for post in desk.slack.posts] == ["", "100.1"] and desk.states() == ["sent", "sent"]


def test_a_reply_that_may_be_out_is_looked_up_in_its_thread(desk: Desk) -> None:
    desk.card()
    desk.worker.drain()
    with desk.saying() as box:
        box.say(Note(Ref("issue", 1), 5), to="", once="note", reply_to="card 1")
    desk.slack.fails("post", TimeoutError(), lands=True)
    desk.worker.drain()
    desk.later()
    assert desk.row("note").state == "sent" and len(desk.slack.posts) == 2


def test_one_that_may_have_been_shown_is_shown_again_and_says_so(desk: Desk) -> None:
    with desk.saying() as box:
        box.whisper(Receipt(Ref("issue", 1)), to="U1", channel="C1", once="card 1")
    desk.slack.fails("whisper", TimeoutError(), lands=True)
    desk.worker.drain()
    desk.later()
    assert [one.text for one in desk.slack.whispers] == [
        repr(Receipt(Ref("issue", 1))),
        f"{Receipt(Ref('issue', 1))!r} again",
    ]


def test_one_that_may_have_gone_to_her_directly_is_looked_up_there(desk: Desk) -> None:
    with desk.saying() as box:
        box.whisper(Receipt(Ref("issue", 1)), to="U1", channel="C1", once="card 1")
    desk.slack.fails("whisper", *[refusal("not_in_channel")] * 2)
    desk.slack.fails("post", TimeoutError(), lands=True)
    desk.worker.drain()
    desk.later()
    assert desk.states() == ["sent"] and len(desk.slack.posts) == 1
