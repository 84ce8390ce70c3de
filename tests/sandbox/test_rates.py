"""Rate limits by tier: what Slack's pages say, with a clock that the test moves; and what a client sees."""

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox.api import METHODS
from sandbox.person import ControlError, Person
from sandbox.rates import Rates
from sandbox.server import Sandbox
from sandbox.tiers import PER_WORKSPACE, TIER_OF
from tests.sandbox.conftest import TEAM

UNLIMITED = {"api.test"}


@pytest.mark.parametrize(
    "strictness, method, at_once, then",
    [
        pytest.param("on", "users.list", 20, 3, id="tier 2: 20 a minute, so one in 3 seconds"),
        pytest.param("on", "chat.update", 50, 2, id="tier 3: 50 a minute"),
        pytest.param("on", "views.open", 100, 1, id="tier 4: 100 a minute"),
        pytest.param("on", "chat.postMessage", 20, 1, id="messages: a burst in a channel, then one a second"),
        pytest.param("strict", "chat.postMessage", 3, 1, id="messages, strictly"),
        pytest.param("strict", "users.list", 3, 2, id="a sixth of a minute's worth at once"),
        pytest.param("strict", "apps.uninstall", 1, 60, id="tier 1, strictly"),
    ],
)
def test_so_many_at_once_and_then_so_long_a_wait(strictness: str, method: str, at_once: int, then: int) -> None:
    rates = Rates(strictness, clock=lambda: 0.0)
    waits = [rates.ask(method, "C1") for _ in range(at_once + 1)]
    assert waits == [0] * at_once + [then]


def test_after_the_wait_one_more_may_go_and_other_channels_go_on() -> None:
    now = [0.0]
    rates = Rates("strict", clock=lambda: now[0])
    assert [rates.ask("chat.postMessage", "C1") for _ in range(4)] == [0, 0, 0, 1]
    assert rates.ask("chat.postMessage", "C2") == 0
    now[0] += 1
    assert [rates.ask("chat.postMessage", "C1") for _ in range(2)] == [0, 1]
    rates.set("off")
    assert [rates.ask("chat.postMessage", "C1") for _ in range(99)] == [0] * 99


def test_every_method_has_its_tier() -> None:
    assert set(METHODS) - UNLIMITED <= set(TIER_OF) | set(PER_WORKSPACE)


def test_who_posts_too_fast_is_told_when_to_try_again() -> None:
    with Sandbox(workspace=TEAM) as sandbox:
        passed = [0.0]
        sandbox.platform.rates = Rates("strict", clock=lambda: passed[0])
        web = WebClient(token="xoxb-sandbox", base_url=sandbox.api_url)
        for _ in range(3):
            web.chat_postMessage(channel="C0TEAM", text="fast")
        with pytest.raises(SlackApiError) as refused:
            web.chat_postMessage(channel="C0TEAM", text="too fast")
        answer = refused.value.response
        assert (answer.status_code, answer.headers["Retry-After"]) == (429, "1")
        assert answer.data == {"ok": False, "error": "ratelimited"}
        passed[0] += 1
        assert web.chat_postMessage(channel="C0TEAM", text="in time")["ok"]


def test_the_strictness_is_set_while_it_runs(sandbox: Sandbox, lead: Person) -> None:
    assert lead._call("GET", "/rates")["strictness"] == "off"
    assert lead._call("POST", "/rates", b'{"strictness": "on"}')["strictness"] == "on"
    lead._call("POST", "/rates", b'{"strictness": "off"}')
    with pytest.raises(ControlError, match="there are off, on, strict"):
        lead._call("POST", "/rates", b'{"strictness": "very"}')
