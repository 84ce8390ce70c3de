"""One soak: a sandbox, bots, people, a killer; then quiet, and the verdict."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from time import monotonic, sleep
from typing import Any

from sqlalchemy import func, select

from bot.database import SCHEMA
from bot.manifest import manifest
from bot.scheduling.clock import SystemClock
from sandbox.server import Sandbox
from storage import tables
from storage.engine import open_engine
from storage.outbox.writer import WAITING
from storage.unit_of_work import Database
from storage.upgrade import upgrade
from tests.postgres import PostgresServer
from tests.soak.crowd import Crowd
from tests.soak.evidence import Evidence
from tests.soak.fleet import GEMBA, IN_A_HURRY, Fleet
from tests.soak.judge import Fault, Judge
from tests.soak.killer import FAULTS, LATE, Killer
from tests.soak.ledger import Ledger
from tests.soak.town import Planned, furnish, workspace

EVENT_RETRIES = (0.5, 2.0, 5.0)
"""Seconds after which the sandbox sends an event again; Slack takes one to five minutes."""
UP_SECONDS = 60.0
STILL = 2.0
"""So long nothing moves before it counts as quiet: what comes late has come by then."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is soaked. `hurried`: short waits and ticks, no rate limits, so that much happens in little time."""

    name: str
    seed: int
    replicas: int
    load: float  # seconds
    kill_every: float  # seconds, on average
    settle: float  # seconds until all has to be out
    hurried: bool = True
    pause: float = 0.2  # seconds that a person rests, at most
    database_restarts: int = 0
    faulty: bool = True
    late: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """How it went. `troubled`: what people read when something went wrong; that is allowed, losing things is not."""

    plan: Plan
    faults: list[Fault]
    figures: Mapping[str, Any]
    troubled: list[str]

    def line(self) -> str:
        """One JSON line of figures."""
        kinds = ("lost", "doubled", "disordered", "stuck", "wrong")
        counts = {kind: sum(fault.kind == kind for fault in self.faults) for kind in kinds}
        return json.dumps({"soak": self.plan.name, "seed": self.plan.seed, **counts, **self.figures})

    def __str__(self) -> str:
        shown = [self.line(), *map(str, self.faults[:40])]
        return "\n".join(shown)


def soak(plan: Plan, database: str, folder: Path, postgres: PostgresServer | None = None) -> Verdict:
    """Soak an empty database at this URL. Logs of the bots stay in `folder`."""
    engine = open_engine(database)
    upgrade(engine, SCHEMA.metadata)
    records, ledger = Database(engine, SystemClock(), SCHEMA), Ledger()
    rates = "off" if plan.hurried else "on"
    town = Sandbox(workspace=workspace(), manifest=manifest(), retry_after=EVENT_RETRIES, rates=rates)
    fleet = Fleet(town, database, folder, plan.replicas, IN_A_HURRY if plan.hurried else GEMBA)
    with town, _running(fleet):
        _wait_until_up(town, fleet)
        planned = furnish(records, Random(f"{plan.seed}/town"), timedelta(seconds=plan.load))
        if plan.faulty:
            town.platform.faults.start([*FAULTS, *(LATE if plan.late else [])], plan.seed)
        killer = Killer(fleet, postgres, Random(f"{plan.seed}/killer"), plan.kill_every)
        crowd = Crowd(town.url, plan.seed, ledger, plan.pause)
        crowd.start()
        killer.rage(plan.load, database_restarts=plan.database_restarts)
        town.platform.faults.end()
        crowd.stop()
        settled_in = _settle(records, planned, fleet, plan.settle)
        fell, ended = list(fleet.fell), [Fault("stuck", what) for what in fleet.stop()]
        there = Evidence(records, town.slack, planned)
        figures = {
            "replicas": plan.replicas,
            "seconds": plan.load,
            "kills": fleet.kills,
            "terminations": fleet.ends,
            "database_restarts": killer.restarts,
            "slack_faults": len(town.platform.faults.injected),
            "fell": len(fell),
            **ledger.accepted,
            "unanswered": ledger.unanswered,
            **there.figures(),
            "settled_in_s": round(settled_in, 1),
        }
        verdict = Verdict(plan, [*Judge(there, ledger).faults(), *ended], figures, [*ledger.troubled, *fell])
    engine.dispose()
    return verdict


@contextmanager
def _running(fleet: Fleet) -> Iterator[None]:
    fleet.start()
    try:
        yield
    finally:
        fleet.destroy()


def _wait_until_up(town: Sandbox, fleet: Fleet) -> None:
    """Until somebody takes requests."""
    deadline = monotonic() + UP_SECONDS
    while not town.platform.sockets.connected:
        fleet.keep_up()
        if monotonic() > deadline:
            raise RuntimeError(f"no bot has connected: {fleet.fell}")
        sleep(0.05)


def _settle(records: Database, planned: list[Planned], fleet: Fleet, most: float) -> float:
    """Wait until nothing is left to be done, at most so many seconds; returns how long that took."""
    began = monotonic()
    quiet_since: float | None = None
    while (spent := monotonic() - began) < most:
        fleet.keep_up()
        if not _quiet(records, planned):
            quiet_since = None
        elif quiet_since is None:
            quiet_since = monotonic()
        elif monotonic() - quiet_since > STILL:
            return spent
        sleep(0.1)
    return spent


def _quiet(records: Database, planned: list[Planned]) -> bool:
    """Nothing waits to be said, and every period has been run."""
    waiting = select(func.count()).select_from(tables.outbox).where(tables.outbox.c.state.in_(WAITING))
    due = (
        select(func.count())
        .select_from(tables.schedules)
        .where(
            tables.schedules.c.id.in_([plan.schedule_id for plan in planned]),
            tables.schedules.c.next_due <= datetime.now(UTC),
        )
    )
    with records.engine.connect().execution_options(reading=True) as connection:
        return connection.execute(waiting).scalar_one() == 0 and connection.execute(due).scalar_one() == 0
