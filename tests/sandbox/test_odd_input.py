"""Whatever comes in, the sandbox answers: each field of each request is replaced by odd values in turn."""

import copy
import http.client
import json
import socket
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from slack_sdk import WebClient
from websockets.sync.client import connect

from sandbox.person import Person
from sandbox.server import Sandbox
from tests.sandbox.conftest import TEAM
from tests.sandbox.test_modals import TITLE, form

Json = dict[str, Any]
ODD: list[Any] = [
    None,
    True,
    0,
    -1,
    1e400,
    10**400,
    "",
    " ",
    "²",
    "9" * 5000,
    "\ud800",
    "a\x00b\n",
    "../..",
    "[",
    "{}",
    "[1]",
    [],
    [None],
    [[]],
    [{}],
    ["x", "x"],
    {},
    {"type": []},
    {"type": {}, "text": 5},
    {"x": {"y": [{}]}},
]
SECTION = {"type": "section", "block_id": "s", "text": {"type": "plain_text", "text": "x"}}
BUTTON = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}}
MENU = {
    "type": "static_select",
    "action_id": "menu",
    "options": [{"text": {"type": "plain_text", "text": "A"}, "value": "a"}],
}
RICH = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}]}
TABLE = {
    "type": "data_table",
    "caption": "c",
    "rows": [[{"type": "raw_text", "text": "a"}], [{"type": "raw_number", "value": 1, "text": "1"}]],
}
CHART = {
    "type": "data_visualization",
    "title": "t",
    "chart": {
        "type": "line",
        "series": [{"name": "s", "data": [{"label": "a", "value": 1}]}],
        "axis_config": {"categories": ["a"]},
    },
}
BLOCKS = [SECTION, {"type": "actions", "block_id": "a", "elements": [BUTTON, MENU]}, RICH, TABLE, CHART]
MESSAGE = {
    "channel": "C0TEAM",
    "text": "x",
    "blocks": BLOCKS,
    "attachments": [{"color": "#fff", "text": "x", "blocks": [SECTION]}],
    "metadata": {"event_type": "a", "event_payload": {"x": 1}},
    "thread_ts": "TS",
    "username": "u",
}
METHODS: dict[str, Json] = {
    "api.test": {"error": "x"},
    "auth.test": {},
    "chat.postMessage": MESSAGE,
    "chat.update": {**MESSAGE, "ts": "TS"},
    "chat.postEphemeral": {**MESSAGE, "user": "U0LEAD"},
    "chat.delete": {"channel": "C0TEAM", "ts": "1.1"},
    "chat.getPermalink": {"channel": "C0TEAM", "message_ts": "TS"},
    "conversations.open": {"users": "U0LEAD", "return_im": True},
    "conversations.list": {"types": "public_channel", "limit": 5, "cursor": "bmV4dDox", "exclude_archived": True},
    "users.conversations": {"user": "U0LEAD", "types": "im"},
    "conversations.info": {"channel": "C0TEAM", "include_num_members": True},
    "conversations.members": {"channel": "C0TEAM", "limit": 1},
    "conversations.history": {"channel": "C0TEAM", "oldest": "1", "latest": "9", "inclusive": True, "limit": 3},
    "conversations.replies": {"channel": "C0TEAM", "ts": "TS", "limit": 3},
    "conversations.join": {"channel": "C0ALONE"},
    "conversations.invite": {"channel": "C0TEAM", "users": "U0MATE"},
    "conversations.leave": {"channel": "C0ALONE"},
    "files.getUploadURLExternal": {"filename": "a.txt", "length": 3, "alt_txt": "x"},
    "files.completeUploadExternal": {
        "files": [{"id": "F1", "title": "x"}],
        "channel_id": "C0TEAM",
        "initial_comment": "x",
        "thread_ts": "TS",
    },
    "files.info": {"file": "F1"},
    "files.delete": {"file": "F1"},
    "pins.add": {"channel": "C0TEAM", "timestamp": "TS"},
    "pins.remove": {"channel": "C0TEAM", "timestamp": "TS"},
    "pins.list": {"channel": "C0TEAM"},
    "reactions.add": {"channel": "C0TEAM", "timestamp": "TS", "name": "eyes"},
    "reactions.remove": {"channel": "C0TEAM", "timestamp": "TS", "name": "eyes"},
    "reactions.get": {"channel": "C0TEAM", "timestamp": "TS"},
    "team.info": {},
    "bots.info": {"bot": "B0APPBOT"},
    "users.info": {"user": "U0LEAD", "include_locale": True},
    "users.list": {"limit": 1},
    "users.lookupByEmail": {"email": "x@example.com"},
    "users.profile.get": {"user": "U0LEAD"},
    "usergroups.list": {"include_users": True},
    "usergroups.users.list": {"usergroup": "S1"},
    "views.open": {"trigger_id": "1", "view": form(TITLE)},
    "views.update": {"view_id": "VIEW", "view": form(TITLE), "hash": "1"},
    "views.push": {"trigger_id": "1", "view": form(TITLE)},
    "views.publish": {"user_id": "U0LEAD", "view": {"type": "home", "blocks": BLOCKS}, "hash": "1"},
    "oauth.v2.access": {"client_id": "x", "client_secret": "x", "code": "x", "redirect_uri": "x"},
    "apps.uninstall": {"client_id": "x", "client_secret": "x"},
    "no.such.method": {"channel": "C0TEAM"},
}
ACTION = {
    "container": {"type": "message", "channel": "C0TEAM", "ts": "TS"},
    "block_id": "a",
    "action": {"action_id": "go", "type": "button"},
    "state": {"values": {"a": {"menu": {"type": "static_select", "selected_option": None}}}},
}
PERSON = {
    "id": "U0NEW",
    "name": "new",
    "real_name": "New",
    "locale": "en-US",
    "tz": "UTC",
    "title": "x",
    "email": "x@example.com",
    "is_admin": True,
}
CHANNEL = {"id": "C0NEW", "name": "new", "is_private": True, "topic": "x", "members": ["U0LEAD"], "bot": True}
GROUP = {"id": "S0NEW", "handle": "all", "name": "All", "description": "x", "users": ["U0LEAD"]}
FAULT = {"where": "x.y", "kind": "429", "rate": 0.5, "nth": [9], "times": 1, "delay": 1, "hold": 1, "error": "x"}
CONTROL: list[tuple[str, str, Json]] = [
    ("POST", "/as/U0LEAD/messages", {"channel": "C0TEAM", "text": "hi *x* <@U0LEAD>", "thread_ts": "TS", "files": []}),
    ("POST", "/as/U0LEAD/commands", {"channel": "C0TEAM", "text": "/x y"}),
    ("POST", "/as/U0LEAD/shortcuts", {"callback_id": "x", "channel": "C0TEAM", "message_ts": "TS"}),
    ("POST", "/as/U0LEAD/actions", ACTION),
    (
        "POST",
        "/as/U0LEAD/actions",
        {
            **ACTION,
            "container": {"type": "view", "view_id": "VIEW"},
            "block_id": "title",
            "action": {"action_id": "value", "type": "plain_text_input"},
        },
    ),
    (
        "POST",
        "/as/U0LEAD/options",
        {"container": {"type": "view", "view_id": "VIEW"}, "block_id": "title", "action_id": "value", "value": "x"},
    ),
    (
        "POST",
        "/as/U0LEAD/views/VIEW/submit",
        {"values": {"title": {"title": {"type": "plain_text_input", "value": "x"}}}},
    ),
    ("POST", "/as/U0LEAD/home", {"tab": "messages"}),
    ("POST", "/as/U0LEAD/reactions", {"channel": "C0TEAM", "ts": "TS", "name": "eyes", "remove": False}),
    ("POST", "/as/U0LEAD/read", {"channel": "C0TEAM", "ts": "TS"}),
    ("POST", "/people", PERSON),
    ("PATCH", "/people/U0MATE", {"name": "mate", "tz": "UTC", "email": "x@example.com", "title": "x"}),
    ("POST", "/channels", CHANNEL),
    ("PATCH", "/channels/C0ALONE", {"name": "alone", "topic": "x", "archived": False}),
    ("POST", "/channels/C0TEAM/members", {"user": "U0LEAD", "remove": False}),
    ("POST", "/usergroups", GROUP),
    (
        "POST",
        "/workspaces",
        {
            "team": {"id": "T0NEW", "name": "New", "domain": "new"},
            "people": [PERSON],
            "channels": [CHANNEL],
            "usergroups": [GROUP],
            "install": True,
        },
    ),
    ("POST", "/faults", {"seed": 1, "rules": [FAULT]}),
    ("POST", "/rates", {"strictness": "off"}),
    ("POST", "/clock", {"now": "2020-01-01T00:00:00Z", "locale": "en-US"}),
    ("POST", "/hook", {"url": "http://127.0.0.1:9/"}),
    ("POST", "/delivery", {"mode": "http", "url": "http://127.0.0.1:9/"}),
    ("POST", "/app", {"action": "no"}),
    ("POST", "/sockets", {"action": "refresh", "reason": "x"}),
]
READS = (
    "/as/{}/channels",
    "/as/U0LEAD/channels/{}/messages",
    "/as/U0LEAD/channels/C0TEAM/messages?limit={}",
    "/as/U0LEAD/channels/C0TEAM/messages?before={}&thread_ts={}",
    "/log?after={}",
    "/log?limit={}",
    "/jobs?locale={}",
    "/workspaces/{}/workspace",
    "/as/U0LEAD/{}",
)


