"""What the delivery worker makes of each answer, and of none."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from http.client import RemoteDisconnected
from http.server import BaseHTTPRequestHandler, HTTPServer
from socket import gaierror
from threading import Thread
from time import monotonic, sleep
from typing import Any, cast
from urllib.error import URLError

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse
from sqlalchemy import Row, select
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs

from bot.delivering.delivery import CHAIN, Worker
from bot.delivering.sending import MOST_ATTEMPTS, Sender
from bot.delivering.troubles import Troubles
from bot.slack.gateway import Gateway
from domain.messages import Digest, IssueCard, IssueFiled, IssueNote, Message
from domain.ports import Outbox
from storage.outcomes import Outcome
from storage.queue import Delivery, Queue
from storage.rates import NONE
from storage.tables import outbox
from storage.unit_of_work import Database
from tests.machine_time import MachineTime
from views.blocks import Rendered

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # the queue itself is tested on both

TEAM = "T1"
DAY = date(2026, 11, 23)


def refusal(name: str, status: int = 200, **headers: str) -> SlackApiError:
    answer = SlackResponse(
        client=WebClient(), http_verb="POST", api_url="", req_args={}, data={"ok": False, "error": name},
        headers={name.replace("_", "-"): value for name, value in headers.items()}, status_code=status,
    )  # fmt: skip
    return SlackApiError(name, answer)  # type: ignore[no-untyped-call]


@dataclass
class Posted:
    channel: str
    text: str
    key: str = ""
    thread_ts: str = ""
    ts: str = ""


@dataclass
class FakeSlack:
    """Stands in for the gateway: remembers what was posted, and fails as it is told to, one call after the other."""

    posts: list[Posted] = field(default_factory=list)
    whispers: list[Posted] = field(default_factory=list)
    updates: list[Posted] = field(default_factory=list)
    pins: list[tuple[str, str]] = field(default_factory=list)
    faults: dict[str, deque[tuple[Exception, bool]]] = field(default_factory=dict)

    def fails(self, call: str, *errors: Exception, lands: bool = False) -> None:
        """Let the next calls raise these; with `lands` they do their work all the same."""
        self.faults.setdefault(call, deque()).extend((error, lands) for error in errors)

    def post(self, channel: str, message: Rendered, *, key: str, thread_ts: str = "") -> tuple[str, str]:
        with self._fault("post"):
            ts = f"100.{len(self.posts) + 1}"
            place = f"D{channel}" if channel.startswith("U") else channel
            self.posts.append(Posted(place, message.text, key, thread_ts, ts))
        return place, ts

    def whisper(self, channel: str, person: str, message: Rendered) -> None:
        with self._fault("whisper"):
            self.whispers.append(Posted(channel, message.text, key=person))

    def update(self, channel: str, ts: str, message: Rendered) -> None:
        with self._fault("update"):
            self.updates.append(Posted(channel, message.text, ts=ts))

    def pin(self, channel: str, ts: str) -> None:
        with self._fault("pin"):
            self.pins.append((channel, ts))

    def find_posted(self, channel: str, key: str, *, since: datetime, thread_ts: str = "") -> tuple[str, str] | None:
        with self._fault("find_posted"):
            place = f"D{channel}" if channel.startswith("U") else channel
            found = [one for one in self.posts if (one.channel, one.key, one.thread_ts) == (place, key, thread_ts)]
        return (found[0].channel, found[0].ts) if found else None

    @contextmanager
    def _fault(self, call: str) -> Iterator[None]:
        """Fail before the work is done, or after it if it lands."""
        waiting = self.faults.get(call)
        error, lands = waiting.popleft() if waiting else (None, True)
        if error and not lands:
            raise error
        yield
        if error:
            raise error


class Desk:
    """A worker with everything around it."""

    def __init__(self, database: Database, gateway: Any, queue: type[Queue] = Queue) -> None:
        self.database, self.slack, self.time = database, gateway, MachineTime()
        self.gone: set[Message] = set()
        self.poison: set[Message] = set()
        self.troubles: list[tuple[str, ...]] = []
        self.queue = queue(database.engine, "test", self.time, paces=NONE, steady=self.time.steady)
        self.worker = Worker(self.queue, Sender(self.queue, cast(Gateway, gateway), self.render, self))

    def stopped(self, team_id: str, target: str, error: str) -> None:
        self.troubles.append((target, error))
        Troubles(self.database).stopped(team_id, target, error)

    def mended(self, team_id: str, *targets: str) -> None:
        self.troubles.append(("mended", *targets))
        Troubles(self.database).mended(team_id, *targets)

    def render(self, delivery: Delivery) -> Rendered | None:
        if delivery.message in self.poison:
            raise ZeroDivisionError
        repeated = " again" if delivery.repeats else ""
        return None if delivery.message in self.gone else Rendered(repr(delivery.message) + repeated)

    @contextmanager
    def saying(self) -> Iterator[Outbox]:
        with self.database.writing(TEAM) as work:
            yield work.outbox

    def card(self, number: int = 1, to: str = "C1") -> None:
        with self.saying() as box:
            box.say(IssueCard(number), to=to, once=f"card {number}")

    def later(self, seconds: float = 31) -> None:
        """Let time pass, and deliver what is due."""
        self.time.pass_(seconds=seconds)
        self.worker.drain()

    def row(self, key: str = "card 1") -> Row[Any]:
        with self.database.engine.connect() as connection:
            return connection.execute(select(outbox).where(outbox.c.key == key)).one()

    def states(self) -> list[str]:
        with self.database.engine.connect() as connection:
            return list(connection.execute(select(outbox.c.state).order_by(outbox.c.id)).scalars())

    def wait(self) -> float:
        """For how many seconds from now the first row is put off, by itself or by a rate."""
        own = float((self.row().not_before - self.time()).total_seconds())
        return max(own, self.queue.next_turn() or 0)


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Tracebacks of what fails on purpose take 0.1 s each to be drawn."""
    with capture_logs():
        yield


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database, FakeSlack())


