"""The worker's threads, and the real gateway over HTTP."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Event, Thread
from time import monotonic, sleep
from typing import Any

import pytest

from bot.slack.gateway import Gateway
from domain.cards.messages import Card
from domain.core import Ref
from storage.unit_of_work import Database
from tests.bot.delivery.desk import Desk

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # the queue itself is tested on both


def test_its_threads_start_at_once_when_something_is_said_and_stop(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.delivery.worker.IDLE_SECONDS", 60.0)  # no look by itself; a commit wakes it
    desk.database.listeners.append(desk.worker.heard)
    desk.worker.start()
    sleep(0.1)  # idle now
    for number in range(8):
        desk.card(number, to=f"C{number}")
    until = monotonic() + 30
    while set(desk.states()) != {"sent"} and monotonic() < until:
        sleep(0.01)
    desk.worker.stop()
    assert sorted(post.text for post in desk.slack.posts) == [repr(Card(Ref("issue", number))) for number in range(8)]
    desk.card(9)
    sleep(0.1)
    assert desk.row("card 9").state == "ready"


def test_who_is_told_to_stop_while_it_posts_claims_nothing_more(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    posting, answered, post = Event(), Event(), desk.slack.post

    def slow(*given: Any, **more: Any) -> tuple[str, str]:
        posting.set()
        answered.wait(30)
        return post(*given, **more)

    monkeypatch.setattr(desk.slack, "post", slow)
    desk.card(1)
    desk.card(2)
    desk.worker.start()
    assert posting.wait(30)
    stopping = Thread(target=desk.worker.stop)
    stopping.start()
    sleep(0.05)
    answered.set()
    stopping.join(30)
    assert desk.states() == ["sent", "ready"]


@pytest.mark.parametrize(
    "status, headers, body, state",
    [
        pytest.param(200, {}, b'{"ok":true,"channel":"C1","ts":"1.1"}', "sent", id="ok"),
        pytest.param(200, {}, b'{"ok":false,"error":"invalid_blocks"}', "failed", id="refused"),
        pytest.param(429, {"retry-after": "30"}, b'{"ok":false,"error":"ratelimited"}', "ready", id="429"),
        pytest.param(429, {"Retry-After": "30"}, b"", "ready", id="429 without a body"),
        pytest.param(200, {}, b"<html>Please log in to the guest network</html>", "unsure", id="a page of a hotel"),
        pytest.param(503, {}, b"<html>upstream connect error</html>", "unsure", id="a page of the load balancer"),
        pytest.param(502, {}, b"<html>Passerelle erron\xe9e</html>", "unsure", id="a page that is no UTF-8"),
        pytest.param(500, {}, b'{"ok":false,"error":"internal_error"}', "unsure", id="500"),
        pytest.param(0, {}, b"", "unsure", id="the connection is dropped"),
    ],
)
def test_with_the_real_gateway_and_real_http(
    database: Database, status: int, headers: dict[str, str], body: bytes, state: str
) -> None:
    with answering(status, headers, body) as url:
        desk = Desk(database, Gateway("xoxb-test", url))
        desk.card()
        desk.worker.drain()
    assert desk.states() == [state]
    assert state != "ready" or 28 < desk.wait() < 31


def test_with_the_real_gateway_and_nobody_there(database: Database) -> None:
    with answering(200, {}, b"") as url:
        pass
    desk = Desk(database, Gateway("xoxb-test", url))
    desk.card()
    desk.worker.drain()
    assert desk.states() == ["ready"] and desk.row().attempts == 0


@contextmanager
def answering(status: int, headers: dict[str, str], body: bytes) -> Iterator[str]:
    """A server on this machine that answers everything alike; status 0 drops the connection."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            if status == 0:
                self.close_connection = True
                return
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/api/"
    server.shutdown()
    server.server_close()
    thread.join()