def mutations(value: Any) -> Iterator[Any]:
    """Copies of a value in which one part is odd, or missing."""
    for key in value if isinstance(value, dict) else range(len(value)):
        for odd in ODD:
            yield _with(value, key, odd)
        if isinstance(value, dict):
            yield {name: part for name, part in value.items() if name != key}
        if isinstance(value[key], dict | list):
            for inner in mutations(value[key]):
                yield _with(value, key, inner)


def _with(value: Any, key: Any, part: Any) -> Any:
    changed = copy.copy(value)
    changed[key] = part
    return changed


class Asker:
    """Asks the sandbox over one connection; `faults` are the requests to which it had no answer of its own."""

    def __init__(self, url: str) -> None:
        self._connection = http.client.HTTPConnection(url.removeprefix("http://"), timeout=30)
        self.faults: list[str] = []

    def ask(self, verb: str, path: str, body: Any = None, kind: str = "application/json") -> None:
        sent = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        self._connection.request(verb, path, sent, {"Content-Type": kind, "Authorization": "Bearer xoxb-sandbox"})
        answer = self._connection.getresponse()
        told = answer.read()
        if answer.status >= 500:
            self._connection.close()
            self.faults.append(f"{verb} {path} {str(body)[:400]} -> {answer.status} {told[:80]!r}")


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with Sandbox(workspace=TEAM, state=tmp_path_factory.mktemp("odd") / "state.json") as running:
        yield running


