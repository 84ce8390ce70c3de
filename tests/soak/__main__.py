"""`make soak`: the long loop. SOAK_MINUTES in all, SOAK_SEED to repeat one; a JSON line a part, status 1 on a fault.

A seed repeats what people and the killer choose and when; which instruction a kill hits is up to the machine.
"""

import os
import sys
from functools import partial
from pathlib import Path
from tempfile import mkdtemp
from time import time

from tests.postgres import PostgresServer
from tests.soak.soak import Plan, Verdict, soak

SETTLE = 300.0


def main() -> int:
    seed = int(os.environ.get("SOAK_SEED") or time())
    part = float(os.environ.get("SOAK_MINUTES") or 10) * 60 / 3
    folder = Path(mkdtemp(prefix="gemba-soak-"))
    sys.stderr.write(f"seed {seed}; logs in {folder}\n")
    plan = partial(Plan, seed=seed, load=part, settle=SETTLE, late=True)
    with PostgresServer.installed(Path(mkdtemp(prefix="gemba-pg-", dir="/tmp"))) as postgres:
        verdicts = [
            _one(plan("sqlite", replicas=1, kill_every=8), folder),
            _one(plan("postgres", replicas=3, kill_every=5, database_restarts=int(part / 40) + 1), folder, postgres),
            _one(
                plan("postgres, as installed", replicas=3, kill_every=15, database_restarts=2, pause=6, hurried=False),
                folder,
                postgres,
            ),
        ]
    return int(any(verdict.faults for verdict in verdicts))


def _one(plan: Plan, folder: Path, postgres: PostgresServer | None = None) -> Verdict:
    place = folder / plan.name.replace(", ", "-").replace(" ", "-")
    place.mkdir()
    if postgres is None:
        verdict = soak(plan, f"sqlite:///{place / 'gemba.db'}", place)
    else:
        with postgres.database() as url:
            verdict = soak(plan, url, place, postgres)
    sys.stdout.write(f"{verdict}\n")
    sys.stdout.flush()
    (place / "troubled").write_text("\n".join(verdict.troubled))
    return verdict


if __name__ == "__main__":
    sys.exit(main())
