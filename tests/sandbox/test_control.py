"""The control API: what a person sees, the live socket, setting up; and the forms in which the Web API takes calls."""

import json
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient
from websockets.sync.client import ClientConnection, connect

from sandbox.person import ControlError, Person
from sandbox.server import Sandbox


@pytest.fixture
def page(sandbox: Sandbox) -> Iterator[ClientConnection]:
    with connect(sandbox.url.replace("http", "ws") + "/sandbox/api/live?user=U0LEAD") as socket:
        yield socket


def pushed(page: ClientConnection, *kinds: str) -> dict[str, Any]:
    """The next push of one of these kinds."""
    while True:
        push = json.loads(page.recv(timeout=30))
        if push["type"] in kinds:
            return dict(push)


def request(sandbox: Sandbox, path: str, body: bytes | None = None, kind: str = "") -> dict[str, Any]:
    headers = {"Authorization": "Bearer xoxb-sandbox", **({"Content-Type": kind} if kind else {})}
    with urllib.request.urlopen(urllib.request.Request(sandbox.url + path, body, headers)) as answer:
        return dict(json.load(answer))


def test_the_page_sees_messages_come_change_and_go(web: WebClient, page: ClientConnection) -> None:
    ts = web.chat_postMessage(channel="C0TEAM", text="one")["ts"]
    assert pushed(page, "message")["message"]["text"] == "one"
    web.chat_update(channel="C0TEAM", ts=ts, text="two")
    assert pushed(page, "message_changed")["message"]["text"] == "two"
    web.chat_delete(channel="C0TEAM", ts=ts)
    assert pushed(page, "message_deleted")["ts"] == ts


def test_the_page_sees_only_what_its_person_sees(web: WebClient, page: ClientConnection) -> None:
    web.chat_postMessage(channel="U0MATE", text="not for the lead")
    web.chat_postEphemeral(channel="C0TEAM", user="U0MATE", text="nor this")
    web.chat_postEphemeral(channel="C0TEAM", user="U0LEAD", text="but this")
    web.chat_postMessage(channel="U0LEAD", text="and this")
    seen = [pushed(page, "ephemeral", "message")["message"]["text"] for _ in range(2)]
    assert seen == ["but this", "and this"]


def test_what_a_person_sees_of_channels(web: WebClient, lead: Person, mate: Person) -> None:
    web.chat_postMessage(channel="C0TEAM", text="fresh")
    channels = {channel["id"]: channel for channel in lead.channels()}
    assert channels["D0LEAD"]["with"] == "U0APPBOT" and channels["C0HIDDEN"]["kind"] == "private"
    assert channels["C0TEAM"]["unread"] > 0
    lead.post("read", channel="C0TEAM", ts=lead.messages("C0TEAM")[-1]["ts"])
    assert next(channel for channel in lead.channels() if channel["id"] == "C0TEAM")["unread"] == 0
    assert "C0HIDDEN" not in {channel["id"] for channel in mate.channels()}
    with pytest.raises(ControlError, match="channel_not_found"):
        mate.messages("C0HIDDEN")


def test_messages_come_in_pages_oldest_first(web: WebClient, lead: Person) -> None:
    said = [web.chat_postMessage(channel="C0TEAM", text=str(n))["ts"] for n in range(4)]
    page = lead.get("channels/C0TEAM/messages", limit=2, before=said[3])
    assert [message["ts"] for message in page["messages"]] == said[1:3] and page["has_more"]


def test_the_workspace_as_the_page_gets_it(app: App, sandbox: Sandbox) -> None:
    known = request(sandbox, "/sandbox/api/workspace")
    assert known["team"]["name"] and known["app"]["connected"] is True
    assert {"U0LEAD", "U0MATE", "U0APPBOT"} <= {user["id"] for user in known["users"]}