NO_ANSWER = [
    pytest.param(TimeoutError(), id="time-out"),
    pytest.param(ConnectionResetError(), id="connection reset"),
    pytest.param(RemoteDisconnected(""), id="dropped without an answer"),
    pytest.param(URLError("unreachable"), id="no way there"),
    pytest.param(refusal("internal_error"), id="internal_error"),
    pytest.param(refusal("fatal_error"), id="fatal_error"),
    pytest.param(refusal("", status=503), id="HTTP 503"),
]


def test_what_slack_takes_is_sent_with_its_place(desk: Desk) -> None:
    desk.card()
    assert desk.worker.drain() == 1
    (posted,) = desk.slack.posts
    row = desk.row()
    assert (posted.channel, posted.text, posted.key) == ("C1", "IssueCard(issue_id=1)", str(row.id))
    assert (row.state, row.channel_id, row.ts) == ("sent", "C1", "100.1")
    assert desk.worker.drain() == 0


@pytest.mark.parametrize("name", ["invalid_blocks", "msg_too_long", "metadata_too_large"])
def test_what_slack_refuses_for_good_has_failed_and_the_next_goes_on(desk: Desk, name: str) -> None:
    desk.card(1)
    desk.card(2)
    desk.slack.fails("post", refusal(name))
    desk.worker.drain()
    assert desk.states() == ["failed", "sent"] and desk.row().error == name
    desk.later(seconds=3_600)
    assert len(desk.slack.posts) == 1


