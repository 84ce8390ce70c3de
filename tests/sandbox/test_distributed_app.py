"""An app for many workspaces: Bolt's own OAuth flow installs it in two, and its installation store serves both."""

from collections.abc import Iterator
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit
from urllib.request import urlopen

import pytest
from slack_bolt import App, BoltRequest
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.oauth import OAuthFlow
from slack_bolt.oauth.oauth_settings import OAuthSettings
from slack_sdk import WebClient
from slack_sdk.oauth.installation_store import FileInstallationStore
from slack_sdk.oauth.state_store import FileOAuthStateStore

from sandbox.base import CLIENT_ID, CLIENT_SECRET, SIGNING_SECRET
from sandbox.person import Person
from sandbox.server import Sandbox
from tests.sandbox.conftest import TEAM
from tests.sandbox.test_http_delivery import Host
from tests.sandbox.test_oauth import BACK, answered, page_of
from tests.sandbox.test_workspaces import OTHER

SCOPES = ["chat:write", "commands", "im:history"]
MANIFEST = {
    "display_information": {"name": "Distributed"},
    "features": {"slash_commands": [{"command": "/where"}]},
    "oauth_config": {"redirect_urls": [BACK], "scopes": {"bot": SCOPES}},
    "settings": {"event_subscriptions": {"bot_events": ["message.im", "app_uninstalled", "tokens_revoked"]}},
}


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(workspace={**TEAM, "workspaces": [OTHER | {"install": False}]}, manifest=MANIFEST) as running:
        yield running


@pytest.fixture
def app(sandbox: Sandbox, tmp_path: Path) -> App:
    """An app that holds no token itself: it finds that of the workspace which asks."""
    settings = OAuthSettings(
        client_id=CLIENT_ID,
        client_secret=CLIENT_SECRET,
        scopes=SCOPES,
        redirect_uri=BACK,
        authorization_url=f"{sandbox.url}/oauth/v2/authorize",
        install_page_rendering_enabled=False,
        installation_store=FileInstallationStore(base_dir=str(tmp_path)),
        state_store=FileOAuthStateStore(expiration_seconds=60, base_dir=str(tmp_path)),
    )
    client = WebClient(base_url=sandbox.api_url)
    flow = OAuthFlow(client=client, settings=settings)
    made = App(client=client, signing_secret=SIGNING_SECRET, oauth_flow=flow, process_before_response=True)
    made.enable_token_revocation_listeners()

    @made.command("/where")
    def where(ack: Any, client: WebClient) -> None:
        ack(f"in {client.auth_test()['team']}")

    @made.event("message")
    def echo(event: dict[str, Any], say: Any) -> None:
        say(f"you said {event['text']}")

    return made


@pytest.fixture(params=["by sockets", "by HTTP"])
def serving(app: App, sandbox: Sandbox, request: pytest.FixtureRequest) -> Iterator[App]:
    lead = Person(sandbox.url, "U0LEAD")
    if request.param == "by HTTP":
        host = Host()
        host.app = app
        lead.deliver_to(host.url)
        yield app
        host.close()
    else:
        handler = SocketModeHandler(app, "xapp-sandbox")
        handler.connect()
        yield app
        handler.client.auto_reconnect_enabled = False
        sandbox.stop()
        handler.client.disconnect()


def install(app: App, sandbox: Sandbox, team: str) -> None:
    """A person allows it in this workspace, and is sent back to the app."""
    assert app.oauth_flow
    begun = app.oauth_flow.handle_installation(BoltRequest(body=""))
    (cookie,) = SimpleCookie(begun.headers["set-cookie"][0]).values()
    asked = urlsplit(begun.headers["location"][0])
    told = answered(sandbox, f"{asked.path}?{asked.query}&team={team}", "allow")
    back = BoltRequest(body="", query=urlencode(told), headers={"cookie": [f"{cookie.key}={cookie.value}"]})
    assert app.oauth_flow.handle_callback(back).status == 200


def test_one_bolt_app_serves_two_workspaces(serving: App, sandbox: Sandbox) -> None:
    lead, chief = Person(sandbox.url, "U0LEAD"), Person(sandbox.url, "U0LEAD", "T0OTHER")
    install(serving, sandbox, "T0SANDBOX")
    assert lead.command("/where").ok
    assert chief.command("/where", "C0TEAM").error == "invalid_command"
    install(serving, sandbox, "T0OTHER")
    for person, name in ((lead, "Example Works"), (chief, "Other Works")):
        assert person.command("/where").ok
        assert person.messages()[-1]["text"] == f"in {name}"
        person.say(person.dm, "hello")
        said = person.wait_for(lambda person=person: [m for m in person.messages() if "you said" in m["text"]])  # type: ignore[misc]
        assert [message["text"] for message in said] == ["you said hello"], "the app does not answer to itself"


def test_an_app_forgets_the_workspace_that_uninstalled_it(serving: App, sandbox: Sandbox) -> None:
    lead, chief = Person(sandbox.url, "U0LEAD"), Person(sandbox.url, "U0LEAD", "T0OTHER")
    for team in ("T0SANDBOX", "T0OTHER"):
        install(serving, sandbox, team)
    assert serving.installation_store

    def known(team: str) -> bool:
        return serving.installation_store.find_bot(enterprise_id=None, team_id=team) is not None

    chief._call("POST", "/app", b'{"action": "uninstall"}')
    chief.wait_for(lambda: not known("T0OTHER"))
    assert known("T0SANDBOX") and lead.command("/where").ok
    install(serving, sandbox, "T0OTHER")
    assert chief.command("/where").ok and chief.messages()[-1]["text"] == "in Other Works"


def test_the_install_page_says_which_workspace_and_leads_to_the_others(sandbox: Sandbox) -> None:
    with urlopen(sandbox.url + page_of(sandbox)) as shown:
        first = shown.read().decode()
    assert "added to Example Works" in first and "team=T0OTHER" in first
    with urlopen(sandbox.url + page_of(sandbox, team="T0OTHER")) as shown:
        other = shown.read().decode()
    assert "added to Other Works" in other and "guest" in other and "mate" not in other
    with pytest.raises(OSError, match="400"):
        urlopen(sandbox.url + page_of(sandbox, team="T0NONE"))
