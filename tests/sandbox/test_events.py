"""Events: wrapped, sent again when nobody acknowledges, sent only when subscribed; Home; sockets; scopes; state."""

import threading
from pathlib import Path

import pytest
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.response import SocketModeResponse

from sandbox.person import Person
from sandbox.server import Sandbox

TEAM = {
    "people": [{"id": "U0LEAD", "name": "lead"}],
    "channels": [
        {"id": "C0TEAM", "name": "team", "members": ["U0LEAD"], "bot": True},
        {"id": "C0ALONE", "name": "alone", "members": ["U0LEAD"]},
    ],
}
HOME = {"type": "home", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "*hello*"}}]}
MANIFEST = {
    "display_information": {"name": "Narrow"},
    "features": {"slash_commands": [{"command": "/known", "description": "known"}]},
    "oauth_config": {"scopes": {"bot": ["commands", "chat:write", "chat:write.public"]}},
    "settings": {"event_subscriptions": {"bot_events": ["app_home_opened"]}},
}


def raw_client(sandbox: Sandbox) -> SocketModeClient:
    """A socket client without an app behind it: the test decides what is acknowledged."""
    return SocketModeClient(
        "xapp-sandbox", web_client=WebClient(base_url=sandbox.api_url), auto_reconnect_enabled=False
    )


def test_home_is_published_when_opened(app: App, lead: Person) -> None:
    @app.event("app_home_opened")
    def show(event, client):
        if event["tab"] == "home":
            client.views_publish(user_id=event["user"], view=HOME)

    assert lead.open_home().ok
    lead.wait_for(lambda: "*hello*" in str(lead.home()))
    assert lead.home()["type"] == "home"


def test_home_is_published_by_hash(web: WebClient, mate: Person) -> None:
    first = web.views_publish(user_id="U0MATE", view=HOME)["view"]
    web.views_publish(user_id="U0MATE", view=HOME, hash=first["hash"])
    with pytest.raises(SlackApiError, match="hash_conflict"):
        web.views_publish(user_id="U0MATE", view=HOME, hash=first["hash"])
    with pytest.raises(SlackApiError, match="user_not_found"):
        web.views_publish(user_id="U0NOBODY", view=HOME)


def test_an_event_nobody_acknowledges_comes_again() -> None:
    seen: list[tuple] = []
    done = threading.Event()

    def listen(client, request) -> None:
        seen.append((request.retry_attempt, request.retry_reason, request.payload["event_id"]))
        if request.retry_attempt:
            client.send_socket_mode_response(SocketModeResponse(request.envelope_id))
            done.set()

    with Sandbox(workspace=TEAM) as sandbox:
        client = raw_client(sandbox)
        client.socket_mode_request_listeners.append(listen)
        client.connect()
        outcome = Person(sandbox.url, "U0LEAD").open_home()
        assert outcome.error == "operation_timeout" and done.wait(30)
    client.disconnect()
    (first, _, event), (second, reason, again) = seen
    assert (first, second, reason, event == again) == (0, 1, "timeout", True)


def test_an_event_without_a_connection_comes_as_a_retry() -> None:
    seen: list[int] = []
    with Sandbox(workspace=TEAM, retry_after=(0.3,)) as sandbox:
        lead = Person(sandbox.url, "U0LEAD")
        assert lead.open_home().error == "app_not_connected"
        client = raw_client(sandbox)
        client.socket_mode_request_listeners.append(lambda _, request: seen.append(request.retry_attempt))
        client.connect()
        lead.wait_for(lambda: seen)
    client.disconnect()
    assert seen == [1]


def test_payloads_go_to_the_connections_in_turn() -> None:
    got: dict[str, int] = {"one": 0, "two": 0}
    with Sandbox(workspace=TEAM) as sandbox:
        clients = [raw_client(sandbox), raw_client(sandbox)]
        for name, client in zip(got, clients, strict=True):

            def listen(client, request, name=name) -> None:
                got[name] += 1
                client.send_socket_mode_response(SocketModeResponse(request.envelope_id))

            client.socket_mode_request_listeners.append(listen)
            client.connect()
        lead = Person(sandbox.url, "U0LEAD")
        assert all(lead.command("/turn").ok for _ in range(6))
    for client in clients:
        client.disconnect()
    assert got == {"one": 3, "two": 3}


