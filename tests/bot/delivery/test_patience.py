"""How long a message is tried: with Slack away as long as it takes, with its own faults a dozen times."""

from http.client import RemoteDisconnected
from urllib.error import URLError

import pytest

from bot.database import SCHEMA
from bot.delivery.sender import MOST_ATTEMPTS
from storage.outbox.queue import Queue
from storage.outbox.rates import NONE
from tests.bot.delivery.desk import NEVER_LEFT, Desk, refusal

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # the queue itself is tested on both


def test_after_a_dozen_attempts_it_is_given_up(desk: Desk) -> None:
    desk.card()
    desk.slack.fails("post", *[TimeoutError()] * 20)
    waits = []
    for _ in range(MOST_ATTEMPTS):
        desk.worker.drain()
        waits.append(desk.wait())
        desk.later(seconds=max(0, waits[-1]) + 1)
    assert desk.states() == ["failed"] and desk.row().attempts == MOST_ATTEMPTS
    assert waits[0] > 25 and waits[-2] > 400 and sum(waits[:-1]) > 1_200, "the longer, the more often it failed"


@pytest.mark.parametrize("error", NEVER_LEFT)
def test_what_never_left_is_posted_when_slack_is_back_however_long_it_takes(desk: Desk, error: Exception) -> None:
    desk.card()
    desk.slack.fails("post", *[error] * 40)
    desk.slack.fails("find_posted", AssertionError())
    desk.worker.drain()
    assert desk.states() == ["ready"] and 0 < desk.wait() < 3
    for _ in range(39):
        desk.later(seconds=61)
        assert desk.states() == ["ready"] and desk.wait() <= 60
    desk.later(seconds=61)
    assert desk.states() == ["sent"] and len(desk.slack.posts) == 1 and desk.row().attempts == 1


@pytest.mark.parametrize(
    "error",
    [
        *NEVER_LEFT,
        TimeoutError(),
        RemoteDisconnected(""),
        refusal("", status=503),
        refusal("internal_error"),
        refusal("ratelimited", status=429),
    ],
)
def test_looking_it_up_does_not_wear_a_message_out_however_long_that_fails(desk: Desk, error: Exception) -> None:
    desk.card()
    desk.slack.fails("post", TimeoutError(), lands=True)
    desk.slack.fails("find_posted", *[error] * (2 * MOST_ATTEMPTS))
    desk.worker.drain()
    for _ in range(2 * MOST_ATTEMPTS + 1):
        assert desk.states() == ["unsure"]
        desk.later(seconds=61)
    assert desk.states() == ["sent"] and len(desk.slack.posts) == 1


def test_what_was_in_doubt_stays_so_while_slack_cannot_be_reached(desk: Desk) -> None:
    desk.card()
    desk.slack.fails("post", TimeoutError(), lands=True)
    desk.slack.fails("find_posted", URLError(ConnectionRefusedError()))
    desk.worker.drain()
    desk.later()
    assert desk.states() == ["unsure"]
    desk.later(seconds=61)
    assert desk.states() == ["sent"] and len(desk.slack.posts) == 1


def test_being_asked_to_slow_down_does_not_wear_a_message_out(desk: Desk) -> None:
    desk.card()
    desk.slack.fails(
        "post", *[refusal("ratelimited", status=429, Retry_After="1")] * (MOST_ATTEMPTS + 3), TimeoutError()
    )
    for _ in range(MOST_ATTEMPTS + 4):
        desk.later(seconds=2)
    assert desk.states() == ["unsure"]


def test_a_message_that_takes_its_process_with_it_each_time_is_given_up(desk: Desk) -> None:
    desk.card(1)
    desk.card(2)
    dying = Queue(desk.database.engine, SCHEMA.words, "dying", desk.time, limits=NONE, steady=desk.time.steady)
    for _ in range(MOST_ATTEMPTS):
        assert dying.claim() is not None
        desk.time.pass_(seconds=61)
    desk.worker.drain()
    assert desk.states() == ["failed", "sent"]
