"""The promise of docs/operations.md while bots and the database die: nothing lost, nothing said twice, all in order."""

from pathlib import Path
from time import time

from tests.postgres import PostgresServer
from tests.soak.soak import Plan, soak


def test_one_bot_on_sqlite_is_killed_again_and_again(tmp_path: Path) -> None:
    plan = Plan("sqlite", int(time()), replicas=1, load=16, kill_every=4, settle=60)
    verdict = soak(plan, f"sqlite:///{tmp_path / 'gemba.db'}", tmp_path)
    print(verdict)
    assert not verdict.faults, f"{verdict}\n(seed {plan.seed}; logs in {tmp_path})"
    assert verdict.figures["kills"] > 0 and verdict.figures["issues"] > 0, verdict


def test_three_replicas_are_killed_and_their_database_too(
    postgres: PostgresServer, postgres_url: str, tmp_path: Path
) -> None:
    plan = Plan("postgres", int(time()), replicas=3, load=22, kill_every=3, settle=60, database_restarts=2)
    verdict = soak(plan, postgres_url, tmp_path, postgres)
    print(verdict)
    assert not verdict.faults, f"{verdict}\n(seed {plan.seed}; logs in {tmp_path})"
    assert verdict.figures["kills"] > 0 and verdict.figures["issues"] > 0, verdict