@pytest.mark.parametrize(
    "error, least, most",
    [
        pytest.param(refusal("ratelimited", status=429, Retry_After="30"), 28, 31, id="after 30 seconds, it says"),
        pytest.param(refusal("ratelimited", status=429), 0, 2, id="it does not say when: a second"),
        pytest.param(refusal("rate_limited"), 0, 2, id="by name only"),
    ],
)
def test_what_slack_refuses_for_now_comes_again_when_it_says(
    desk: Desk, error: Exception, least: float, most: float
) -> None:
    desk.card()
    desk.slack.fails("post", error)
    desk.worker.drain()
    assert desk.states() == ["ready"] and least < desk.wait() < most
    desk.later(desk.wait() - 0.5)
    assert desk.slack.posts == []
    desk.later(1)
    assert desk.states() == ["sent"] and len(desk.slack.posts) == 1


@pytest.mark.parametrize("error", NO_ANSWER)
def test_a_post_without_an_answer_is_looked_up_and_not_said_twice(desk: Desk, error: Exception) -> None:
    desk.card()
    desk.slack.fails("post", error, lands=True)
    desk.worker.drain()
    assert desk.states() == ["unsure"] and desk.wait() > 25
    desk.later()
    assert (desk.row().state, desk.row().channel_id, desk.row().ts) == ("sent", "C1", "100.1")
    assert len(desk.slack.posts) == 1


@pytest.mark.parametrize("error", NO_ANSWER)
def test_and_said_again_when_it_is_not_there(desk: Desk, error: Exception) -> None:
    desk.card()
    desk.slack.fails("post", error)
    desk.worker.drain()
    desk.later()
    assert desk.states() == ["sent"] and len(desk.slack.posts) == 1


def test_one_that_landed_in_a_direct_message_is_found_with_its_place(desk: Desk) -> None:
    with desk.saying() as box:
        box.say(IssueFiled(1), to="U1", once="card 1")
    desk.slack.fails("post", TimeoutError(), lands=True)
    desk.worker.drain()
    desk.later()
    assert (desk.row().state, desk.row().channel_id) == ("sent", "DU1") and len(desk.slack.posts) == 1


def test_where_nobody_can_look_a_card_may_be_repeated(desk: Desk) -> None:
    desk.card()
    desk.slack.fails("post", TimeoutError(), lands=True)
    desk.slack.fails("find_posted", refusal("missing_scope"))
    desk.worker.drain()
    desk.later()
    assert desk.states() == ["sent"] and len(desk.slack.posts) == 2
    assert desk.slack.posts[1].text == "IssueCard(issue_id=1) again", "and says that it may be a repeat"


def test_and_a_digest_is_not(desk: Desk) -> None:
    with desk.saying() as box:
        box.say(Digest("U1", DAY), to="U1", once="card 1")
    desk.slack.fails("post", TimeoutError())
    desk.slack.fails("find_posted", refusal("missing_scope"))
    desk.worker.drain()
    desk.later()
    assert desk.states() == ["skipped"] and "may be out" in desk.row().error and desk.slack.posts == []


@pytest.mark.parametrize(
    "error",
    [refusal("ratelimited", status=429, Retry_After="1"), refusal("internal_error", status=500), TimeoutError()],
)
def test_while_slack_cannot_be_asked_it_stays_unsure(desk: Desk, error: Exception) -> None:
    desk.card()
    desk.slack.fails("post", TimeoutError(), lands=True)
    desk.slack.fails("find_posted", error)
    desk.worker.drain()
    desk.later()
    assert desk.states() == ["unsure"]
    desk.later()
    assert desk.states() == ["sent"] and len(desk.slack.posts) == 1


def test_while_one_lane_waits_the_others_go_on(desk: Desk) -> None:
    desk.card(1, to="C1")
    desk.card(2, to="C1")
    desk.card(3, to="C2")
    desk.slack.fails("post", TimeoutError(), lands=True)
    desk.worker.drain()
    assert desk.states() == ["unsure", "ready", "sent"]
    desk.later()
    assert [post.channel for post in desk.slack.posts] == ["C1", "C2", "C1"] and set(desk.states()) == {"sent"}


