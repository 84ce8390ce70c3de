"""What the gateway finds in Slack."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import cast
from urllib.request import Request, urlopen

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack import message_search
from bot.slack.downloads import content_of, is_slacks
from bot.slack.gateway import Gateway
from bot.slack.message_search import Search, Unfinished
from domain.core import UserError
from sandbox.person import Person
from sandbox.server import Sandbox
from views.core import Rendered

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
    assert gateway.find_posted(Search(CHANNEL, "17", since, thread)) == posted
    assert gateway.find_posted(Search(CHANNEL, "18", since, thread)) is None


def test_a_message_is_found_where_this_machines_clock_runs_ahead_of_slacks(
    workspace_server: Sandbox, gateway: Gateway
) -> None:
    """By as much as requests may be off, and doctor says nothing: a message then seems older than its reason."""
    posted = gateway.post(CHANNEL, Rendered("Issue I-1"), key="17")
    ahead = datetime.now(UTC) + timedelta(minutes=4)
    assert gateway.find_posted(Search(CHANNEL, "17", ahead)) == posted


def test_a_search_that_is_broken_off_goes_on_where_it_was(
    workspace_server: Sandbox, gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A history with more pages than a minute allows would be begun anew for ever."""
    monkeypatch.setattr(message_search, "PAGE", 2)
    monkeypatch.setattr(message_search, "MOST_PAGES", 2)
    clerk, search = Person(workspace_server.url, "U0CLERK"), Search(CHANNEL, "17", datetime.now(UTC))
    posted = gateway.post(CHANNEL, Rendered("Issue I-1"), key="17")
    for number in range(6):
        clerk.say(CHANNEL, f"chatter {number}")
    with pytest.raises(Unfinished):
        gateway.find_posted(search)
    clerk.inject({"where": "conversations.history", "kind": "refuse", "error": "ratelimited", "times": 1})
    with pytest.raises(SlackApiError):
        gateway.find_posted(search)
    assert gateway.find_posted(search) == posted


def test_a_search_whose_place_slack_has_forgotten_begins_anew(gateway: Gateway) -> None:
    posted = gateway.post(CHANNEL, Rendered("Issue I-1"), key="17")
    search = Search(CHANNEL, "17", datetime.now(UTC), cursor="old")
    with pytest.raises(Unfinished):
        gateway.find_posted(search)
    assert gateway.find_posted(search) == posted


METADATA = {"event_type": "gemba_message", "event_payload": {"key": "17"}}
SAID = {"type": "message", "user": "U1", "text": "Issue", "ts": "1.0"}


@pytest.mark.parametrize(
    "message, ours",
    [
        pytest.param({"metadata": METADATA, "bot_id": "B1"}, True, id="ours"),
        pytest.param({"metadata": METADATA}, True, id="ours, where Slack does not say whose"),
        pytest.param({"metadata": METADATA, "bot_id": "B2"}, False, id="another bot's, with our mark"),
        pytest.param({"metadata": {**METADATA, "event_payload": None}}, False, id="a mark of nothing"),
        pytest.param({"metadata": {**METADATA, "event_payload": ["17"]}}, False, id="a mark that is a list"),
        pytest.param({"metadata": {"event_type": "gemba_message"}}, False, id="a mark that Slack keeps back"),
        pytest.param({"metadata": None}, False, id="no mark"),
        pytest.param({"metadata": {**METADATA, "event_type": "other"}}, False, id="another app's"),
    ],
)
def test_a_message_is_ours_by_its_mark_and_its_bot(message: dict[str, object], ours: bool) -> None:
    class History:
        def conversations_history(self, **_: object) -> dict[str, object]:
            return {"messages": [{**SAID, **message}], "response_metadata": None}

    search = Search(CHANNEL, "17", datetime.now(UTC))
    found = message_search.find_message(cast(WebClient, History()), search, "B1", lambda: None)
    assert found == ((CHANNEL, "1.0") if ours else None)


API = "https://slack.com/api/"


@pytest.mark.parametrize(
    "url, api, slacks",
    [
        ("https://files.slack.com/files-pri/T1-F1/values.csv", API, True),
        ("https://acme.slack.com/files/U1/F1/values.csv", API, True),
        ("https://slack-files.com/T1-F1-abc", API, True),
        ("https://files.slack-gov.com/files-pri/T1-F1/values.csv", "https://slack-gov.com/api/", True),
        ("http://127.0.0.1:4040/files/F1/values.csv", "http://127.0.0.1:4040/api/", True),
        ("http://127.0.0.1:4041/files/F1/values.csv", "http://127.0.0.1:4040/api/", False),
        ("http://files.slack.com/files-pri/T1-F1/values.csv", API, False),
        ("https://drive.example.com/values.csv", API, False),
        ("https://evilslack.com/values.csv", API, False),
        ("https://slack.com.evil.example/values.csv", API, False),
        ("https://slack.com@evil.example/values.csv", API, False),
        ("file:///etc/passwd", API, False),
        ("", API, False),
    ],
)
def test_the_token_goes_to_slacks_hosts_only(url: str, api: str, slacks: bool) -> None:
    assert is_slacks(url, api) is slacks


def test_a_file_that_is_kept_outside_slack_is_not_fetched() -> None:
    """Not even where its address is Slack's: that leads on to where it is kept."""
    told = {"is_external": True, "mode": "external", "url_private": "https://files.slack.com/F1", "size": 0}
    with pytest.raises(UserError, match="kept outside Slack"):
        content_of(WebClient(token="xoxb-1"), told, 10)
