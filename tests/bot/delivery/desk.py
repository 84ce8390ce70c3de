"""A worker with everything around it, and a Slack that fails as it is told to."""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from errno import EHOSTUNREACH, ENETUNREACH
from http.client import RemoteDisconnected
from socket import gaierror
from ssl import SSLCertVerificationError
from typing import Any, cast
from urllib.error import URLError

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse
from sqlalchemy import Row, select

from bot.database import SCHEMA
from bot.delivery.blocked_destinations import BlockedDestinations
from bot.delivery.sender import Sender
from bot.delivery.worker import Worker
from bot.slack.gateway import Gateway
from bot.slack.message_search import Search
from bot.slack.slack_client import Hold
from domain.cards.messages import Card
from domain.core import Message, Outbox, Ref
from storage.outbox.queue import Delivery, Queue
from storage.outbox.rates import NONE
from storage.tables import outbox
from storage.unit_of_work import Database
from tests.machine_time import MachineTime
from views.core import Rendered

TEAM = "T1"


DAY = date(2026, 11, 23)


def refusal(name: str, status: int = 200, **headers: str) -> SlackApiError:
    answer = SlackResponse(
        client=WebClient(),
        http_verb="POST",
        api_url="",
        req_args={},
        data={"ok": False, "error": name},
        headers={name.replace("_", "-"): value for name, value in headers.items()},
        status_code=status,
    )
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
    uploads: Callable[[], object] = lambda: None  # what takes long before a post

    def fails(self, call: str, *errors: Exception, lands: bool = False) -> None:
        """Let the next calls raise these; with `lands` they do their work all the same."""
        self.faults.setdefault(call, deque()).extend((error, lands) for error in errors)

    def post(self, channel: str, message: Rendered, *, key: str, hold: Hold, thread_ts: str = "") -> tuple[str, str]:
        self.uploads()
        hold()
        with self._fault("post"):
            ts = f"100.{len(self.posts) + 1}"
            place = f"D{channel}" if channel.startswith("U") else channel
            self.posts.append(Posted(place, message.text, key, thread_ts, ts))
        return place, ts

    def whisper(self, channel: str, person: str, message: Rendered) -> None:
        with self._fault("whisper"):
            self.whispers.append(Posted(channel, message.text, key=person))

    def update(self, channel: str, ts: str, message: Rendered, hold: Hold) -> None:
        hold()
        with self._fault("update"):
            self.updates.append(Posted(channel, message.text, ts=ts))

    def pin(self, channel: str, ts: str) -> None:
        with self._fault("pin"):
            self.pins.append((channel, ts))

    def find_posted(self, search: Search, hold: Hold) -> tuple[str, str] | None:
        hold()
        with self._fault("find_posted"):
            place = f"D{search.channel}" if search.channel.startswith("U") else search.channel
            wanted = place, search.token, search.thread_ts
            found = [one for one in self.posts if (one.channel, one.key, one.thread_ts) == wanted]
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
        self.blocked_destinations: list[tuple[str, ...]] = []
        self.start_again(queue)

    def start_again(self, queue: type[Queue] = Queue) -> None:
        """As a new process does; of the one before nothing is left but what it wrote."""
        self.queue = queue(self.database.engine, SCHEMA.words, "test", self.time, limits=NONE, steady=self.time.steady)
        self.worker = Worker(self.queue, Sender(self.queue, cast(Gateway, self.slack), self.render, self))

    def blocked(self, team_id: str, target: str, error: str) -> None:
        self.blocked_destinations.append((target, error))
        BlockedDestinations(self.database).blocked(team_id, target, error)

    def resolved(self, team_id: str, *targets: str) -> None:
        self.blocked_destinations.append(("mended", *targets))
        BlockedDestinations(self.database).resolved(team_id, *targets)

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
            box.say(Card(Ref("issue", number)), to=to, once=f"card {number}")

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


NO_ANSWER = [
    pytest.param(TimeoutError(), id="time-out"),
    pytest.param(ConnectionResetError(), id="connection reset"),
    pytest.param(RemoteDisconnected(""), id="dropped without an answer"),
    pytest.param(refusal("internal_error"), id="internal_error"),
    pytest.param(refusal("fatal_error"), id="fatal_error"),
    pytest.param(refusal("", status=503), id="HTTP 503"),
]


NEVER_LEFT = [
    pytest.param(URLError(ConnectionRefusedError()), id="refused"),
    pytest.param(URLError(gaierror(-2, "Name unknown")), id="no such name"),
    pytest.param(URLError(TimeoutError()), id="no connection in time"),
    pytest.param(URLError(OSError(ENETUNREACH, "Network is unreachable")), id="no network"),
    pytest.param(URLError(OSError(EHOSTUNREACH, "No route to host")), id="no route"),
    pytest.param(URLError(SSLCertVerificationError()), id="the certificate of somebody in between"),
    pytest.param(URLError(OSError("Tunnel connection failed: 407 Proxy Authentication Required")), id="no tunnel"),
]
