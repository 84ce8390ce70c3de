"""What reaches an app has the fields of Slack's documented examples, and not those that they leave out.

Sources: docs.slack.dev, "Interaction payloads" and "Events API", the page of each type.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from slack_sdk import WebClient

from sandbox.base import BOT_TOKEN, Json
from sandbox.person import Person
from sandbox.server import Sandbox
from tests.sandbox.conftest import TEAM

PLAIN = {"type": "plain_text", "text": "x"}
BUTTON = {"type": "actions", "elements": [{"type": "button", "action_id": "go", "value": "1", "text": PLAIN}]}
MENU = {
    "type": "input",
    "block_id": "menu",
    "label": PLAIN,
    "optional": True,
    "element": {"type": "external_select", "action_id": "pick", "min_query_length": 0},
}
WHERE = {
    "type": "input",
    "block_id": "where",
    "label": PLAIN,
    "optional": True,
    "element": {
        "type": "conversations_select",
        "action_id": "to",
        "response_url_enabled": True,
        "initial_conversation": "C0TEAM",
    },
}
MODAL = {"type": "modal", "title": PLAIN, "submit": PLAIN, "notify_on_close": True, "blocks": [BUTTON, MENU, WHERE]}
HOME = {"type": "home", "blocks": [BUTTON]}
ALWAYS = "type team user api_app_id token is_enterprise_install enterprise"
VIEW = (
    "id team_id type blocks private_metadata callback_id state hash title clear_on_close notify_on_close close submit "
    "previous_view_id root_view_id app_id external_id app_installed_team_id bot_id"
)
ENVELOPE = (
    "token team_id api_app_id event type event_id event_time authorizations is_ext_shared_channel event_context "
    "context_team_id context_enterprise_id"
)


@dataclass
class Stage:
    """A workspace with no app connected: what would be sent to one is read in the inspector."""

    web: WebClient
    lead: Person
    sandbox: Sandbox
    first: str = ""
    """A message that is there from the beginning."""

    def sent(self, act: Callable[["Stage"], Any], what: str) -> Json:
        """The first payload of this kind after something was done."""
        last = self.lead.log()[-1]["n"] if self.lead.log() else 0
        act(self)
        found = self.lead.wait_for(lambda: [e for e in self.lead.log(last) if e["what"].startswith(what)])
        return dict(found[0]["request"]["payload"])

    def modal(self) -> Json:
        self.web.views_open(trigger_id=self.sandbox.slack.triggers.issue("U0LEAD"), view=MODAL)
        view = self.lead.modal()
        assert view is not None
        return view

    def card(self, **more: Any) -> Json:
        posted = self.web.chat_postMessage(channel="C0TEAM", text="card", blocks=[BUTTON], **more)
        return self.lead.message("C0TEAM", posted["ts"])

    def add(self, path: str, body: bytes) -> None:
        self.lead._call("POST", path, body)


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with Sandbox(workspace=TEAM, retry_after=()) as sandbox:
        stage = Stage(WebClient(token=BOT_TOKEN, base_url=sandbox.api_url), Person(sandbox.url, "U0LEAD"), sandbox)
        stage.first = stage.sent(lambda s: s.lead.say("C0TEAM", "first"), "event message")["event"]["ts"]
        yield stage


def file_of(stage: Stage) -> list[str]:
    return [stage.lead.upload("a.png", b"x")["id"]]


def whispered(stage: Stage) -> Json:
    ts = stage.web.chat_postEphemeral(channel="C0TEAM", user="U0LEAD", text="x", blocks=[BUTTON])["message_ts"]
    return stage.lead.message("C0TEAM", ts)


def home(stage: Stage) -> Json:
    return dict(stage.web.views_publish(user_id="U0LEAD", view=HOME)["view"])


@pytest.mark.parametrize(
    "what, act, fields, absent",
    [
        pytest.param(
            "command",
            lambda s: s.lead.command("/x y"),
            "token team_id team_domain channel_id channel_name user_id user_name command text api_app_id "
            "is_enterprise_install response_url trigger_id",
            "type",
            id="slash command",
        ),
        pytest.param(
            "action",
            lambda s: s.lead.press(s.card(), "go"),
            f"{ALWAYS} container trigger_id channel message state response_url actions",
            "view",
            id="button in a card",
        ),
        pytest.param(
            "action",
            lambda s: s.lead.press(whispered(s), "go"),
            f"{ALWAYS} container trigger_id channel state response_url actions",
            "message view",
            id="ephemeral message",
        ),
        pytest.param(
            "action",
            lambda s: s.lead.press(s.modal(), "go"),
            f"{ALWAYS} container trigger_id view actions",
            "message channel response_url",
            id="button in a modal",
        ),
        pytest.param(
            "action",
            lambda s: s.lead.press(home(s), "go"),
            f"{ALWAYS} container trigger_id view actions",
            "message channel response_url",
            id="button in the Home tab",
        ),
        pytest.param(
            "options",
            lambda s: s.lead.post(
                "options", container={"type": "view", "view_id": s.modal()["id"]}, block_id="menu", action_id="pick"
            ),
            f"{ALWAYS} container action_id block_id value view",
            "trigger_id response_url actions",
            id="menu's options",
        ),
        pytest.param(
            "submit",
            lambda s: s.lead.submit(s.modal(), {}),
            f"{ALWAYS} trigger_id view response_urls",
            "response_url container",
            id="view submission",
        ),
        pytest.param(
            "close",
            lambda s: (s.modal(), s.lead.close()),
            f"{ALWAYS} view is_cleared",
            "trigger_id response_urls",
            id="view closed",
        ),
        pytest.param(
            "shortcut",
            lambda s: s.lead.shortcut("x"),
            "type token action_ts team user callback_id trigger_id",
            "channel response_url message",
            id="global shortcut",
        ),
        pytest.param(
            "shortcut",
            lambda s: s.lead.message_shortcut("x", s.card()),
            "type token action_ts team user callback_id trigger_id channel message message_ts response_url",
            "view",
            id="message shortcut",
        ),
    ],
)
def test_interaction_payloads(stage: Stage, what: str, act: Any, fields: str, absent: str) -> None:
    try:
        payload = stage.sent(act, what)
    except Exception as refused:  # nobody answers, so a menu's options are refused
        assert what == "options", refused
        payload = stage.lead.log()[-1]["request"]["payload"]
    assert set(fields.split()) - set(payload) == set() and set(absent.split()) & set(payload) == set()
    assert payload.get("enterprise") is None
    if "view" in payload:
        assert set(VIEW.split()) - {"title", "close", "submit"} - set(payload["view"]) == set()
    for action in payload.get("actions", []):
        assert {"type", "block_id", "action_id", "text", "value", "action_ts"} <= set(action)


@pytest.mark.parametrize(
    "what, act, fields, absent",
    [
        pytest.param(
            "message",
            lambda s: s.lead.say("C0TEAM", "x"),
            "user text ts channel event_ts channel_type client_msg_id team",
            "subtype bot_id",
            id="message",
        ),
        pytest.param(
            "message",
            lambda s: s.lead.say("C0TEAM", "x", thread=s.first),
            "thread_ts parent_user_id user text ts",
            "subtype",
            id="reply",
        ),
        pytest.param(
            "message",
            lambda s: s.lead.say("C0TEAM", "x", files=file_of(s)),
            "subtype files user text ts",
            "bot_id",
            id="message with a file",
        ),
        pytest.param(
            "message",
            lambda s: s.card(),
            "user text ts bot_id app_id bot_profile blocks channel channel_type",
            "subtype",
            id="own",
        ),
        pytest.param(
            "message",
            lambda s: (
                s.add("/people", b'{"id": "U0X", "name": "x"}'),
                s.add("/channels/C0TEAM/members", b'{"user": "U0X"}'),
            ),
            "subtype user text ts channel",
            "bot_id",
            id="somebody joined",
        ),
        pytest.param(
            "app_mention",
            lambda s: s.lead.say("C0TEAM", "<@U0APPBOT> x"),
            "user text ts channel event_ts team",
            "channel_type subtype",
            id="mention",
        ),
        pytest.param(
            "reaction_added",
            lambda s: s.lead.react(s.card(), "eyes"),
            "user reaction item item_user event_ts",
            "channel",
            id="reaction",
        ),
        pytest.param(
            "member_joined",
            lambda s: (
                s.add("/people", b'{"id": "U0Y", "name": "y"}'),
                s.add("/channels/C0TEAM/members", b'{"user": "U0Y"}'),
            ),
            "user channel channel_type team event_ts",
            "inviter",
            id="joined",
        ),
        pytest.param(
            "app_home_opened",
            lambda s: (home(s), s.lead.open_home()),
            "user channel tab view event_ts",
            "team",
            id="home opened",
        ),
        pytest.param(
            "file_shared",
            lambda s: s.lead.say("C0TEAM", "x", files=file_of(s)),
            "channel_id file_id user_id file event_ts",
            "channel",
            id="file shared",
        ),
    ],
)
def test_events(stage: Stage, what: str, act: Any, fields: str, absent: str) -> None:
    payload = stage.sent(act, f"event {what}")
    assert set(ENVELOPE.split()) - set(payload) == set() and payload["type"] == "event_callback"
    event = payload["event"]
    assert set(fields.split()) - set(event) == set() and set(absent.split()) & set(event) == set()


@pytest.mark.parametrize(
    "subtype, act, fields",
    [
        (
            "message_changed",
            lambda s, card: s.web.chat_update(channel="C0TEAM", ts=card["ts"], text="new"),
            "hidden message previous_message ts event_ts channel channel_type",
        ),
        (
            "message_deleted",
            lambda s, card: s.web.chat_delete(channel="C0TEAM", ts=card["ts"]),
            "hidden deleted_ts previous_message ts event_ts channel channel_type",
        ),
    ],
)
def test_changes_of_a_message_are_told_with_what_was_there_before(stage: Stage, subtype, act, fields) -> None:
    card = stage.card()
    stage.lead.wait_for(lambda: [e for e in stage.lead.log() if e["what"] == "event message"])

    def changed() -> list[Json]:
        events = [e["request"]["payload"]["event"] for e in stage.lead.log() if e["what"] == "event message"]
        return [event for event in events if event.get("subtype") == subtype]

    act(stage, card)
    event = stage.lead.wait_for(changed)[-1]
    assert set(fields.split()) - set(event) == set() and event["previous_message"]["ts"] == card["ts"]


def test_a_submission_brings_a_response_url_for_each_input_that_asks_for_one(stage: Stage) -> None:
    (given,) = stage.sent(lambda s: s.lead.submit(s.modal(), {}), "submit")["response_urls"]
    assert set(given) == {"block_id", "action_id", "channel_id", "response_url"} and given["channel_id"] == "C0TEAM"
    stage.lead.close(clear=True)


def test_the_home_tab_of_a_person_who_has_none_yet_is_told_without_a_view(stage: Stage) -> None:
    mate = Person(stage.sandbox.url, "U0MATE")
    assert "view" not in stage.sent(lambda _: mate.open_home(), "event app_home_opened")["event"]
