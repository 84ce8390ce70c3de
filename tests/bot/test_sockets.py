"""Socket Mode over two connections: what breaks is replaced, and nothing is lost or answered twice by it."""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from random import Random
from threading import Event
from time import monotonic, sleep
from typing import Any
from urllib.error import URLError

import pytest
from slack_bolt import App
from slack_sdk import WebClient
from structlog.testing import capture_logs

from bot.example.load import WORKSPACE
from bot.inbound.request import InboundRequest
from bot.inbound.socket_mode.connection import Connection, Timing
from bot.inbound.socket_mode.sockets import Sockets
from bot.manifest import manifest
from sandbox.person import Person
from sandbox.server import Sandbox
from tests.bot.deaf import Deaf, Pointing

THREADS = 8
QUICK = Timing(ping=0.1, silent=0.5, longest_wait=0.1)


class Switchboard:
    """Bolt with one command, `/gemba`, over two connections to a sandbox of its own."""

    def __init__(self, sandbox: Sandbox, web: WebClient, timing: Timing, *, wait: bool = True) -> None:
        self.clerk = Person(sandbox.url, "U0CLERK")
        self.sandbox = sandbox
        self.taken: list[str] = []
        self.events: list[str] = []
        self.answered: list[InboundRequest] = []
        self.go_on = Event()
        self.go_on.set()
        app = App(client=web, process_before_response=True, signing_secret="-", request_verification_enabled=False)
        app.command("/gemba")(self._take)
        app.event("app_home_opened")(self._hear)
        self.sockets = Sockets(app, "xapp-sandbox", self.answered.append, timing=timing, threads=THREADS)
        self.sockets.connect()
        if wait:
            self.clerk.wait_for(lambda: all(connection.connected for connection in self.sockets.connections))

    def type(self, text: str) -> Any:
        return self.clerk.command(f"/gemba {text}", "C0SALES")

    def links(self) -> int:
        return len(self.sandbox.platform.sockets._links)

    def refresh(self) -> None:
        self.clerk._call("POST", "/sockets", b'{"action": "refresh"}')

    def inject(self, kind: str, where: str = "commands", **more: Any) -> None:
        self.clerk.inject({"where": where, "kind": kind, "times": 1, **more})

    def _take(self, ack: Callable[..., None], command: dict[str, Any]) -> None:
        self.taken.append(command["text"])
        assert self.go_on.wait(30)
        ack(f"you said {command['text'][:20]}")

    def _hear(self, body: dict[str, Any]) -> None:
        self.events.append(body["event_id"])


Opens = Callable[..., Switchboard]


def wait_until(condition: Callable[[], object], seconds: float = 30) -> None:
    until = monotonic() + seconds
    while not condition():
        assert monotonic() < until
        sleep(0.005)


@contextmanager
def opened(web: Callable[[str], WebClient], timing: Timing) -> Iterator[Switchboard]:
    with Sandbox(workspace=WORKSPACE, manifest=manifest(), retry_after=(0.1, 0.2, 0.3)) as sandbox:
        board = Switchboard(sandbox, web(sandbox.api_url), timing)
        try:
            yield board
        finally:
            board.go_on.set()
            board.sockets.drain(2)


@pytest.fixture
def open_board() -> Iterator[Opens]:
    with ExitStack() as stack, capture_logs():

        def make(web: Callable[[str], WebClient] = Pointing, timing: Timing = QUICK) -> Switchboard:
            return stack.enter_context(opened(web, timing))

        yield make


def test_each_payload_comes_by_one_of_two_lines_and_is_answered_once(open_board: Opens) -> None:
    board = open_board()
    assert board.links() == 2
    assert [board.type(str(n)).response["text"] for n in range(4)] == [f"you said {n}" for n in range(4)]
    assert board.taken == ["0", "1", "2", "3"]
    wait_until(lambda: len(board.answered) >= 4)  # it is noted once the answer has gone
    assert len(board.answered) == 4


def test_an_answer_goes_by_the_other_line_where_its_own_broke(open_board: Opens) -> None:
    board = open_board()
    board.go_on.clear()
    board.inject("drop_after")
    before = [connection._session for connection in board.sockets.connections]
    with ThreadPoolExecutor() as people:
        answer = people.submit(board.type, "broken off")
        board.clerk.wait_for(lambda: any(session and not session.alive for session in before) or None)
        board.go_on.set()
        assert answer.result().response == {"text": "you said broken off"}
    assert [board.type(word).acked for word in ("and", "at", "once")] == [True] * 3
    board.clerk.wait_for(lambda: board.links() == 2)
    assert board.taken == ["broken off", "and", "at", "once"]


@pytest.mark.parametrize("kind", ["closed_mid_frame", "drop_before", "drop_after"])
def test_an_event_is_taken_once_however_its_line_breaks(open_board: Opens, kind: str) -> None:
    board = open_board()
    board.inject(kind, "events")
    board.clerk.open_home()
    board.clerk.wait_for(lambda: board.events)
    board.clerk.wait_for(
        lambda: board.links() == 2 and all(connection.connected for connection in board.sockets.connections)
    )
    assert len(board.events) == 1


