"""What has to hold: at every moment, and once everything is quiet (the promise of docs/operations.md)."""

from datetime import timedelta

from storage.outbox.queue import LEASE
from tests.machine import records_kept, runs_kept, words_kept
from tests.machine.looking import named, ours, waiting
from tests.machine.town import TEAM
from tests.machine.world import World

TURN = 3.0  # seconds that a rate may make one message wait
STEP = 10.0


def said_once(world: World) -> None:
    """At every moment each message is there at most once."""
    for token, messages in ours(world).items():
        assert len(messages) == 1, f"row {token} is there {len(messages)} times: {messages[0]['text']!r}"


def settle(world: World) -> None:
    """Nothing goes wrong any more: within two leases everything is out."""
    world.edges.forget()
    world.platform.faults.end()
    world.mend()
    replica = world.pick(0)
    replica.runner.run_due()
    left = waiting(world)
    put_off = max((row.not_before for row in left if row.state != "sending"), default=world.time())
    limit = max(timedelta(0), put_off - world.time()) + 2 * LEASE + timedelta(seconds=TURN * (len(left) + 5))
    passed = timedelta(0)
    while world.deliver(0) or waiting(world):
        assert passed < limit, f"not out after {limit}: {[*map(named, waiting(world))]}"
        world.pass_(STEP)
        passed += timedelta(seconds=STEP)
    world.pass_(60)  # what is late by then would have come


def check(world: World) -> None:
    """Call it once everything is quiet."""
    said_once(world)
    _nothing_broke(world)
    words_kept.check(world)
    with world.records.reading(TEAM) as work:
        records_kept.check(world, work)
    runs_kept.check(world)


def _nothing_broke(world: World) -> None:
    """The broad `except` of jobs and messages hides nothing."""
    broke = [entry for entry in world.logged if entry["event"] in ("job failed", "message cannot be made")]
    assert not broke, broke
