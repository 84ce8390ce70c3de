"""Faults on request: what a client sees of each, what was done all the same, and that a seed repeats them."""

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from sandbox.person import ControlError, Person
from sandbox.server import Sandbox
from tests.sandbox.conftest import TEAM

POST = "chat.postMessage"


@pytest.fixture(autouse=True)
def _mended(lead: Person) -> Iterator[None]:
    yield
    lead.mend()


@pytest.fixture
def bare(sandbox: Sandbox) -> WebClient:
    """A client that tries once and waits a second."""
    return WebClient(token="xoxb-sandbox", base_url=sandbox.api_url, timeout=1, retry_handlers=[])


def said(lead: Person) -> list[str]:
    return [message["text"] for message in lead.messages("C0TEAM")]


def test_a_refusal_by_name_comes_for_the_call_that_was_counted(bare: WebClient, lead: Person) -> None:
    lead.inject({"where": POST, "kind": "refuse", "error": "is_archived", "nth": 2})
    assert bare.chat_postMessage(channel="C0TEAM", text="first")["ok"]
    with pytest.raises(SlackApiError, match="is_archived"):
        bare.chat_postMessage(channel="C0TEAM", text="second")
    assert bare.chat_postMessage(channel="C0TEAM", text="third")["ok"] and bare.auth_test()["ok"]
    assert said(lead)[-2:] == ["first", "third"]
    assert lead.injected() == [{"n": 1, "kind": "refuse", "where": POST, "rule": 0, "request": 2}]


def test_too_many_requests_say_how_long_to_wait(sandbox: Sandbox, lead: Person) -> None:
    lead.inject({"where": "*", "kind": "429", "delay": 1, "times": 1})
    patient = WebClient(token="xoxb-sandbox", base_url=sandbox.api_url, retry_handlers=[RateLimitErrorRetryHandler()])
    began = time.monotonic()
    assert patient.auth_test()["ok"] and time.monotonic() - began >= 1


@pytest.mark.parametrize("kind, status, done", [("500", 500, False), ("503", 503, False), ("500_after", 500, True)])
def test_a_server_error_leaves_open_what_was_done(bare, lead, kind: str, status: int, done: bool) -> None:
    lead.inject({"where": POST, "kind": kind})
    with pytest.raises(SlackApiError) as failed:
        bare.chat_postMessage(channel="C0TEAM", text=kind)
    assert failed.value.response.status_code == status
    assert (kind in said(lead)) is done


@pytest.mark.parametrize("kind, done", [("drop_before", False), ("drop_after", True)])
def test_a_dropped_connection_leaves_open_what_was_done(bare, lead, kind: str, done: bool) -> None:
    lead.inject({"where": POST, "kind": kind, "times": 1})
    with pytest.raises(ConnectionError):
        bare.chat_postMessage(channel="C0TEAM", text=kind)
    assert (kind in said(lead)) is done
    assert bare.chat_postMessage(channel="C0TEAM", text="next")["ok"]


def test_the_default_client_posts_twice_when_the_answer_is_lost(web: WebClient, lead: Person) -> None:
    lead.inject({"where": POST, "kind": "drop_after", "times": 1})
    web.chat_postMessage(channel="C0TEAM", text="doubled")
    assert said(lead)[-2:] == ["doubled", "doubled"]


def test_a_timeout_does_nothing_and_answers_nothing(bare: WebClient, lead: Person) -> None:
    lead.inject({"where": POST, "kind": "timeout"})
    with pytest.raises(TimeoutError):
        bare.chat_postMessage(channel="C0TEAM", text="lost in time")
    assert "lost in time" not in said(lead)


def test_a_late_one_is_done_after_the_client_has_given_up(bare: WebClient, lead: Person) -> None:
    lead.inject({"where": POST, "kind": "late", "delay": 1.5})
    with pytest.raises(TimeoutError):
        bare.chat_postMessage(channel="C0TEAM", text="late")
    assert "late" not in said(lead)
    lead.wait_for(lambda: "late" in said(lead))


def test_a_slow_one_is_answered_in_the_end(bare: WebClient, lead: Person) -> None:
    lead.inject({"where": POST, "kind": "slow", "delay": 0.3})
    began = time.monotonic()
    assert bare.chat_postMessage(channel="C0TEAM", text="slow")["ok"] and time.monotonic() - began >= 0.3


