"""HTTP delivery: a Bolt app behind a web server gets what Slack would post, signed; and what Slack does on failure."""

import json
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs

import pytest
from slack_bolt import App, BoltRequest
from slack_sdk import WebClient
from slack_sdk.signature import SignatureVerifier

from sandbox.base import SIGNING_SECRET
from sandbox.person import ControlError, Person
from sandbox.server import Sandbox
from tests.sandbox.conftest import TEAM
from tests.sandbox.test_modals import TITLE, form, option

HOME = {"type": "home", "blocks": [{"type": "divider"}]}


class Quiet(ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """A request that breaks off is what a test is about."""


class Host:
    """A web server that hands each request to a Bolt app, or answers as the test says."""

    def __init__(self) -> None:
        self.app: App | None = None
        self.got: list[tuple[dict[str, str], str]] = []
        self.statuses: list[int] = []
        self.more: dict[str, str] = {}
        self._server = Quiet(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_port}/slack/events"
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, headers: dict[str, str], body: str) -> tuple[int, dict[str, str], str]:
        if "url_verification" in body:
            return 200, {}, json.loads(body)["challenge"]
        self.got.append((headers, body))
        if self.statuses:
            return self.statuses.pop(0), self.more, ""
        assert self.app is not None
        done = self.app.dispatch(BoltRequest(body=body, headers={name: [value] for name, value in headers.items()}))
        return done.status, done.first_headers_without_set_cookie(), done.body

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        host = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                status, headers, answer = host.answer({k.lower(): v for k, v in self.headers.items()}, body)
                self.send_response(status)
                for name, value in {**headers, "Content-Length": str(len(answer.encode()))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(answer.encode())

            def log_message(self, *_: object) -> None:
                pass

        return Handler


@pytest.fixture
def host() -> Iterator[Host]:
    host = Host()
    yield host
    host.close()


@pytest.fixture
def sandbox(host: Host) -> Iterator[Sandbox]:
    with Sandbox(workspace=TEAM, retry_after=(0.05, 0.05, 0.05), request_url=host.url) as running:
        client = WebClient(token="xoxb-sandbox", base_url=running.api_url)
        host.app = App(client=client, signing_secret=SIGNING_SECRET, process_before_response=True)
        yield running


def test_what_people_do_reaches_a_bolt_app(sandbox: Sandbox, host: Host, lead: Person) -> None:
    app, seen = host.app, []
    assert app is not None
    select = {"type": "external_select", "action_id": "search", "min_query_length": 1}
    field = {"type": "input", "block_id": "fruit", "label": TITLE["label"], "element": select}

    @app.command("/open")
    def show(ack, body, client):
        client.views_open(trigger_id=body["trigger_id"], view=form("full", TITLE, field))
        ack("opened")

    app.options("search")(lambda ack: ack(options=[option("pear")]))
    app.view("full")(lambda ack, view: ack({"response_action": "errors", "errors": {"title": "No"}}))
    app.event("app_home_opened")(lambda event, client: client.views_publish(user_id=event["user"], view=HOME))
    app.shortcut("file_it")(lambda ack, shortcut: (seen.append(shortcut["type"]), ack()))

    assert lead.command("/open", "C0TEAM").ok
    assert lead.messages("C0TEAM")[-1]["text"] == "opened"
    assert lead.submit(lead.modal(), {"title": "x", "fruit": "pear"}).errors == {"title": "No"}
    assert lead.shortcut("file_it").ok and seen == ["shortcut"]
    assert lead.open_home().ok and lead.wait_for(lead.home)["blocks"]


def test_requests_are_encoded_and_signed_as_slack_does(sandbox: Sandbox, host: Host, lead: Person) -> None:
    host.statuses = [200] * 3
    assert lead.command("/x a & b").ok and lead.shortcut("y").ok and lead.open_home().ok
    (command, form_body), (_, interactive), (event, event_body) = host.got
    assert command["content-type"] == "application/x-www-form-urlencoded"
    assert parse_qs(form_body)["text"] == ["a & b"] and list(parse_qs(interactive)) == ["payload"]
    assert event["content-type"] == "application/json" and json.loads(event_body)["type"] == "event_callback"
    assert all(SignatureVerifier(SIGNING_SECRET).is_valid_request(body, headers) for headers, body in host.got)
    assert "x-slack-retry-num" not in event


def test_an_event_is_tried_four_times_with_slacks_retry_headers(sandbox: Sandbox, host: Host, lead: Person) -> None:
    host.statuses = [500, 503, 404, 200]
    assert lead.open_home().error == "http_service_error"
    lead.wait_for(lambda: len(host.got) == 4 or None)
    tries = [(h.get("x-slack-retry-num"), h.get("x-slack-retry-reason")) for h, _ in host.got]
    assert tries == [(None, None), ("1", "http_error"), ("2", "http_error"), ("3", "http_error")]
    assert len({json.loads(body)["event_id"] for _, body in host.got}) == 1


def test_an_app_may_ask_for_no_other_try(sandbox: Sandbox, host: Host, lead: Person) -> None:
    host.statuses, host.more = [500, 200], {"X-Slack-No-Retry": "1"}
    lead.open_home()
    time.sleep(0.3)
    assert len(host.got) == 1, "the next try would have come after a twentieth of a second"


@pytest.mark.parametrize("status, error", [(404, "http_client_error"), (500, "http_service_error")])
def test_a_command_is_tried_once_and_the_person_sees_the_error(sandbox, host, lead, status: int, error: str) -> None:
    host.statuses = [status]
    assert lead.command("/x").error == error and len(host.got) == 1
    assert lead.log()[-1]["broke"] == [f"answered with {status}"]


@pytest.mark.parametrize(
    "kind, heard, reason",
    [("drop_before", 0, "connection_failed"), ("drop_after", 1, "http_timeout"), ("redelivery", 1, "http_timeout")],
)
def test_faults_strike_http_too(sandbox: Sandbox, host: Host, lead: Person, kind: str, heard: int, reason: str) -> None:
    host.statuses = [200] * 2
    lead.inject({"where": "http", "kind": kind, "times": 1})
    lead.open_home()
    lead.wait_for(lambda: len(host.got) == heard + 1 or None)
    assert host.got[-1][0]["x-slack-retry-reason"] == reason
    assert [fault["kind"] for fault in lead.mend()] == [kind]


def test_a_request_that_breaks_off_is_no_request(sandbox: Sandbox, host: Host, lead: Person) -> None:
    lead.inject({"where": "commands", "kind": "closed_mid_frame"})
    assert lead.command("/x").error == "dispatch_failed"


def test_the_way_is_chosen_while_it_runs_and_an_address_is_checked(sandbox: Sandbox, host: Host, lead: Person) -> None:
    lead.deliver_by_socket()
    assert lead.command("/x").error == "app_not_connected"
    with pytest.raises(ControlError, match="did not pass the check: dispatch_failed"):
        lead.deliver_to("http://127.0.0.1:9/slack/events")
    assert lead._call("GET", "/delivery")["mode"] == "socket"
    lead.deliver_to(host.url)
    host.statuses = [200]
    assert lead.command("/x").ok


def test_the_manifest_can_name_the_urls(host: Host) -> None:
    manifest = {
        "features": {"slash_commands": [{"command": "/known", "url": host.url + "/commands"}]},
        "oauth_config": {"scopes": {"bot": ["commands"]}},
    }
    with Sandbox(workspace=TEAM, manifest=manifest, request_url="manifest") as sandbox:
        host.statuses = [200]
        lead = Person(sandbox.url, "U0LEAD")
        assert lead.command("/known").ok
    assert len(host.got) == 1