def test_after_a_dozen_attempts_it_is_given_up(desk: Desk) -> None:
    desk.card()
    desk.slack.fails("post", *[TimeoutError()] * 20)
    waits = []
    for _ in range(MOST_ATTEMPTS):
        desk.worker.drain()
        waits.append(desk.wait())
        desk.later(seconds=max(0, waits[-1]) + 1)
    assert desk.states() == ["failed"] and desk.row().attempts == MOST_ATTEMPTS
    assert waits[0] > 25 and waits[-2] > 400 and sum(waits[:-1]) > 1_200, "the longer, the more often it failed"


@pytest.mark.parametrize("error", [URLError(ConnectionRefusedError()), URLError(gaierror(-2, "Name unknown"))])
def test_what_never_left_is_posted_when_slack_is_back_however_long_it_takes(desk: Desk, error: Exception) -> None:
    desk.card()
    desk.slack.fails("post", *[error] * 40)
    desk.slack.fails("find_posted", AssertionError())
    desk.worker.drain()
    assert desk.states() == ["ready"] and 0 < desk.wait() < 3
    for _ in range(39):
        desk.later(seconds=61)
        assert desk.states() == ["ready"] and desk.wait() <= 60
    desk.later(seconds=61)
    assert desk.states() == ["sent"] and len(desk.slack.posts) == 1 and desk.row().attempts == 1


def test_what_was_in_doubt_stays_so_while_slack_cannot_be_reached(desk: Desk) -> None:
    desk.card()
    desk.slack.fails("post", TimeoutError(), lands=True)
    desk.slack.fails("find_posted", URLError(ConnectionRefusedError()))
    desk.worker.drain()
    desk.later()
    assert desk.states() == ["unsure"]
    desk.later(seconds=61)
    assert desk.states() == ["sent"] and len(desk.slack.posts) == 1


def test_being_asked_to_slow_down_does_not_wear_a_message_out(desk: Desk) -> None:
    desk.card()
    desk.slack.fails(
        "post", *[refusal("ratelimited", status=429, Retry_After="1")] * (MOST_ATTEMPTS + 3), TimeoutError()
    )
    for _ in range(MOST_ATTEMPTS + 4):
        desk.later(seconds=2)
    assert desk.states() == ["unsure"]


def test_a_message_that_takes_its_process_with_it_each_time_is_given_up(desk: Desk) -> None:
    desk.card(1)
    desk.card(2)
    dying = Queue(desk.database.engine, "dying", desk.time, paces=NONE, steady=desk.time.steady)
    for _ in range(MOST_ATTEMPTS):
        assert dying.claim() is not None
        desk.time.pass_(seconds=61)
    desk.worker.drain()
    assert desk.states() == ["failed", "sent"]


def test_an_update_goes_to_the_place_of_its_message(desk: Desk) -> None:
    desk.card()
    desk.worker.drain()
    with desk.saying() as box:
        box.refresh("card 1")
    desk.worker.drain()
    assert desk.slack.updates == [Posted("C1", "IssueCard(issue_id=1)", ts="100.1")]


@pytest.mark.parametrize("error", [*NO_ANSWER, refusal("ratelimited", status=429, Retry_After="5")])
def test_an_update_is_tried_again_without_looking_anything_up(desk: Desk, error: Exception) -> None:
    desk.card()
    desk.worker.drain()
    desk.slack.fails("update", error, error, lands=True)
    desk.slack.fails("find_posted", AssertionError())
    with desk.saying() as box:
        box.refresh("card 1")
    desk.worker.drain()
    assert desk.states() == ["sent", "ready"]
    desk.later()
    desk.later()
    assert desk.states() == ["sent", "sent"] and len(desk.slack.updates) == 3


def test_an_update_of_what_never_went_out_is_skipped(desk: Desk) -> None:
    desk.card()
    desk.slack.fails("post", refusal("invalid_blocks"))
    desk.worker.drain()
    with desk.saying() as box:
        box.refresh("card 1")
    desk.worker.drain()
    assert desk.states() == ["failed", "skipped"] and desk.slack.updates == []


