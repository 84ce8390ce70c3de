"""A crash at each edge of each scene: the bot is started again, goes on, and keeps its promise."""

import random
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine

from domain.commitments.actions import finish as finish_commitment
from sandbox.server import Sandbox
from storage.unit_of_work import Database
from tests.machine import promises
from tests.machine.edges import Crash
from tests.machine.scenes import SCENES, Scene
from tests.machine.world import World

BEGIN = datetime(2026, 3, 7, 12, tzinfo=UTC)  # the clocks go forward in the night
CALLS = (
    "chat.postMessage",
    "chat.update",
    "chat.postEphemeral",
    "conversations.history",
    "conversations.replies",
)
NOT_LOCKED = [f"{side} {call}" for call in CALLS for side in ("before", "after")]


def test_the_scenes_pass_all_kinds_of_edges_and_without_a_crash_they_keep_the_promise(database: Database) -> None:
    edges = {edge for scene in SCENES for edge in live(database.engine, scene)}
    assert edges == {f"{side} {what}" for what in ("a commit", *CALLS) for side in ("before", "after")}


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_a_crash_at_any_edge_loses_nothing_and_repeats_nothing(database: Database, scene: Scene) -> None:
    """Between one commit or call and the next nothing changes that outlives a process: one crash there is enough."""
    edges = live(database.engine, scene)
    tried = [(number, edge) for number, edge in enumerate(edges) if number == 0 or edge.startswith("after")]
    assert len(tried) > 10
    for number, edge in tried:
        try:
            live(database.engine, scene, number)
        except AssertionError as error:
            raise AssertionError(f"after a crash {edge} (edge {number} of {len(edges)}): {error}") from error


def test_a_change_at_any_edge_is_shown_in_the_end(database: Database) -> None:
    """The card is being made, is on its way, or may be out, when somebody changes what it shows."""
    edges = live(database.engine, SCENES[0])
    for number, edge in enumerate(edges):
        if edge in NOT_LOCKED:
            live(database.engine, SCENES[0], number, change)


def crash(_world: World, edge: str) -> None:
    raise Crash(edge)


def change(world: World, _edge: str) -> None:
    (owed,) = world.accepted.owed.values()
    finished = world.change(
        0,
        owed.owner,
        owed,
        lambda work, member, now: finish_commitment(work, member, owed.ref, now=now),
    )
    assert finished is not None


def live(
    engine: Engine,
    scene: Scene,
    at: int | None = None,
    happens: Callable[[World, str], None] = crash,
    http: Sandbox | None = None,
) -> list[str]:
    """Live through a scene, in which something happens at one of its edges; returns those that were passed."""

    def it_happens(edge: str) -> None:
        happened.append(edge)
        happens(world, edge)

    happened: list[str] = []
    random.seed(0)  # of the jitter in waits
    world = World(engine, BEGIN, http=http)
    try:
        scene.before(world)
        begun = len(world.edges.passed)
        if at is not None:
            world.edges.plan(at, it_happens)
        scene.play(world)
        passed = world.edges.passed[begun:]
        assert (at is None) == (not happened)
        promises.settle(world)
        promises.check(world)
    finally:
        world.close()
    return passed
