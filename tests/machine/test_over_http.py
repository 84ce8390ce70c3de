"""The same machine against a sandbox that runs, over real HTTP: few steps, to see that the line is like the network."""

from collections.abc import Iterator
from functools import partial

import pytest

from sandbox.server import Sandbox
from storage.unit_of_work import Database
from tests.machine.machine import Machine
from tests.machine.scenes import SCENES, Scene
from tests.machine.test_fail_points import live
from tests.machine.test_machine import run
from tests.machine.town import SEED, WITHOUT_EVENTS


@pytest.fixture(scope="module")
def running() -> Iterator[Sandbox]:
    with Sandbox(workspace=SEED, manifest=WITHOUT_EVENTS) as sandbox:
        yield sandbox


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_each_scene_passes_the_same_edges_over_http(database: Database, running: Sandbox, scene: Scene) -> None:
    assert live(database.engine, scene, http=running) == live(database.engine, scene)


def test_nothing_is_lost_and_nothing_is_said_twice_over_http(database: Database, running: Sandbox) -> None:
    run(partial(Machine, database.engine, running), examples=3)