@pytest.fixture
def asker(sandbox: Sandbox) -> Iterator[Asker]:
    asker = Asker(sandbox.url)
    yield asker
    assert not asker.faults, f"{len(asker.faults)} requests: " + "\n".join(asker.faults[:40])


@pytest.fixture(scope="module")
def known(sandbox: Sandbox) -> dict[str, str]:
    """A message and a modal, by the words that stand for them above."""
    slack = sandbox.slack
    lead = Person(sandbox.url, "U0LEAD")
    ts = lead.say("C0TEAM", "first")["ts"]
    view = slack.modals.open("U0LEAD", form(TITLE))
    return {"TS": ts, "VIEW": view["id"]}


def named(value: Any, known: dict[str, str]) -> Any:
    text = json.dumps(value)
    for word, real in known.items():
        text = text.replace(f'"{word}"', f'"{real}"')
    return json.loads(text)


@pytest.mark.parametrize("method", METHODS)
def test_a_method_answers_whatever_it_is_given(asker: Asker, known: dict[str, str], method: str) -> None:
    for args in mutations(named(METHODS[method], known)):
        asker.ask("POST", f"/api/{method}", args)
    for args in mutations(METHODS[method]):
        form = {key: value if isinstance(value, str) else json.dumps(value) for key, value in args.items()}
        body = urlencode(form, errors="replace").encode()
        asker.ask("POST", f"/api/{method}", body, "application/x-www-form-urlencoded")