def test_the_same_seed_gives_the_same_faults(bare: WebClient, lead: Person) -> None:
    def run(seed: int) -> tuple[list[bool], list[Any]]:
        rules = [{"where": "auth.test", "kind": "refuse", "rate": 0.3}, {"where": "*", "kind": "500", "rate": 0.2}]
        lead.inject(*rules, seed=seed)
        return [_works(bare) for _ in range(30)], lead.mend()

    first, again, other = run(7), run(7), run(8)
    assert first == again != other
    assert {fault["kind"] for fault in first[1]} == {"refuse", "500"}
    assert first[0].count(False) == len(first[1])


def test_a_fault_is_seen_in_the_inspector(bare: WebClient, lead: Person) -> None:
    lead.inject({"where": "auth.test", "kind": "500"})
    assert not _works(bare)
    lead.mend()
    assert _works(bare)
    faults = [entry["fault"] for entry in lead.log() if entry["what"] == "auth.test"]
    assert faults[-2:] == ["500", None]


def test_an_unknown_fault_is_refused_with_those_there_are(lead: Person) -> None:
    with pytest.raises(ControlError, match=r"closed_mid_frame for chat.postMessage; there are .*drop_after"):
        lead.inject({"where": POST, "kind": "closed_mid_frame"})


class Ears:
    """An app that only listens, on a sandbox of its own."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.lead = Person(sandbox.url, "U0LEAD")
        self.heard: list[tuple[int | None, str]] = []
        self.client = SocketModeClient(
            "xapp-sandbox", web_client=WebClient(base_url=sandbox.api_url), ping_interval=0.5
        )
        self.client.socket_mode_request_listeners.append(self._hear)
        self.client.connect()

    def _hear(self, client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        payload = request.payload
        self.heard.append((request.retry_attempt, str(payload.get("command") or payload["event_id"])))
        client.send_socket_mode_response(SocketModeResponse(request.envelope_id))

    def type(self, *commands: str) -> list[bool]:
        """Type commands at the same moment, one a twentieth of a second after the other."""
        done: dict[str, bool] = {}
        threads = [threading.Thread(target=lambda c=c: done.update({c: self.lead.command(c).ok})) for c in commands]
        for thread in threads:
            thread.start()
            time.sleep(0.05)
        for thread in threads:
            thread.join()
        return [done[command] for command in commands]


@pytest.fixture
def ears() -> Iterator[Ears]:
    with Sandbox(workspace=TEAM, retry_after=(0.2, 1.0, 3.0)) as sandbox:
        ears = Ears(sandbox)
        yield ears
        ears.client.auto_reconnect_enabled = False
        sandbox.stop()
    ears.client.disconnect()


@pytest.mark.parametrize("kind, heard", [("closed_mid_frame", 0), ("drop_before", 0), ("drop_after", 1)])
def test_an_event_comes_again_when_the_connection_broke(ears: Ears, kind: str, heard: int) -> None:
    ears.lead.inject({"where": "events", "kind": kind, "times": 1})
    assert ears.lead.open_home().error == "operation_timeout"
    ears.lead.wait_for(lambda: any(attempt for attempt, _ in ears.heard), timeout=10)
    assert sum(attempt == 0 for attempt, _ in ears.heard) == heard
    assert len({event for _, event in ears.heard}) == 1


def test_a_redelivery_brings_the_same_twice(ears: Ears) -> None:
    ears.lead.inject({"where": "socket", "kind": "redelivery"})
    assert ears.type("/twice") == [True] and ears.lead.open_home().ok
    ears.lead.wait_for(lambda: len(ears.heard) == 4)
    assert ears.heard[:2] == [(None, "/twice"), (1, "/twice")]
    assert [attempt for attempt, _ in ears.heard[2:]] == [0, 1] and ears.heard[2][1] == ears.heard[3][1]


def test_one_delivery_overtakes_another(ears: Ears) -> None:
    ears.lead.inject({"where": "commands", "kind": "reordered", "nth": 1, "delay": 2})
    assert ears.type("/first", "/second") == [True, True]
    assert [command for _, command in ears.heard] == ["/second", "/first"]


def test_a_warning_and_then_the_request_to_connect_anew(ears: Ears) -> None:
    said: list[str] = []
    ears.client.on_message_listeners.append(said.append)
    ears.lead.inject({"where": "commands", "kind": "disconnect", "delay": 0.2, "times": 1})
    assert ears.type("/before") == [True]
    ears.lead.wait_for(lambda: any("warning" in text for text in said) or None)
    ears.lead.wait_for(lambda: ears.lead.command("/after").ok or None, timeout=15)


def _works(client: WebClient) -> bool:
    try:
        return bool(client.auth_test()["ok"])
    except SlackApiError:
        return False
