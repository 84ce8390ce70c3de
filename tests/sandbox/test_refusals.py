"""What Slack refuses, by name, as slack_sdk's own client sees it: scopes, places, people, views, and what runs out."""

import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from sandbox.person import Person
from sandbox.server import Sandbox
from tests.sandbox.test_modals import TITLE, form, open_form, text

TEAM = {
    "people": [
        {"id": "U0LEAD", "name": "lead"},
        {"id": "U0OTHER", "name": "other"},
        {"id": "U0ROBOT", "name": "robot", "is_bot": True},
        {"id": "U0GONE", "name": "gone", "deleted": True},
    ],
    "channels": [
        {"id": "C0TEAM", "name": "team", "members": ["U0LEAD"], "bot": True},
        {"id": "C0ALONE", "name": "alone", "members": ["U0LEAD"]},
        {"id": "C0OLD", "name": "old", "members": ["U0LEAD"], "bot": True},
        {"id": "C0HIDDEN", "name": "hidden", "is_private": True, "members": ["U0LEAD"]},
    ],
}
NOTHING_GRANTED = {"oauth_config": {"scopes": {"bot": ["commands"]}}}


def error_of(call: Callable[[], Any]) -> dict[str, Any]:
    with pytest.raises(SlackApiError) as refused:
        call()
    return dict(refused.value.response.data)


@pytest.fixture(scope="module")
def place() -> Iterator[WebClient]:
    with Sandbox(workspace=TEAM) as running:
        web = WebClient(token="xoxb-sandbox", base_url=running.api_url)
        posted = web.chat_postMessage(channel="C0OLD", text="before the end")["ts"]
        Person(running.url, "U0LEAD")._call("PATCH", "/channels/C0OLD", b'{"archived": true}')
        web.old_message = posted
        yield web


@pytest.mark.parametrize(
    "call, error",
    [
        (lambda w: w.chat_postMessage(channel="C0ALONE", text="x"), "not_in_channel"),
        (lambda w: w.chat_postMessage(channel="C0HIDDEN", text="x"), "channel_not_found"),
        (lambda w: w.chat_postMessage(channel="C0OLD", text="x"), "is_archived"),
        (lambda w: w.chat_update(channel="C0OLD", ts=w.old_message, text="x"), "is_inactive"),
        (lambda w: w.chat_postMessage(channel="U0ROBOT", text="x"), "cannot_dm_bot"),
        (lambda w: w.chat_postMessage(channel="U0APPBOT", text="x"), "cannot_dm_bot"),
        (lambda w: w.conversations_open(users="U0ROBOT"), "cannot_dm_bot"),
        (lambda w: w.conversations_open(users="U0GONE"), "user_disabled"),
        (lambda w: w.conversations_open(users="U0NOBODY"), "user_not_found"),
        (lambda w: w.chat_postEphemeral(channel="C0TEAM", user="U0OTHER", text="x"), "user_not_in_channel"),
        (lambda w: w.chat_postEphemeral(channel="C0TEAM", user="U0NOBODY", text="x"), "user_not_found"),
        (lambda w: w.users_info(user="U0NOBODY"), "user_not_found"),
        (lambda w: w.conversations_history(channel="C0ALONE"), "not_in_channel"),
        (lambda w: w.reactions_add(channel="C0OLD", timestamp=w.old_message, name="eyes"), "is_archived"),
        (lambda w: w.chat_postMessage(channel="C0TEAM", text="x", thread_ts="1.2"), "cannot_reply_to_message"),
        (lambda w: w.chat_delete(channel="C0TEAM", ts="1.2"), "message_not_found"),
        (lambda w: w.views_update(view_id="V0NONE", view=form("x", TITLE)), "not_found"),
    ],
)
def test_places_and_people_that_are_refused(place: WebClient, call: Callable[[WebClient], Any], error: str) -> None:
    assert error_of(lambda: call(place))["error"] == error


@pytest.mark.parametrize(
    "call, needed",
    [
        (lambda w: w.chat_postMessage(channel="C0TEAM", text="x"), "chat:write"),
        (lambda w: w.users_info(user="U0LEAD"), "users:read"),
        (lambda w: w.users_lookupByEmail(email="x"), "users:read.email"),
        (lambda w: w.conversations_history(channel="C0TEAM"), "channels:history"),
        (lambda w: w.conversations_list(types="private_channel"), "groups:read"),
        (lambda w: w.conversations_open(users="U0LEAD"), "im:write"),
        (lambda w: w.conversations_open(users="U0LEAD,U0OTHER"), "mpim:write"),
        (lambda w: w.files_getUploadURLExternal(filename="x", length=1), "files:write"),
        (lambda w: w.pins_add(channel="C0TEAM", timestamp="1.2"), "pins:write"),
        (lambda w: w.usergroups_list(), "usergroups:read"),
    ],
)
def test_a_missing_scope_is_named_with_those_that_are_there(call: Callable[[WebClient], Any], needed: str) -> None:
    with Sandbox(workspace=TEAM, manifest=NOTHING_GRANTED) as sandbox:
        refusal = error_of(lambda: call(WebClient(token="xoxb-sandbox", base_url=sandbox.api_url)))
    assert refusal == {"ok": False, "error": "missing_scope", "needed": needed, "provided": "commands"}


def test_a_view_of_more_than_250_kb_is_too_large(app: App, lead: Person, web: WebClient) -> None:
    opened = open_form(app, lead, "large", form("large", TITLE))
    section = {"type": "section", "text": text("x" * 3_000)}
    large = form("large", *[section] * 90)
    assert error_of(lambda: web.views_update(view_id=opened["id"], view=large))["error"] == "view_too_large"
    assert web.views_update(view_id=opened["id"], view=form("large", *[section] * 70))["ok"]
    lead.close()


def test_a_response_url_lives_for_thirty_minutes(app: App, sandbox: Sandbox, lead: Person) -> None:
    urls: list[str] = []

    @app.command("/later")
    def later(ack, body):
        urls.append(body["response_url"])
        ack()

    lead.command("/later")
    webhook = WebhookClient(urls[0])
    assert webhook.send(text="in time").status_code == 200
    reply = sandbox.slack.response_urls._known[urls[0].rpartition("/")[2]]
    reply.issued -= 30 * 60
    late = webhook.send(text="too late")
    assert (late.status_code, late.body) == (404, '{"ok":false,"error":"expired_url"}')


def test_a_response_url_takes_objects_only(app: App, lead: Person) -> None:
    urls: list[str] = []
    app.command("/strict")(lambda ack, body: (urls.append(body["response_url"]), ack()))
    lead.command("/strict")
    for body in (b"[1]", b'"hello"', b"null", b"{", b"\xff\xfe"):
        with pytest.raises(HTTPError) as refused:
            urlopen(Request(urls[0], body, {"Content-Type": "application/json"}))
        with refused.value as answer:
            assert (answer.code, json.load(answer)) == (400, {"ok": False, "error": "invalid_payload"})
        assert lead.log()[-1]["broke"] == ["invalid_payload"]