def test_what_has_lost_its_reason_is_skipped(desk: Desk) -> None:
    desk.card()
    desk.gone.add(IssueCard(1))
    desk.worker.drain()
    assert desk.states() == ["skipped"] and desk.slack.posts == []


def test_a_message_that_cannot_be_made_takes_no_other_with_it(desk: Desk) -> None:
    for number in (1, 2, 3):
        desk.card(number)
    desk.poison.add(IssueCard(2))
    desk.worker.drain()
    assert desk.states() == ["sent", "failed", "sent"] and "ZeroDivisionError" in desk.row("card 2").error


def test_a_reply_goes_into_the_thread_of_its_parent(desk: Desk) -> None:
    desk.card()
    with desk.saying() as box:
        box.say(IssueNote(1, 5), to="", once="note", reply_to="card 1")
    desk.worker.drain()
    card, note = desk.slack.posts
    assert (note.channel, note.thread_ts) == (card.channel, card.ts)


def test_and_waits_while_its_parent_is_unsure(desk: Desk) -> None:
    desk.card()
    with desk.saying() as box:
        box.say(IssueNote(1, 5), to="", once="note", reply_to="card 1")
    desk.slack.fails("post", TimeoutError(), lands=True)
    desk.worker.drain()
    assert desk.states() == ["unsure", "ready"]
    desk.later()
    assert [post.thread_ts for post in desk.slack.posts] == ["", "100.1"] and desk.states() == ["sent", "sent"]


def test_a_reply_that_may_be_out_is_looked_up_in_its_thread(desk: Desk) -> None:
    desk.card()
    desk.worker.drain()
    with desk.saying() as box:
        box.say(IssueNote(1, 5), to="", once="note", reply_to="card 1")
    desk.slack.fails("post", TimeoutError(), lands=True)
    desk.worker.drain()
    desk.later()
    assert desk.row("note").state == "sent" and len(desk.slack.posts) == 2


def test_a_reply_without_its_parent_is_skipped(desk: Desk) -> None:
    desk.card()
    with desk.saying() as box:
        box.say(IssueNote(1, 5), to="", once="note", reply_to="card 1")
    desk.slack.fails("post", refusal("invalid_blocks"))
    desk.worker.drain()
    assert desk.states() == ["failed", "skipped"] and desk.slack.posts == []


def test_a_whisper_is_shown_in_the_channel(desk: Desk) -> None:
    with desk.saying() as box:
        box.whisper(IssueFiled(1), to="U1", channel="C1", once="card 1")
    desk.worker.drain()
    assert desk.slack.whispers == [Posted("C1", "IssueFiled(issue_id=1)", key="U1")] and desk.slack.posts == []
    assert desk.states() == ["sent"]


@pytest.mark.parametrize("name", ["not_in_channel", "user_not_in_channel", "channel_not_found", "is_archived"])
def test_where_that_does_not_work_it_goes_to_her_directly(desk: Desk, name: str) -> None:
    with desk.saying() as box:
        box.whisper(IssueFiled(1), to="U1", channel="C1", once="card 1")
    desk.slack.fails("whisper", refusal(name))
    desk.worker.drain()
    assert [post.channel for post in desk.slack.posts] == ["DU1"] and desk.row().channel_id == "DU1"


def test_one_that_may_have_been_shown_is_shown_again_and_says_so(desk: Desk) -> None:
    with desk.saying() as box:
        box.whisper(IssueFiled(1), to="U1", channel="C1", once="card 1")
    desk.slack.fails("whisper", TimeoutError(), lands=True)
    desk.worker.drain()
    desk.later()
    assert [one.text for one in desk.slack.whispers] == ["IssueFiled(issue_id=1)", "IssueFiled(issue_id=1) again"]