@pytest.mark.parametrize("verb, path, body", [pytest.param(*one, id=f"{one[0]} {one[1]}") for one in CONTROL])
def test_the_control_api_answers_whatever_it_is_given(
    asker: Asker, known: dict[str, str], verb: str, path: str, body: Json
) -> None:
    for changed in mutations(named(body, known)):
        asker.ask(verb, "/sandbox/api" + path.replace("VIEW", known["VIEW"]), changed)
    asker.ask("DELETE", "/sandbox/api/faults")
    asker.ask("POST", "/sandbox/api/delivery", {"mode": "socket"})
    for read in ("/workspace", "/as/U0LEAD/channels", "/as/U0LEAD/channels/C0TEAM/messages", "/as/U0LEAD/modals"):
        asker.ask("GET", "/sandbox/api" + read)
    for method in ("users.list", "conversations.list", "conversations.history?channel=C0TEAM", "usergroups.list"):
        asker.ask("GET", f"/api/{method}")
    asker.ask("POST", "/api/users.lookupByEmail", {"email": "nobody@example.com"})


@pytest.mark.parametrize("path", READS)
def test_reading_answers_whatever_is_asked(asker: Asker, path: str) -> None:
    for odd in ("²", "-1", "0", "9" * 5000, "%FF", "", "x y", "..%2f..", "\u0660"):
        asker.ask("GET", "/sandbox/api" + path.replace("{}", odd if "%" in odd else quote(odd)))


@pytest.mark.parametrize("path", ["/api/chat.postMessage", "/sandbox/api/people", "/respond/x", "/upload/x"])
def test_a_body_that_is_none_is_answered(asker: Asker, path: str) -> None:
    for kind in (
        "application/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "multipart/form-data; boundary=x",
        "x",
    ):
        for body in (b"\xff\xfe", b"[" * 100_000, b"null", b'{"a": NaN}', b'"\\ud800"', b"--x\r\n\r\nxx", b""):
            asker.ask("POST", path, body, kind)


def test_an_answer_by_a_response_url_may_be_odd(sandbox: Sandbox, asker: Asker, known: dict[str, str]) -> None:
    answer = {
        **MESSAGE,
        "response_type": "in_channel",
        "replace_original": True,
        "delete_original": False,
        "user": "x",
        "subtype": "x",
        "files": [],
    }
    for changed in mutations(named(answer, known)):
        for ts in (None, known["TS"]):
            asker.ask("POST", sandbox.slack.response_url("C0TEAM", "U0LEAD", ts).removeprefix(sandbox.url), changed)
    asker.ask("GET", "/sandbox/api/as/U0LEAD/channels/C0TEAM/messages?limit=10000")


def test_odd_frames_on_a_socket_are_passed_over(sandbox: Sandbox, asker: Asker, lead: Person) -> None:
    url = WebClient(token="xapp-sandbox", base_url=sandbox.api_url).apps_connections_open(app_token="xapp-sandbox")[
        "url"
    ]
    with connect(url) as app, connect(sandbox.url.replace("http", "ws") + "/sandbox/api/live?user=U0LEAD") as page:
        for frame in ("[1]", "null", "{", '{"envelope_id": {}}', '{"envelope_id": "x", "payload": NaN}'):
            app.send(frame)
        page.send("x")
        app.recv(timeout=30)  # hello
        lead.say("C0TEAM", "still there?")
        assert json.loads(app.recv(timeout=30))["type"] == "events_api"
        app.send(b"\x00")
        page.send(b"\x00")


def test_an_answer_is_not_held_back(sandbox: Sandbox) -> None:
    """Without it the second of two packets waits up to 40 ms for the first to be acknowledged."""
    assert sandbox._listener.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
