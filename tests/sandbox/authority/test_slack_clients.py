"""`slack_sdk`'s own clients against the sandbox: each method with its documented arguments, whatever carries them."""

import json
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web import SlackResponse
from slack_sdk.webhook import WebhookClient

from sandbox.api import METHODS
from sandbox.base import APP_TOKEN, BOT_TOKEN
from sandbox.person import Person
from sandbox.server import Sandbox
from tests.sandbox.authority.calls import Place
from tests.sandbox.conftest import TEAM


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    groups = [{"id": "S0TEAM", "handle": "team", "users": ["U0LEAD"]}]
    with Sandbox(workspace={**TEAM, "usergroups": groups}) as running:
        yield running


def by_its_function(web: WebClient, method: str, args: dict[str, Any]) -> SlackResponse:
    if method == "apps.connections.open":
        args = {"app_token": APP_TOKEN}
    return getattr(web, method.replace(".", "_"))(**args)  # type: ignore[no-any-return]


def as_json(web: WebClient, method: str, args: dict[str, Any]) -> SlackResponse:
    return _as(method, web).api_call(method, json=args)


def as_form(web: WebClient, method: str, args: dict[str, Any]) -> SlackResponse:
    plain = {name: json.dumps(value) if isinstance(value, list | dict) else value for name, value in args.items()}
    return _as(method, web).api_call(method, params=plain)


def _as(method: str, web: WebClient) -> WebClient:
    if method != "apps.connections.open":
        return web
    return WebClient(token=APP_TOKEN, base_url=web.base_url)


@pytest.mark.parametrize("call", [by_its_function, as_json, as_form])
def test_every_method_takes_its_documented_arguments(
    sandbox: Sandbox, call: Callable[[WebClient, str, dict[str, Any]], SlackResponse]
) -> None:
    web = WebClient(token=BOT_TOKEN, base_url=sandbox.api_url)
    calls = Place(sandbox, web).calls()
    assert set(calls) == set(METHODS)
    for method, known in calls.items():
        answer = call(web, method, dict(known.args)).data
        assert isinstance(answer, dict) and answer["ok"] is True and known.answers <= set(answer), method


def test_blocks_and_views_arrive_whole_whatever_carries_them(sandbox: Sandbox) -> None:
    web = WebClient(token=BOT_TOKEN, base_url=sandbox.api_url)
    blocks = [{"type": "section", "block_id": "b", "text": {"type": "plain_text", "text": '中文 & <b> "q" +%'}}]
    for call in (as_json, as_form, by_its_function):
        posted = call(web, "chat.postMessage", {"channel": "C0TEAM", "text": "t", "blocks": blocks})["message"]
        assert posted["blocks"] == blocks


def test_the_sdk_follows_cursors_to_the_end(sandbox: Sandbox) -> None:
    web = WebClient(token=BOT_TOKEN, base_url=sandbox.api_url)
    everybody = {user["id"] for page in web.users_list(limit=1) for user in page["members"]}
    assert everybody == {"U0LEAD", "U0MATE", "U0APPBOT"}
    channels = {channel["id"] for page in web.conversations_list(limit=1) for channel in page["channels"]}
    assert channels == {"C0TEAM", "C0ALONE"}


def test_several_files_are_uploaded_in_one_message(sandbox: Sandbox) -> None:
    web = WebClient(token=BOT_TOKEN, base_url=sandbox.api_url)
    uploads = [{"content": b"1", "filename": "a.txt"}, {"content": "2", "filename": "b.csv", "title": "B"}]
    answer = web.files_upload_v2(file_uploads=uploads, channel="C0TEAM", initial_comment="both")
    assert [file["title"] for file in answer["files"]] == ["a.txt", "B"]
    (message,) = Person(sandbox.url, "U0LEAD").messages("C0TEAM")
    assert (message["text"], [file["name"] for file in message["files"]]) == ("both", ["a.txt", "b.csv"])


def test_the_webhook_client_answers_by_a_response_url(sandbox: Sandbox) -> None:
    lead = Person(sandbox.url, "U0LEAD")
    urls: list[str] = []
    asked = threading.Event()

    def listen(client: SocketModeClient, request: Any) -> None:
        client.send_socket_mode_response(SocketModeResponse(request.envelope_id))
        if request.type == "slash_commands":
            urls.append(request.payload["response_url"])
            asked.set()

    web = WebClient(base_url=sandbox.api_url)
    client = SocketModeClient(APP_TOKEN, web_client=web, auto_reconnect_enabled=False)
    client.socket_mode_request_listeners.append(listen)
    client.connect()
    assert lead.command("/x", "C0TEAM").ok and asked.wait(5)
    webhook = WebhookClient(urls[0])
    sent = webhook.send(text="for all", response_type="in_channel", blocks=[{"type": "divider"}])
    assert (sent.status_code, sent.body) == (200, "ok")
    assert webhook.send_dict({"text": "for one"}).status_code == 200
    assert webhook.send(blocks=[{"type": "nothing"}]).status_code == 400
    assert [said["text"] for said in lead.messages("C0TEAM")] == ["for all", "for one"]
    client.disconnect()