def test_people_are_added_and_changed(sandbox: Sandbox, web: WebClient) -> None:
    body = b'{"id": "U0NEW", "name": "new", "real_name": "New One", "title": "Smith"}'
    added = request(sandbox, "/sandbox/api/people", body, "application/json")["user"]
    assert added["profile"]["title"] == "Smith" and web.users_info(user="U0NEW")["user"]["real_name"] == "New One"
    assert web.chat_postMessage(channel="U0NEW", text="welcome")["channel"] == "D0NEW"
    with pytest.raises(ControlError, match="invalid_tz"):
        Person(sandbox.url, "U0NEW")._call("PATCH", "/people/U0NEW", b'{"tz": "Mars/Olympus"}')
    with pytest.raises(ControlError, match="user_not_found"):
        Person(sandbox.url, "U0NOBODY").channels()


def test_reset_goes_back_to_the_beginning() -> None:
    with Sandbox() as sandbox:
        admin = Person(sandbox.url, "U0ADMIN")
        admin.say("C0GENERAL", "hello")
        admin._call("POST", "/reset", b"{}")
        assert admin.messages("C0GENERAL") == []


@pytest.mark.parametrize(
    "body, kind",
    [
        pytest.param(
            b'{"channel": "C0TEAM", "text": "x", "blocks": [{"type": "divider"}]}', "application/json", id="json"
        ),
        pytest.param(
            b"channel=C0TEAM&text=x&blocks=[{%22type%22:%22divider%22}]", "application/x-www-form-urlencoded", id="form"
        ),
        pytest.param(
            b'--b\r\nContent-Disposition: form-data; name="channel"\r\n\r\nC0TEAM\r\n'
            b'--b\r\nContent-Disposition: form-data; name="text"\r\n\r\nx\r\n'
            b'--b\r\nContent-Disposition: form-data; name="blocks"\r\n\r\n[{"type": "divider"}]\r\n--b--\r\n',
            "multipart/form-data; boundary=b",
            id="multipart",
        ),
    ],
)
def test_the_web_api_takes_all_forms_of_a_call(sandbox: Sandbox, body: bytes, kind: str) -> None:
    assert request(sandbox, "/api/chat.postMessage", body, kind)["message"]["blocks"][0]["type"] == "divider"


def test_the_web_api_takes_queries_and_names_what_it_does_not_know(sandbox: Sandbox) -> None:
    assert request(sandbox, "/api/users.info?user=U0LEAD")["user"]["name"] == "lead"
    assert request(sandbox, "/api/users.invent")["error"] == "unknown_method"
    assert request(sandbox, "/api/auth.test", b"[1]", "application/json")["error"] == "json_not_object"
    assert request(sandbox, "/api/conversations.list?limit=0")["error"] == "invalid_limit"


def test_lists_come_in_pages(web: WebClient) -> None:
    first = web.conversations_list(types="public_channel,private_channel", limit=1)
    assert len(first["channels"]) == 1 and first["response_metadata"]["next_cursor"]
    everything = [channel["id"] for page in first for channel in page["channels"]]
    assert {"C0TEAM", "C0ALONE"} <= set(everything) and "C0HIDDEN" not in everything
    assert set(web.conversations_members(channel="C0TEAM")["members"]) == {"U0LEAD", "U0MATE", "U0APPBOT"}


def test_the_app_leaves_and_is_let_in_again(web: WebClient) -> None:
    assert web.conversations_leave(channel="C0TEAM")["ok"]
    assert web.conversations_info(channel="C0TEAM")["channel"]["is_member"] is False
    assert web.conversations_join(channel="C0TEAM")["channel"]["is_member"] is True


def test_a_refresh_makes_the_app_connect_anew(app: App, sandbox: Sandbox, lead: Person) -> None:
    @app.command("/after-refresh")
    def take(ack):
        ack()

    def connections() -> int:
        return sum(entry["what"] == "apps.connections.open" for entry in lead.log())

    before = connections()
    lead._call("POST", "/sockets", b'{"action": "refresh"}')
    lead.wait_for(lambda: connections() > before)
    lead.wait_for(lambda: lead.command("/after-refresh").ok, timeout=8)
