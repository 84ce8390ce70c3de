"""`gemba jobs run`: a job on any date."""

from collections.abc import Iterator
from datetime import datetime

from bot.database import check_sandbox, open_as_it_is, open_database
from bot.program import Program, build
from bot.refusal import Refusal
from bot.sandboxed import connected_to, running_sandbox
from bot.scheduling.clock import FixedClock
from bot.scheduling.periods import RunResult
from bot.settings import Mode, Settings
from domain.text.likeness import nearest
from jobs.registry import JOBS

WORDING = {
    "ran": "ran: {note}",
    "nothing_to_say": "nothing to say",
    "already_ran": "this period ran before",
    "skipped": "skipped: {note}",
}


def run_job_by_hand(settings: Settings, name: str, at: datetime, *, dry: bool) -> Iterator[str]:
    """Run it, deliver what it had to say, and tell what happened, a line a schedule.

    In the sandbox the running bot delivers. Raises Refusal for an unknown job, one without a schedule, and messages
    that could not be sent.
    """
    if name not in JOBS:
        near = nearest(name, JOBS)
        raise Refusal(f"there is no job {name!r}" + (f"; did you mean {near}?" if near else f": {', '.join(JOBS)}"))
    in_sandbox = settings.mode is Mode.SANDBOX
    if in_sandbox:
        check_sandbox(settings)
        settings = connected_to(settings, running_sandbox())
    program = build(settings, database=(open_as_it_is if dry else open_database)(settings, FixedClock(at)))
    if not dry and not in_sandbox:
        program.register_workspace()
    outcomes = program.runner.run_by_hand(name, at, dry=dry)
    if not outcomes:
        raise Refusal("nothing is scheduled for this job yet; set up a channel with /gemba settings")
    yield from (_line(outcome, dry=dry) for outcome in outcomes)
    if not dry:
        yield from _deliver(program, here=not in_sandbox)


def _line(outcome: RunResult, *, dry: bool) -> str:
    result = WORDING[outcome.outcome].format(note=outcome.note)
    return f"{outcome.slot}  {outcome.subject or 'workspace'}  {'dry run, ' if dry else ''}{result}"


def _deliver(program: Program, *, here: bool) -> Iterator[str]:
    before = program.queue.depth()
    if here:
        program.worker.drain()
    after = program.queue.depth()
    waiting = sum(after.get(state, 0) for state in ("ready", "sending", "unsure"))
    failed = after.get("failed", 0) - before.get("failed", 0)
    if waiting:
        yield f"messages that wait for the running bot: {waiting}"
    if failed > 0:
        raise Refusal(f"messages that could not be sent: {failed}; `gemba doctor` says why")
