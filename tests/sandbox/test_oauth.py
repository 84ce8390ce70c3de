"""Installing by OAuth v2, and the end of an installation, as slack_sdk's own helpers and Bolt see them."""

import urllib.request
from collections.abc import Iterator
from http.client import HTTPConnection
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth import AuthorizeUrlGenerator

from sandbox.base import CLIENT_ID, CLIENT_SECRET
from sandbox.person import Person
from sandbox.server import Sandbox
from tests.sandbox.conftest import TEAM, connected

BACK = "http://127.0.0.1:9/slack/oauth_redirect"
MANIFEST = {
    "display_information": {"name": "Installed"},
    "oauth_config": {"redirect_urls": [BACK], "scopes": {"bot": ["chat:write", "commands", "channels:read"]}},
    "settings": {"event_subscriptions": {"bot_events": ["app_uninstalled", "tokens_revoked"]}},
}


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(workspace=TEAM, manifest=MANIFEST) as running:
        yield running


def page_of(sandbox: Sandbox, **changed: Any) -> str:
    made = AuthorizeUrlGenerator(
        client_id=CLIENT_ID,
        scopes=["chat:write", "commands"],
        redirect_uri=BACK,
        authorization_url=f"{sandbox.url}/oauth/v2/authorize",
    ).generate(state="a-state")
    query = {name: values[0] for name, values in parse_qs(urlsplit(made).query).items()} | changed
    return f"/oauth/v2/authorize?{urlencode(query)}"


def answered(sandbox: Sandbox, page: str, answer: str) -> dict[str, str]:
    """Press a button on the page; returns what the app's redirect URL gets."""
    connection = HTTPConnection(urlsplit(sandbox.url).netloc)
    connection.request(
        "POST", page, f"user=U0LEAD&answer={answer}", {"Content-Type": "application/x-www-form-urlencoded"}
    )
    location = connection.getresponse().headers["Location"]
    connection.close()
    assert location.startswith(BACK + "?")
    return {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}


def exchange(web: WebClient, code: str, **changed: str) -> Any:
    return web.oauth_v2_access(**{"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET, "code": code, **changed})


def test_a_person_is_asked_and_what_they_allow_becomes_a_token(sandbox: Sandbox, web: WebClient) -> None:
    page = page_of(sandbox)
    with urllib.request.urlopen(sandbox.url + page) as shown:
        text = shown.read().decode()
    assert "Installed would like to be added to" in text and "<code>chat:write</code>" in text
    told = answered(sandbox, page, "allow")
    assert told["state"] == "a-state"
    given = exchange(WebClient(base_url=sandbox.api_url), told["code"], redirect_uri=BACK)
    assert (given["token_type"], given["scope"], given["team"]["id"]) == ("bot", "chat:write,commands", "T0SANDBOX")
    assert given["authed_user"] == {"id": "U0LEAD"} and given["bot_user_id"] == "U0APPBOT"
    granted = WebClient(token=given["access_token"], base_url=sandbox.api_url)
    assert granted.chat_postMessage(channel="C0TEAM", text="installed")["ok"]
    with pytest.raises(SlackApiError, match="missing_scope"):
        granted.conversations_list()


def test_who_cancels_is_sent_back_without_a_code(sandbox: Sandbox) -> None:
    assert answered(sandbox, page_of(sandbox), "cancel") == {"error": "access_denied", "state": "a-state"}


@pytest.mark.parametrize(
    "changed, says",
    [
        ({"client_id": "another"}, "Invalid client_id"),
        ({"redirect_uri": "http://elsewhere.example"}, "redirect_uri did not match"),
        ({"scope": ""}, "No scopes requested"),
    ],
)
def test_what_slack_would_not_ask(sandbox: Sandbox, changed: dict[str, str], says: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(sandbox.url + page_of(sandbox, **changed))
    with refused.value as page:
        assert page.code == 400 and says in page.read().decode()


def test_a_code_is_good_once_and_for_the_one_who_asked(sandbox: Sandbox) -> None:
    web = WebClient(base_url=sandbox.api_url)
    code = answered(sandbox, page_of(sandbox), "allow")["code"]
    for changed, error in [
        ({"code": "1.2"}, "invalid_code"),
        ({"client_id": "another"}, "invalid_client_id"),
        ({"client_secret": "guessed"}, "bad_client_secret"),
        ({"redirect_uri": "http://elsewhere.example"}, "bad_redirect_uri"),
        ({"redirect_uri": f"{BACK}-of-somebody-else"}, "bad_redirect_uri"),
    ]:
        with pytest.raises(SlackApiError, match=error):
            exchange(web, **{"code": code, **changed})
    assert exchange(web, code)["ok"]
    with pytest.raises(SlackApiError, match="code_already_used"):
        exchange(web, code)
    assert CLIENT_SECRET not in str(Person(sandbox.url, "U0LEAD").log())


@pytest.mark.parametrize(
    "end, error, told",
    [
        pytest.param(lambda web: web.auth_revoke(), "token_revoked", ["tokens_revoked"], id="revoked"),
        pytest.param(
            lambda web: web.apps_uninstall(client_id=CLIENT_ID, client_secret=CLIENT_SECRET),
            "account_inactive",
            ["app_uninstalled", "tokens_revoked"],
            id="uninstalled",
        ),
    ],
)
def test_the_app_hears_of_its_end_and_its_token_is_dead(sandbox: Sandbox, end: Any, error: str, told: list) -> None:
    heard: list[str] = []
    lead = Person(sandbox.url, "U0LEAD")
    with connected(sandbox) as app:
        app.event("app_uninstalled")(lambda event: heard.append(event["type"]))
        app.event("tokens_revoked")(lambda event: heard.append(event["type"]))
        web = WebClient(token="xoxb-sandbox", base_url=sandbox.api_url)
        end(web)
        lead.wait_for(lambda: len(heard) == len(told) or None)
        assert sorted(heard) == told
        with pytest.raises(SlackApiError, match=error):
            web.auth_test()
        assert lead.command("/x").error in ("app_not_installed", "invalid_command")
        again = lead._call("POST", "/app", b'{"action": "install"}')["token"]
        assert again != "xoxb-sandbox" and WebClient(token=again, base_url=sandbox.api_url).auth_test()["ok"]


def test_revoking_can_be_tried_without_effect(web: WebClient) -> None:
    assert web.auth_revoke(test=True)["revoked"] is False and web.auth_test()["ok"]
