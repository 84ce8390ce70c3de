"""How much goes through: issues filed a second by one process, messages posted a second by one and by three.

To be read, not to be held against a goal: docs/scale.md reckons with it. Filing is verified form → committed rows, by
eight threads; posting is the delivery worker with its four threads, without rates, against a sandbox that answers at
once, which shares the machine's processors with it.
"""

import multiprocessing
import resource
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

from benchmarks.databases import KINDS, Databases
from benchmarks.delivery import sandbox, settings
from benchmarks.figures import Figure
from benchmarks.submission import submitting
from bot.example.load import load_example
from bot.program import Program, build
from domain.cards.messages import Card
from domain.core import Ref
from domain.issues.record import Issue
from domain.people.record import Member, TeamChannel
from storage.outbox.rates import NONE
from storage.outbox.writer import WAITING

FILED, FILERS, POSTED, REPLICAS = 600, 8, 600, 3


def figures(databases: Databases) -> Iterator[Figure]:
    for kind in KINDS:
        yield Figure(f"throughput, {kind}.issues filed by one process", _filing(databases.of(kind)), "1/s")
    with sandbox() as address:
        for kind, replicas in (("sqlite", 1), ("postgres", 1), ("postgres", REPLICAS)):
            rate = _posting(databases.of(kind), address, replicas)
            yield Figure(f"throughput, {kind}.messages posted by {replicas} processes", rate, "1/s")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # kilobytes on Linux
    yield Figure("throughput.memory of this process at its most", memory, "MiB")


def _filing(url: str) -> float:
    submit = submitting(url)
    for number in range(20):
        submit(number)
    began = time.perf_counter()
    with ThreadPoolExecutor(FILERS) as threads:
        list(threads.map(submit, range(20, 20 + FILED)))
    return FILED / (time.perf_counter() - began)


def _posting(url: str, address: str, replicas: int) -> float:
    """From the first to the last of a backlog; replicas are processes of their own, and start before the clock does."""
    program = build(settings(url, address), limits=NONE)
    team_id = program.register_workspace()
    load_example(program, team_id)
    program.worker.drain()
    context = multiprocessing.get_context("spawn")
    ready, go = context.Barrier(replicas + 1), context.Event()
    others = [context.Process(target=_replica, args=(url, address, ready, go)) for _ in range(replicas)]
    for other in others:
        other.start()
    ready.wait()
    with program.database.writing(team_id) as work:
        issue = work.of(Issue).find(limit=1)[0]
        lanes = [channel.channel_id for channel in work.of(TeamChannel).find()] + [
            member.user_id for member in work.of(Member).find()
        ]
        for number in range(POSTED):
            work.outbox.say(Card(Ref("issue", issue.id)), to=lanes[number % len(lanes)], once=f"throughput:{number}")
    began = time.perf_counter()
    go.set()
    while _waiting(program):
        time.sleep(0.02)
    took = time.perf_counter() - began
    for other in others:
        other.terminate()
        other.join()
    return POSTED / took


def _replica(url: str, address: str, ready: Any, go: Any) -> None:
    """A process with a delivery worker, until it is terminated."""
    program = build(settings(url, address), limits=NONE)
    ready.wait()
    go.wait()
    program.worker.start()
    Event().wait()


def _waiting(program: Program) -> int:
    depth = program.queue.depth()
    return sum(depth.get(state, 0) for state in WAITING)
