"""The promise of docs/operations.md, whatever happens in whatever order: see `tests/machine/machine.py`.

A failure prints its seed: MACHINE_SEED repeats it. MACHINE_EXAMPLES and MACHINE_STEPS make it longer.
"""

import os
from collections.abc import Callable
from functools import partial
from time import time

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from storage.unit_of_work import Database
from tests.machine.machine import Machine

EXAMPLES, STEPS = int(os.environ.get("MACHINE_EXAMPLES", 12)), int(os.environ.get("MACHINE_STEPS", 40))

PHASES = [Phase.generate, Phase.shrink] if os.environ.get("MACHINE_SHRINK") else [Phase.generate]


def run(machine: Callable[[], Machine], examples: int = EXAMPLES, chosen: int = 0) -> None:
    chosen = chosen or int(os.environ.get("MACHINE_SEED") or time())
    print(f"MACHINE_SEED={chosen} MACHINE_EXAMPLES={examples} MACHINE_STEPS={STEPS}")
    how = settings(
        max_examples=examples,
        stateful_step_count=STEPS,
        deadline=None,
        derandomize=False,
        database=None,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
        phases=PHASES,
    )
    run_state_machine_as_test(seed(chosen)(machine), settings=how)


def test_nothing_is_lost_and_nothing_is_said_twice_whatever_happens(database: Database) -> None:
    run(partial(Machine, database.engine))


def test_a_seed_plays_the_same_each_time(database: Database) -> None:
    passed: list[str] = []

    class Noting(Machine):
        def teardown(self) -> None:
            super().teardown()
            passed.extend(self.world.edges.passed)

    def story() -> list[str]:
        passed.clear()
        run(partial(Noting, database.engine), examples=3, chosen=7)
        return list(passed)

    once = story()
    assert len(once) > 50 and story() == once