def test_one_that_may_have_gone_to_her_directly_is_looked_up_there(desk: Desk) -> None:
    with desk.saying() as box:
        box.whisper(IssueFiled(1), to="U1", channel="C1", once="card 1")
    desk.slack.fails("whisper", *[refusal("not_in_channel")] * 2)
    desk.slack.fails("post", TimeoutError(), lands=True)
    desk.worker.drain()
    desk.later()
    assert desk.states() == ["sent"] and len(desk.slack.posts) == 1


def test_a_whisper_without_a_channel_goes_to_her_directly(desk: Desk) -> None:
    with desk.saying() as box:
        box.whisper(IssueFiled(1), to="U1", channel="", once="card 1")
    desk.worker.drain()
    assert [post.channel for post in desk.slack.posts] == ["DU1"] and desk.slack.whispers == []


def test_a_message_is_pinned_where_it_stands(desk: Desk) -> None:
    desk.card()
    with desk.saying() as box:
        box.pin("card 1")
    desk.worker.drain()
    assert desk.slack.pins == [("C1", "100.1")]


def test_in_a_long_backlog_too_what_a_dead_process_left_behind_is_taken_up(desk: Desk) -> None:
    desk.card()
    assert Queue(desk.database.engine, "dead", desk.time, paces=NONE).claim() is not None
    desk.time.pass_(seconds=61)
    for number in range(2, 2 * CHAIN):
        desk.card(number, to=f"C{number}")
    desk.worker.deliver()
    desk.worker.deliver()
    assert (desk.row("card 1").attempts, desk.row("card 1").state) == (2, "sent")


def test_no_more_is_claimed_than_is_asked_for(desk: Desk) -> None:
    for number in range(3):
        desk.card(number, to=f"C{number}")
    assert desk.worker.deliver(2) == 2
    assert desk.states() == ["sent", "sent", "ready"]


class ForgetfulQueue(Queue):
    """Loses its database for a moment, right after Slack took the message."""

    def settle_and_claim(self, delivery: Delivery, outcome: Outcome) -> Delivery | None:
        if delivery.attempts == 1:
            raise OperationalError("UPDATE", {}, Exception("database is locked"))
        return super().settle_and_claim(delivery, outcome)


def test_what_could_not_be_noted_is_looked_up_and_not_said_twice(database: Database) -> None:
    desk = Desk(database, FakeSlack(), ForgetfulQueue)
    desk.card()
    with pytest.raises(OperationalError):
        desk.worker.drain()
    assert desk.states() == ["sending"]
    desk.later(seconds=61)
    assert desk.states() == ["sent"] and len(desk.slack.posts) == 1


def test_its_threads_start_at_once_when_something_is_said_and_stop(desk: Desk) -> None:
    desk.database.listeners.append(desk.worker.heard)
    desk.worker.start()
    sleep(0.1)  # idle now
    started = monotonic()
    for number in range(8):
        desk.card(number, to=f"C{number}")
    while set(desk.states()) != {"sent"} and monotonic() - started < 3:
        sleep(0.01)
    took = monotonic() - started
    desk.worker.stop()
    assert sorted(post.text for post in desk.slack.posts) == [f"IssueCard(issue_id={number})" for number in range(8)]
    assert took < 0.9, "it looks every second by itself; a commit wakes it"
    desk.card(9)
    sleep(0.1)
    assert desk.row("card 9").state == "ready"


@pytest.mark.parametrize(
    "status, headers, body, state",
    [
        pytest.param(200, {}, b'{"ok":true,"channel":"C1","ts":"1.1"}', "sent", id="ok"),
        pytest.param(200, {}, b'{"ok":false,"error":"invalid_blocks"}', "failed", id="refused"),
        pytest.param(429, {"retry-after": "30"}, b'{"ok":false,"error":"ratelimited"}', "ready", id="429"),
        pytest.param(429, {"Retry-After": "30"}, b"", "ready", id="429 without a body"),
        pytest.param(200, {}, b"<html>Please log in to the guest network</html>", "unsure", id="a page of a hotel"),
        pytest.param(503, {}, b"<html>upstream connect error</html>", "unsure", id="a page of the load balancer"),
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