@pytest.mark.parametrize("rude", [False, True], ids=["open but silent", "closed at once"])
def test_the_watchdog_replaces_a_line_of_which_nothing_is_heard(open_board: Opens, rude: bool) -> None:
    deaf = Deaf(rude=rude)
    with capture_logs() as logs:
        board = open_board(lambda api_url: Pointing(api_url, deaf.url))
        board.clerk.wait_for(lambda: board.links() == 2)
        assert board.type("hello").acked
    deaf.close()
    (told,) = [entry for entry in logs if entry["event"].startswith("a connection to Slack is lost")]
    assert told["socket"] == 1 and ("nothing was heard" in told["why"]) is not rude


def test_what_is_being_answered_while_slack_asks_for_new_connections_is_answered(open_board: Opens) -> None:
    board = open_board()
    board.go_on.clear()
    with ThreadPoolExecutor() as people:
        answers = [people.submit(board.type, str(n)) for n in range(4)]
        board.clerk.wait_for(lambda: len(board.taken) == 4)
        before = [connection._session for connection in board.sockets.connections]
        board.refresh()
        board.clerk.wait_for(lambda: all(connection._session not in before for connection in board.sockets.connections))
        board.clerk.wait_for(lambda: board.links() == 2)
        board.go_on.set()
        assert sorted(answer.result().response["text"] for answer in answers) == [f"you said {n}" for n in range(4)]
    assert len(board.taken) == 4


def test_nothing_is_lost_or_taken_twice_while_connections_come_and_go(open_board: Opens) -> None:
    board = open_board()
    with ThreadPoolExecutor(4) as people:
        answers = [people.submit(board.type, str(n)) for n in range(80)]
        for _ in range(6):
            board.refresh()
        outcomes = [answer.result() for answer in answers]
    assert [outcome.error for outcome in outcomes] == [None] * 80
    assert sorted(board.taken, key=int) == [str(n) for n in range(80)]
    board.clerk.wait_for(lambda: board.links() == 2)


def test_a_warning_is_taken_for_what_it_is(open_board: Opens) -> None:
    board = open_board()
    before = [connection._session for connection in board.sockets.connections]
    board.inject("disconnect", delay=0.1)
    assert board.type("before").acked
    board.clerk.wait_for(lambda: all(connection._session not in before for connection in board.sockets.connections))
    assert board.type("after").acked


def test_while_slack_cannot_be_reached_it_tries_on_and_says_so_once(open_board: Opens) -> None:
    gone = [URLError(ConnectionRefusedError()) for _ in range(6)]
    with capture_logs() as logs:
        sandbox_web: list[Pointing] = []

        def web(api_url: str) -> WebClient:
            sandbox_web.append(Pointing(api_url))
            return sandbox_web[0]

        board = open_board(web)
        sandbox_web[0].first = [*gone]
        board.clerk._call("POST", "/sockets", b'{"action": "drop"}')
        board.clerk.wait_for(lambda: board.links() == 2)
    assert board.type("back").acked and sandbox_web[0].asked >= 2 + 6 + 2
    told = [(entry["socket"], entry["error"]) for entry in logs if "cannot be opened" in entry["event"]]
    assert sorted(told) == sorted(set(told)) and {error for _, error in told} <= {"ConnectionRefusedError"}


def test_a_line_that_does_not_last_is_opened_less_and_less_often() -> None:
    connection = Connection(1, "xapp-1", WebClient(), lambda *_: None, Timing())
    waits = []
    for failures in (0, 1, 3, 5, 5_000):
        connection._failures = failures
        waits.append(connection._wait())
    assert waits[0] == 0 and waits == sorted(waits) and 15 <= waits[-1] <= 30


@pytest.mark.parametrize(
    "lasted, is_leaving, failures",
    [
        pytest.param(3_600.0, True, 0, id="Slack closes one that lasted: the next is opened at once"),
        pytest.param(3_600.0, False, 0, id="one that lasted is lost: the first failure since"),
        pytest.param(2.0, True, 1, id="Slack closes a young one: soon, but not in a tight loop"),
        pytest.param(2.0, False, 10, id="one that did not last, again"),
    ],
)
def test_a_line_that_lasted_forgets_the_outage_before_it(lasted: float, is_leaving: bool, failures: int) -> None:
    deaf = Deaf()
    connection = Connection(
        1, "xapp-1", Pointing("http://127.0.0.1:9/api/", deaf.url, deaf.url), lambda *_: None, Timing(longest_wait=0.1)
    )
    connection.connect()
    old = connection._session
    assert old is not None
    old._opened_at -= lasted
    old.is_leaving, connection._failures = is_leaving, 9
    if not is_leaving:
        old.cut()
        wait_until(lambda: not old.alive)
    connection._renew(old)
    assert connection._failures == failures
    connection.close()
    deaf.close()


