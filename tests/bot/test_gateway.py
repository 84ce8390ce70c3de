"""What the gateway finds in Slack."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.request import Request, urlopen

import pytest

from bot.slack.gateway import Gateway
from sandbox.person import Person
from sandbox.server import Sandbox
from views.blocks import Rendered

CHANNEL = "C0SALES"
MORE_THAN_A_PAGE = 230


@pytest.fixture
def gateway(workspace_server: Sandbox) -> Iterator[Gateway]:
    urlopen(Request(f"{workspace_server.url}/sandbox/api/reset", method="POST")).close()
    yield Gateway("xoxb-sandbox", workspace_server.api_url)


@pytest.mark.parametrize("in_thread", [False, True], ids=["in a channel", "in a thread"])
def test_a_message_is_found_under_much_that_was_said_since(
    workspace_server: Sandbox, gateway: Gateway, in_thread: bool
) -> None:
    """Else it would be posted a second time: after an outage, say, with people who go on talking."""
    clerk, since = Person(workspace_server.url, "U0CLERK"), datetime.now(UTC)
    thread = str(clerk.say(CHANNEL, "The stock list is wrong")["ts"]) if in_thread else ""

    def chatter() -> None:
        for number in range(MORE_THAN_A_PAGE):
            clerk.say(CHANNEL, f"chatter {number}", thread=thread or None)

    if in_thread:  # replies come the oldest first, a channel's messages the newest first
        chatter()
    posted = gateway.post(CHANNEL, Rendered("Issue I-1"), key="17", thread_ts=thread)
    if not in_thread:
        chatter()
    assert gateway.find_posted(CHANNEL, "17", since=since, thread_ts=thread) == posted
    assert gateway.find_posted(CHANNEL, "18", since=since, thread_ts=thread) is None


def test_a_message_is_found_where_this_machines_clock_runs_ahead_of_slacks(
    workspace_server: Sandbox, gateway: Gateway
) -> None:
    """By as much as requests may be off, and doctor says nothing: a message then seems older than its reason."""
    posted = gateway.post(CHANNEL, Rendered("Issue I-1"), key="17")
    ahead = datetime.now(UTC) + timedelta(minutes=4)
    assert gateway.find_posted(CHANNEL, "17", since=ahead) == posted
