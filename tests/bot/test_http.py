"""HTTP mode: requests come in by POST, signed."""

import json
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from structlog.testing import capture_logs

from bot.http import body as reading
from bot.program import build
from bot.scheduling.clock import FixedClock
from domain.issues.record import Issue
from sandbox.server import Sandbox
from tests.bridge import JSON
from tests.site import Site, Thoughtful, running, settings_for, thoughtful


@pytest.fixture
def slow(
    workspace_server: Sandbox, upgraded_file: Path, tmp_path: Path, opens_at: datetime
) -> Iterator[tuple[Site, Thoughtful]]:
    """A site whose Slack thinks before it opens a modal."""
    (file := tmp_path / "gemba.db").write_bytes(upgraded_file.read_bytes())
    with thoughtful(workspace_server) as slack:
        program = build(settings_for(workspace_server, file, slack_api_url=slack.url), clock := FixedClock(opens_at))
        with running(workspace_server, program, clock) as opened:
            yield opened, slack


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Tracebacks of what fails on purpose take long to be drawn."""
    with capture_logs():
        yield


def test_a_person_files_an_issue_over_http(site: Site) -> None:
    clerk = site.clerk
    assert clerk.command("/issue Scale is broken", "C0SALES").ok
    assert clerk.submit(clerk.modal(), {}).ok
    site.office.settle()
    with site.office.records() as work:
        assert [issue.title for issue in work.of(Issue).find()] == ["Scale is broken"]
    assert any("Scale is broken" in str(message) for message in clerk.messages("C0SALES"))


def test_events_come_in_and_the_home_tab_goes_out(site: Site) -> None:
    assert site.clerk.open_home().ok
    site.clerk.wait_for(site.clerk.home)
    assert site.figure('gemba_requests_total{kind="event",outcome="done"}') == 1


def test_slack_checks_the_address(site: Site) -> None:
    body = json.dumps({"type": "url_verification", "token": "x", "challenge": "3eZbrw1a"})
    status, answer = site.slack.post(body, JSON)
    assert status == 200 and json.loads(answer) == {"challenge": "3eZbrw1a"}


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"X-Slack-Signature": "v0=" + "0" * 64}, id="wrong signature"),
        pytest.param({"X-Slack-Signature": ""}, id="no signature"),
        pytest.param({"X-Slack-Request-Timestamp": "0"}, id="no time"),
        pytest.param({"X-Slack-Request-Timestamp": "tomorrow"}, id="a time that is none"),
        pytest.param({"X-Slack-Signature": "v0=é"}, id="a signature that is none"),
    ],
)
def test_who_cannot_sign_is_not_heard(site: Site, headers: dict[str, str]) -> None:
    body = "command=%2Fissue&text=x&team_id=T0SANDBOX&user_id=U0CLERK&trigger_id=1.2.3"
    assert site.slack.post(body, headers=headers)[0] == 401
    assert site.figure('gemba_requests_total{kind="unknown",outcome="wrong_signature"}') == 1
    assert site.figure('gemba_requests_total{kind="command",outcome="done"}') is None


@pytest.mark.parametrize("age, status", [(200, 200), (400, 401), (-400, 401), (86_400, 401)])
def test_a_request_is_good_for_five_minutes(site: Site, age: int, status: int) -> None:
    assert site.slack.command("/gemba help", age=age)[0] == status


def test_what_was_changed_on_the_way_is_not_heard(site: Site) -> None:
    signed = site.slack.signed("command=%2Fgemba&text=help&user_id=U0CLERK")
    assert site.slack.post("command=%2Fgemba&text=help&user_id=U0LEAD", headers=signed)[0] == 401


FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    "body, kind, status",
    [
        pytest.param("{not json", JSON, 400, id="no JSON"),
        pytest.param("payload=%7Bnot", FORM, 400, id="no JSON in the form"),
        pytest.param("[1, 2]", JSON, 400, id="JSON, but no object"),
        pytest.param("null", JSON, 400, id="nothing at all"),
        pytest.param("payload=%5B1%5D", FORM, 400, id="no object in the form"),
        pytest.param("[" * 100_000, JSON, 400, id="nested without end"),
        pytest.param("x" * 4_000_001, JSON, 413, id="too large"),
    ],
)
def test_what_nobody_can_read_is_refused(site: Site, body: str, kind: str, status: int) -> None:
    with capture_logs() as logs:
        assert site.slack.post(body, kind)[0] == status
    assert logs == []


def test_what_is_not_signed_is_not_read(site: Site) -> None:
    """Neither parsed nor, without a signature that may be one, waited for."""
    signed = {"X-Slack-Signature": "v0=" + "0" * 64}
    assert site.slack.post("{not json", JSON, signed)[0] == 401
    at = urlsplit(site.bot.url)
    with socket.create_connection((at.hostname, at.port), timeout=30) as line:
        line.sendall(f"POST {at.path} HTTP/1.1\r\nHost: x\r\nContent-Length: 3900000\r\n\r\n".encode())
        assert b" 401 " in line.recv(64), "before the body came"


def test_a_body_that_does_not_come_is_not_waited_for(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "SECONDS", 0.2)
    at, headers = urlsplit(site.bot.url), site.slack.signed("{}")
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    with socket.create_connection((at.hostname, at.port), timeout=30) as line:
        line.sendall(f"POST {at.path} HTTP/1.1\r\nHost: x\r\n{lines}Content-Length: 500\r\n\r\nhalf".encode())
        assert b" 408 " in line.recv(64)


@pytest.mark.parametrize(
    "kind, more",
    [
        pytest.param("dialog_submission", {"submission": {}}, id="a dialog"),
        pytest.param("dialog_cancellation", {}, id="a dialog that was closed"),
        pytest.param("dialog_suggestion", {"name": "x", "value": ""}, id="a menu of a dialog"),
        pytest.param(
            "interactive_message", {"actions": [{"name": "x", "type": "button"}]}, id="a button of an attachment"
        ),
    ],
)
def test_what_the_bot_never_shows_is_acknowledged(site: Site, kind: str, more: dict[str, Any]) -> None:
    payload = {"type": kind, "callback_id": "x", "user": {"id": "U0CLERK"}, "team": {"id": "T0SANDBOX"}, **more}
    with capture_logs() as logs:
        assert site.slack.post(urlencode({"payload": json.dumps(payload)}), FORM)[0] == 200
    assert [line["log_level"] for line in logs] == ["info"]


@pytest.mark.parametrize("verb, path, status", [("GET", "/nowhere", 404), ("GET", "/slack/events", 405)])
def test_what_the_router_refuses_is_a_problem_document(site: Site, verb: str, path: str, status: int) -> None:
    at = urlsplit(site.bot.url)
    connection = HTTPConnection(at.hostname or "", at.port, timeout=30)
    connection.request(verb, path)
    answer = connection.getresponse()
    assert (answer.status, answer.headers["content-type"]) == (status, "application/problem+json")
    assert json.loads(answer.read())["status"] == status
    connection.close()


def test_slow_handlers_run_beside_each_other_and_leave_health_alone(slow: tuple[Site, Thoughtful]) -> None:
    site, slack = slow
    with ThreadPoolExecutor(8) as people:
        answers = [people.submit(site.slack.command, "/issue Scale is broken") for _ in range(4)]
        assert slack.thinks(about := len(answers)), f"{about} wait for Slack at the same time"
        assert site.get("/healthz") == (200, "ok\n")
        assert not any(answer.done() for answer in answers)
        slack.may_go_on.set()
        assert [answer.result()[0] for answer in answers] == [200] * 4


def test_stopping_answers_what_has_come_in_and_takes_no_more(slow: tuple[Site, Thoughtful]) -> None:
    site, slack = slow
    with ThreadPoolExecutor() as people, capture_logs() as logs:
        answer = people.submit(site.slack.command, "/issue Scale is broken")
        assert slack.thinks()
        stopping = people.submit(site.bot.stop)
        site.office.lead.wait_for(lambda: "it is shutting down" in site.bot.readiness.faults())
        assert not stopping.done() and not answer.done()
        slack.may_go_on.set()
        stopping.result()
        assert answer.result()[0] == 200
    assert "stopped by force" not in [line["event"] for line in logs]
    with pytest.raises(OSError):
        site.get("/healthz")