def test_an_answer_of_250_kb_arrives(app: App, lead: Person) -> None:
    seen: list[int] = []

    @app.command("/big")
    def take(ack, body):
        seen.append(len(body["text"]))
        ack()

    assert lead.command("/big " + "x" * 250_000).ok and seen == [250_000]


def test_the_manifest_decides_on_commands_scopes_and_events() -> None:
    with Sandbox(workspace=TEAM, manifest=MANIFEST) as sandbox:
        web = WebClient(token="xoxb-sandbox", base_url=sandbox.api_url)
        lead = Person(sandbox.url, "U0LEAD")
        assert lead.command("/unknown").error == "invalid_command"
        assert lead.command("/known").error == "app_not_connected"
        assert web.chat_postMessage(channel="C0ALONE", text="public")["ok"]
        with pytest.raises(SlackApiError) as refused:
            web.conversations_history(channel="C0TEAM")
        assert refused.value.response.data == {
            "ok": False,
            "error": "missing_scope",
            "needed": "channels:history",
            "provided": "chat:write,chat:write.public,commands",
        }
        lead.say("C0TEAM", "not subscribed")
        assert not [entry for entry in lead.log() if entry["what"].startswith("event")]


@pytest.mark.parametrize(
    "token, error", [(None, "not_authed"), ("xoxb-wrong", "invalid_auth"), ("xapp-sandbox", "not_allowed_token_type")]
)
def test_tokens_are_checked(sandbox: Sandbox, token: str | None, error: str) -> None:
    with pytest.raises(SlackApiError, match=error):
        WebClient(token=token, base_url=sandbox.api_url).auth_test()


def test_tokens_are_masked_in_the_log(sandbox: Sandbox, lead: Person) -> None:
    WebClient(base_url=sandbox.api_url).api_call("api.test", params={"said": "xoxb-secret-1", "token": "xoxb-2"})
    entry = next(entry for entry in reversed(lead.log()) if entry["what"] == "api.test")
    assert entry["request"] == {"said": "xoxb-…"} and entry["direction"] == "app→slack" and entry["ms"] is not None


def test_joining_leaving_and_archiving_are_told(app: App, sandbox: Sandbox, lead: Person, web: WebClient) -> None:
    heard: list[str] = []
    for kind in ("member_joined_channel", "member_left_channel", "channel_archive", "user_change"):
        app.event(kind)(lambda event: heard.append(event["type"]))
    lead._call("POST", "/channels", b'{"id": "C0NEW", "name": "new", "members": ["U0LEAD"]}')
    web.conversations_join(channel="C0NEW")
    lead._call("POST", "/channels/C0NEW/members", b'{"user": "U0APPBOT", "remove": true}')
    lead._call("PATCH", "/channels/C0NEW", b'{"archived": true}')
    lead._call("PATCH", "/people/U0MATE", b'{"tz": "Asia/Shanghai"}')
    lead.wait_for(lambda: len(heard) == 4)
    assert set(heard) == {"member_joined_channel", "member_left_channel", "channel_archive", "user_change"}
    mate = web.users_info(user="U0MATE", include_locale=True)["user"]
    assert (mate["locale"], mate["tz_offset"]) == ("zh-CN", 28_800)
    with pytest.raises(SlackApiError, match="is_archived"):
        web.conversations_join(channel="C0NEW")


def test_the_state_file_survives_a_restart(state_file: Path) -> None:
    with Sandbox(workspace=TEAM, state=state_file) as sandbox:
        web = WebClient(token="xoxb-sandbox", base_url=sandbox.api_url)
        ts = web.chat_postMessage(channel="U0LEAD", text="kept")["ts"]
        web.views_publish(user_id="U0LEAD", view=HOME)
        Person(sandbox.url, "U0LEAD").upload("a.txt", b"bytes")
    with Sandbox(workspace=TEAM, state=state_file) as again:
        lead = Person(again.url, "U0LEAD")
        assert [said["text"] for said in lead.messages()] == ["kept"] and lead.home()["blocks"]
        assert again.slack.workspace.contents and float(lead.say(lead.dm, "next")["ts"]) > float(ts)


def test_it_starts_and_stops_fast(tmp_path: Path) -> None:
    import signal
    import subprocess
    import sys

    process = subprocess.Popen([sys.executable, "-m", "sandbox", "--port", "0"], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line.startswith("sandbox ready at http://127.0.0.1:")
    assert Person(line.split()[-1], "U0ADMIN").channels()
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0
