"""What delivering a message durably costs beside a bare post of the same message to the same Slack.

A delivery is rendered from its records and posted; one durable transaction notes it and claims the next. The Slack is
the sandbox, as a process of its own, and rates do not limit. Once it answers at once, and once after 50 ms.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from tempfile import NamedTemporaryFile
from urllib.request import Request, urlopen

from pydantic import SecretStr

from benchmarks.databases import KINDS, Databases
from benchmarks.figures import Figure, in_turn, middle
from bot.delivery.rendering import renderer
from bot.delivery.worker import CHAIN
from bot.example.load import WORKSPACE, load_example
from bot.manifest import manifest
from bot.program import build
from bot.settings import Settings
from domain.cards.messages import Card
from domain.core import Ref
from domain.issues.record import Issue
from storage.outbox.outcomes import skipped
from storage.outbox.rates import NONE
from views.cards.looks import Looks
from views.looks import LOOKS, OF_NO_KIND

CHANNEL, ROUNDS, SLOW_ROUNDS, SLOW = "C0SALES", 25, 4, 0.05
BACKLOG = 1_000


def figures(databases: Databases) -> Iterator[Figure]:
    with sandbox() as address:
        for kind in KINDS:
            deliver, post = _pair(databases.of(kind), address)
            ours, bare = in_turn(deliver, post, rounds=ROUNDS, warm_up=5)
            yield Figure(f"delivery, {kind}.median of a bare post", middle(bare) / CHAIN * 1e6, "µs")
            yield Figure(f"delivery, {kind}.median over a bare post", middle(ours) / middle(bare), "ratio", goal=3.0)
            with _slow(address):
                ours, bare = in_turn(deliver, post, rounds=SLOW_ROUNDS, warm_up=1)
            ratio = middle(ours) / middle(bare)
            yield Figure(f"delivery, {kind}.the same, answered after 50 ms", ratio, "ratio", goal=1.2)


def _pair(url: str, address: str) -> tuple[Callable[[int], None], Callable[[int], None]]:
    """Deliveries out of a backlog of cards, so many in a round, and as many bare posts of the same card."""
    program = build(settings(url, address), limits=NONE)
    team_id = program.register_workspace()
    load_example(program, team_id)
    program.worker.drain()
    with program.database.writing(team_id) as work:
        issue = work.of(Issue).find(channel=CHANNEL)[0]
        for number in range(BACKLOG):
            work.outbox.say(Card(Ref("issue", issue.id)), to=CHANNEL, once=f"benchmark:{number}")
    first = program.queue.claim()
    assert first is not None
    card = renderer(program.database, program.people, Looks(LOOKS, OF_NO_KIND))(first)
    assert card is not None
    program.queue.settle(first, skipped("its rendering is posted barely"))

    def deliver(_number: int) -> None:
        assert program.worker.deliver() == CHAIN

    def post(_number: int) -> None:
        for _ in range(CHAIN):
            program.gateway.post(CHANNEL, card, key="bare")

    return deliver, post


def settings(url: str, address: str) -> Settings:
    tokens = {"slack_bot_token": SecretStr("xoxb-sandbox"), "slack_api_url": f"{address}/api/"}
    return Settings(database_url=url, **tokens)  # type: ignore[arg-type]


@contextmanager
def sandbox() -> Iterator[str]:
    """The address of a sandbox with the example team, which ends with the block."""
    with NamedTemporaryFile("w", suffix=".json") as file:
        file.write(json.dumps(manifest()))
        file.flush()
        files = ["--manifest", file.name, "--workspace", str(WORKSPACE), "--rates", "off"]
        command = [sys.executable, "-m", "sandbox", *files, "--port", "0", "--with-parent"]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        try:
            assert process.stdout is not None
            yield process.stdout.readline().split()[-1]
        finally:
            process.communicate()


@contextmanager
def _slow(address: str) -> Iterator[None]:
    """Let the sandbox answer each post after 50 ms."""
    _faults(address, [{"where": "chat.postMessage", "kind": "slow", "delay": SLOW}])
    yield
    _faults(address, [])


def _faults(address: str, rules: list[dict[str, object]]) -> None:
    body = json.dumps({"rules": rules}).encode()
    urlopen(Request(f"{address}/sandbox/api/faults", body, {"Content-Type": "application/json"}), timeout=10).close()