def test_payloads_of_megabytes_and_of_every_kind_of_text_come_through(open_board: Opens) -> None:
    board = open_board(timing=Timing())
    text = "库存😀" * 50_000
    assert board.type(text).acked and board.taken == [text]


def test_closing_finishes_what_it_has_taken_and_what_comes_meanwhile(open_board: Opens) -> None:
    board = open_board()
    board.go_on.clear()
    with ThreadPoolExecutor() as people:
        answer = people.submit(board.type, "last words")
        board.clerk.wait_for(lambda: board.taken)
        closing = people.submit(board.sockets.drain, 4)
        late = people.submit(board.type, "just in time")
        board.clerk.wait_for(lambda: len(board.taken) == 2 or None)
        board.go_on.set()
        assert answer.result().response == {"text": "you said last words"} and late.result().acked
        closing.result()
    board.clerk.wait_for(lambda: board.links() == 0 or None)
    assert not board.type("too late").acked and board.taken == ["last words", "just in time"]


def test_a_line_that_is_closed_while_it_asks_where_to_connect_connects_nowhere() -> None:
    deaf, web = Deaf(), Pointing("http://127.0.0.1:9/api/")
    web.first, connection = [deaf.url], Connection(1, "xapp-1", web, lambda *_: None, QUICK)
    web.may.clear()
    with capture_logs() as logs:
        connection.start()
        wait_until(lambda: web.asked == 1)
        connection.close()
        web.may.set()
        wait_until(lambda: not connection._keeper.is_alive())
    assert not connection.connected and logs == [] and deaf.asked == 0
    deaf.close()


def test_a_line_that_is_closed_while_its_connection_opens_leaves_none_behind() -> None:
    deaf = Deaf()
    deaf.may.clear()
    connection = Connection(1, "xapp-1", Pointing("http://127.0.0.1:9/api/", deaf.url), lambda *_: None, QUICK)
    with capture_logs() as logs:
        connection.start()
        wait_until(lambda: deaf.asked)
        connection.close()
        (guest,) = deaf.guests
        guest.settimeout(0)
        assert guest.recv(1) == b"", "it is cut before close() returns, however late the other side agrees"
        deaf.may.set()
        wait_until(lambda: not connection._keeper.is_alive())
    assert not connection.connected and logs == []
    deaf.close()


def test_one_that_opens_while_the_line_is_being_closed_says_goodbye() -> None:
    deaf = Deaf()
    deaf.may.clear()
    connection = Connection(1, "xapp-1", Pointing("http://127.0.0.1:9/api/", deaf.url), lambda *_: None, QUICK)
    connection.start()
    wait_until(lambda: deaf.asked)
    with ThreadPoolExecutor() as others:
        closing = others.submit(connection.close)
        wait_until(connection._closing.is_set)
        deaf.may.set()
        (guest,) = deaf.guests
        guest.settimeout(5)
        assert guest.recv(1) == b"\x88", "a frame that closes (RFC 6455 §5.2)"
        closing.result()
    deaf.close()


@pytest.mark.parametrize("seed", range(12))
def test_whenever_a_bot_stops_the_next_one_is_asked(seed: int) -> None:
    """The first often stops while its second connection is still being opened: nothing may be sent to that any more."""
    pause = Random(seed).uniform(0, 0.03)
    with Sandbox(workspace=WORKSPACE, manifest=manifest()) as sandbox, capture_logs():
        first = Switchboard(sandbox, Pointing(sandbox.api_url), QUICK, wait=False)
        sleep(pause)
        first.sockets.drain(2)
        second = Switchboard(sandbox, Pointing(sandbox.api_url), QUICK, wait=False)
        outcomes = [second.type(str(n)) for n in range(4)]
        second.sockets.drain(2)
    assert [outcome.error for outcome in outcomes] == [None] * 4 and first.taken == []


def test_waiting_for_a_thread_counts_as_time_to_answer(open_board: Opens) -> None:
    board = open_board()
    board.go_on.clear()
    with ThreadPoolExecutor(THREADS + 1) as people:
        answers = [people.submit(board.type, str(n)) for n in range(THREADS + 1)]
        board.clerk.wait_for(lambda: board.sockets._in_flight == THREADS + 1 or None)
        assert not Event().wait(0.2)
        board.go_on.set()
        assert all(answer.result().acked for answer in answers)
    wait_until(lambda: len(board.answered) > THREADS)
    assert len(board.answered) == THREADS + 1 and all(inbound.age >= 0.2 for inbound in board.answered)


def test_what_is_no_json_is_passed_over(open_board: Opens) -> None:
    board = open_board()
    connection = board.sockets.connections[0]
    assert connection._session is not None
    odd = [{"type": "events_api", "envelope_id": "1", "payload": payload} for payload in (None, [], 1)]
    for strange in ("no JSON", '{"type": "hello"}', '{"type": "news"}', "[]", *map(json.dumps, odd)):
        board.sockets._heard(connection, connection._session, strange)
    assert board.type("still here").acked
