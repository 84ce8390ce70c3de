"""Several workspaces: what is in one is not in another, and one app serves them all, each with its own token."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient
from websockets.sync.client import connect

from sandbox.base import Refused
from sandbox.person import ControlError, Person
from sandbox.server import Sandbox
from tests.sandbox.conftest import TEAM, connected
from tests.sandbox.test_modals import TITLE, form

OTHER: dict[str, Any] = {
    "team": {"id": "T0OTHER", "name": "Other Works"},
    "people": [{"id": "U0LEAD", "name": "chief"}, {"id": "U0GUEST", "name": "guest"}],
    "channels": [{"id": "C0TEAM", "name": "team", "members": ["U0LEAD"], "bot": True}, {"id": "C0THERE", "name": "x"}],
    "install": True,
}
MANIFEST = {
    "features": {"slash_commands": [{"command": "/known"}]},
    "oauth_config": {"scopes": {"bot": ["commands", "chat:write", "users:read", "team:read"]}},
}


def add(sandbox: Sandbox, **changed: Any) -> dict[str, Any]:
    return Person(sandbox.url, "")._call("POST", "/workspaces", json.dumps(OTHER | changed).encode())


def client(sandbox: Sandbox, token: str) -> WebClient:
    return WebClient(token=token, base_url=sandbox.api_url)


def error_of(call: Callable[[], Any]) -> str:
    with pytest.raises(SlackApiError) as refused:
        call()
    return str(refused.value.response["error"])


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(workspace=TEAM) as running:
        yield running


@pytest.fixture
def other(sandbox: Sandbox) -> WebClient:
    """The app in a second workspace, in which the same ids stand for others."""
    return client(sandbox, add(sandbox)["token"])


@pytest.fixture
def chief(sandbox: Sandbox, other: WebClient) -> Person:
    return Person(sandbox.url, "U0LEAD", "T0OTHER")


def test_a_token_opens_its_own_workspace(web: WebClient, other: WebClient) -> None:
    here, there = web.auth_test().data, other.auth_test().data
    assert isinstance(here, dict) and isinstance(there, dict)
    assert (here["team_id"], there["team_id"], there["team"]) == ("T0SANDBOX", "T0OTHER", "Other Works")
    assert other.team_info()["team"]["domain"] == "other-works" and here["url"] != there["url"]
    assert all(here[name] != there[name] for name in ("user_id", "bot_id")), "the app is another member there"
    assert other.bots_info()["bot"]["user_id"] == there["user_id"]
    assert other.conversations_info(channel="C0TEAM")["channel"]["context_team_id"] == "T0OTHER"


def test_what_is_in_one_workspace_is_not_in_another(
    web: WebClient, other: WebClient, lead: Person, chief: Person
) -> None:
    assert error_of(lambda: other.conversations_info(channel="C0ALONE")) == "channel_not_found"
    assert error_of(lambda: web.chat_postMessage(channel="C0THERE", text="x")) == "channel_not_found"
    assert error_of(lambda: other.users_info(user="U0MATE")) == "user_not_found"
    assert error_of(lambda: web.conversations_open(users="U0GUEST")) == "user_not_found"
    assert [user["name"] for user in other.users_list()["members"] if not user["is_bot"]] == ["chief", "guest"]
    ts = other.chat_postMessage(channel="C0TEAM", text="there")["ts"]
    file = other.files_upload_v2(content="there", filename="a.txt", channel="C0TEAM")["file"]
    assert error_of(lambda: web.chat_update(channel="C0TEAM", ts=ts, text="x")) == "message_not_found"
    assert error_of(lambda: web.files_info(file=file["id"])) == "file_not_found"
    with urlopen(file["url_private"]) as content:
        assert content.read() == b"there"
    assert lead.messages("C0TEAM") == [] and [said["text"] for said in chief.messages("C0TEAM")] == ["there", ""]


def test_triggers_and_response_urls_belong_to_their_workspace(
    sandbox: Sandbox, web: WebClient, other: WebClient, lead: Person, chief: Person
) -> None:
    got: list[dict[str, Any]] = []
    with connected(sandbox) as app:
        app.command("/x")(lambda ack, body: (got.append(body), ack()))
        assert chief.command("/x", "C0TEAM").ok
        assert (
            error_of(lambda: web.views_open(trigger_id=got[0]["trigger_id"], view=form("f", TITLE)))
            == "invalid_trigger_id"
        )
        view = other.views_open(trigger_id=got[0]["trigger_id"], view=form("f", TITLE))["view"]
        assert view["team_id"] == "T0OTHER" and chief.modal() and not lead.modal()
        assert WebhookClient(got[0]["response_url"]).send(text="heard").status_code == 200
        assert [said["text"] for said in chief.messages("C0TEAM")] == ["heard"] and not lead.messages("C0TEAM")


def test_one_connection_gets_what_happens_in_all_workspaces(sandbox: Sandbox, lead: Person, chief: Person) -> None:
    got: list[tuple[str, ...]] = []
    with connected(sandbox) as app:
        bots = {team: slack.bot for team, slack in sandbox.platform.workspaces.items()}
        app.command("/x")(lambda ack, body: (got.append(("command", body["team_id"])), ack()))
        app.shortcut("y")(
            lambda ack, body: (got.append(("shortcut", body["team"]["id"], body["user"]["team_id"])), ack())
        )

        @app.event("app_home_opened")
        def opened(body: dict[str, Any]) -> None:
            (authorized,) = body["authorizations"]
            assert authorized["user_id"] == bots[body["team_id"]] and body["api_app_id"] == "A0SANDBOX"
            got.append(("event", body["team_id"], authorized["team_id"]))

        for person in (lead, chief):
            assert person.command("/x").ok and person.shortcut("y").ok and person.open_home().ok
        lead.wait_for(lambda: len(got) == 6)
        asked = {entry["team"] for entry in lead.log() if entry["direction"] == "slack→app"}
    a, b = "T0SANDBOX", "T0OTHER"
    kinds = [("command", a), ("shortcut", a, a), ("event", a, a), ("command", b), ("shortcut", b, b), ("event", b, b)]
    assert sorted(got) == sorted(kinds)
    assert asked == {a, b}, "the inspector says in which workspace"


def test_a_workspace_without_the_app_has_nothing_of_it() -> None:
    with Sandbox(workspace=TEAM, manifest=MANIFEST) as sandbox:
        assert add(sandbox, install=False)["token"] == ""
        guest = Person(sandbox.url, "U0GUEST", "T0OTHER")
        known = guest._call("GET", "/workspace")
        assert known["app"]["installed"] is False and known["app"]["commands"] == []
        assert not any(user["is_bot"] for user in known["users"])
        assert {channel["kind"] for channel in guest.channels()} == {"channel"}
        assert guest.command("/known", "C0TEAM").error == "invalid_command"
        assert guest.open_home().error == "app_not_installed"
        assert [one["installed"] for one in guest._call("GET", "/workspaces")["workspaces"]] == [True, False]
        web = client(sandbox, guest._call("POST", "/app", b'{"action": "install"}')["token"])
        assert web.auth_test()["team_id"] == "T0OTHER"
        assert web.chat_postMessage(channel="U0GUEST", text="I am new here")["channel"] == "D0GUEST"
        assert guest._call("GET", "/workspace")["app"]["commands"][0]["command"] == "/known"
        assert guest.command("/known").error == "app_not_connected"


@pytest.mark.parametrize("action, error", [("uninstall", "account_inactive"), ("revoke", "token_revoked")])
def test_the_end_in_one_workspace_is_none_in_the_others(
    sandbox: Sandbox, web: WebClient, other: WebClient, lead: Person, chief: Person, action: str, error: str
) -> None:
    told: list[tuple[str, str]] = []
    with connected(sandbox) as app:
        for kind in ("app_uninstalled", "tokens_revoked"):
            app.event(kind)(lambda body: told.append((body["team_id"], body["event"]["type"])))
        app.command("/x")(lambda ack: ack())
        chief._call("POST", "/app", json.dumps({"action": action}).encode())
        lead.wait_for(lambda: ("T0OTHER", "tokens_revoked") in told)
        assert error_of(other.auth_test) == error and chief.command("/x").error == "invalid_command"
        assert web.auth_test()["ok"] and lead.command("/x").ok
        assert {team for team, _ in told} == {"T0OTHER"}


def test_a_file_opens_to_the_token_of_its_workspace_only(sandbox: Sandbox, other: WebClient, chief: Person) -> None:
    file = chief.upload("a.html", b"<script>x</script>")

    def opened(token: str) -> tuple[str, str]:
        request = Request(file["url_private"], headers={"Authorization": f"Bearer {token}"})
        with urlopen(request) as answer:
            return answer.url, answer.headers["Content-Security-Policy"]

    assert opened(str(other.token)) == (file["url_private"], "script-src 'none'")
    for stranger in ("xoxb-sandbox", "xoxb-none"):
        assert opened(stranger) == (f"{sandbox.url}/", None), "a page to sign in, as Slack has it"
    with urlopen(file["url_private"]) as seen_in_the_page:
        assert seen_in_the_page.read() == b"<script>x</script>"


def test_a_reset_ends_what_is_under_way_elsewhere(lead: Person, sandbox: Sandbox, other: WebClient) -> None:
    there = sandbox.platform.workspaces["T0OTHER"]
    other.chat_postMessage(channel="C0TEAM", text="nobody hears it, so it would come again in a minute")
    lead.wait_for(lambda: there.events._running)
    lead._call("POST", "/reset", b"{}")
    lead.wait_for(lambda: not there.events._running)
    assert list(sandbox.platform.workspaces) == ["T0SANDBOX"]


def test_rate_limits_are_counted_in_each_workspace(
    sandbox: Sandbox, web: WebClient, other: WebClient, lead: Person
) -> None:
    lead._call("POST", "/rates", b'{"strictness": "strict"}')
    for app in (web, other):
        for _ in range(3):
            app.chat_postMessage(channel="C0TEAM", text="fast")
        assert error_of(lambda app=app: app.chat_postMessage(channel="C0TEAM", text="x")) == "ratelimited"  # type: ignore[misc]


def test_time_is_the_same_everywhere(sandbox: Sandbox, web: WebClient, other: WebClient, lead: Person) -> None:
    later = datetime.now(UTC) + timedelta(days=1)
    lead._call("POST", "/clock", json.dumps({"now": later.isoformat()}).encode())
    said = [float(app.chat_postMessage(channel="C0TEAM", text="x")["ts"]) for app in (web, other)]
    assert later.timestamp() <= said[0] < said[1]


def test_pages_hear_of_their_own_workspace_and_that_there_is_another(sandbox: Sandbox, web: WebClient) -> None:
    address = sandbox.url.replace("http", "ws") + "/sandbox/api/live?user=U0LEAD"
    with connect(address) as here, connect(address + "&team=T0OTHER") as there:
        other = client(sandbox, add(sandbox)["token"])
        other.chat_postMessage(channel="C0TEAM", text="there")
        web.chat_postMessage(channel="C0TEAM", text="here")
        for page, text in ((here, "here"), (there, "there")):
            pushed = [json.loads(page.recv(timeout=30))]
            while pushed[-1]["type"] != "message":
                pushed.append(json.loads(page.recv(timeout=30)))
            assert pushed[-1]["message"]["text"] == text
            assert "workspaces" in {push["type"] for push in pushed}


def test_workspaces_are_kept_with_the_app_as_it_was(state_file: Path) -> None:
    with Sandbox(workspace=TEAM, state=state_file) as sandbox:
        given = add(sandbox)
        bot = client(sandbox, given["token"]).chat_postMessage(channel="C0TEAM", text="kept")["message"]["user"]
        add(sandbox, team={"name": "Third"}, install=False)
        client(sandbox, "xoxb-sandbox").auth_revoke()
    with Sandbox(workspace=TEAM, state=state_file) as again:
        chief = Person(again.url, "U0LEAD", "T0OTHER")
        assert chief.messages("C0TEAM")[0]["text"] == "kept"
        assert client(again, given["token"]).auth_test()["user_id"] == bot
        assert [one["installed"] for one in chief._call("GET", "/workspaces")["workspaces"]] == [True, True, False]
        assert client(again, "xoxb-sandbox").auth_test()["ok"], "the first one begins installed"


def test_a_file_of_one_workspace_is_read_as_before(state_file: Path) -> None:
    with Sandbox(workspace=TEAM, state=state_file) as sandbox:
        Person(sandbox.url, "U0LEAD").say("C0TEAM", "old")
    kept = json.loads(state_file.read_text())
    for name in ("workspaces", "token", "bot_user", "bot_id"):
        del kept[name]
    state_file.write_text(json.dumps(kept))
    with Sandbox(state=state_file) as again:
        assert Person(again.url, "U0MATE").messages("C0TEAM")[-1]["text"] == "old"
        assert client(again, "xoxb-sandbox").auth_test()["user_id"] == "U0APPBOT"


def test_a_workspace_file_may_hold_several_and_a_reset_goes_back_to_them() -> None:
    with Sandbox(workspace={**TEAM, "workspaces": [OTHER]}) as sandbox:
        add(sandbox, team={"name": "Added later"})
        chief = Person(sandbox.url, "U0LEAD", "T0OTHER")
        chief.say("C0TEAM", "before")
        chief._call("POST", "/reset", b"{}")
        assert [one["id"] for one in chief._call("GET", "/workspaces")["workspaces"]] == ["T0SANDBOX", "T0OTHER"]
        assert chief.messages("C0TEAM") == [] and client(sandbox, "xoxb-sandbox-T0OTHER").auth_test()["ok"]


@pytest.mark.parametrize(
    "changed, error",
    [
        ({"team": {"id": "T0NEW"}}, "missing required field: name"),
        ({"team": {"id": "new", "name": "New"}}, "T with capitals"),
        ({"team": {"id": "T0SANDBOX", "name": "New"}}, "already_there"),
        ({"people": []}, "no_people"),
        ({"people": [{"name": "x", "tz": "Mars/Olympus"}]}, "invalid_tz"),
    ],
)
def test_a_workspace_that_cannot_be_is_refused(sandbox: Sandbox, changed: dict[str, Any], error: str) -> None:
    with pytest.raises(ControlError, match=error):
        add(sandbox, **changed)
    assert list(sandbox.platform.workspaces) == ["T0SANDBOX"]


def test_a_workspace_file_with_two_of_an_id_is_refused() -> None:
    with pytest.raises(Refused, match="already a T0OTHER"):
        Sandbox(workspace={**TEAM, "workspaces": [OTHER, OTHER]})


def test_there_is_nobody_in_a_workspace_that_is_not_there(sandbox: Sandbox) -> None:
    with pytest.raises(ControlError, match="team_not_found: There is no workspace T0NONE"):
        Person(sandbox.url, "U0LEAD", "T0NONE").channels()
