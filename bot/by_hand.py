"""`gemba jobs run`: a job on any date."""

from collections.abc import Iterator
from datetime import datetime

from bot.cli import Refusal
from bot.clock import FixedClock
from bot.program import build
from bot.settings import Mode, Settings
from domain.rules.likeness import nearest
from jobs.registry import JOBS

WORDING = {
    "ran": "ran: {note}",
    "nothing_to_say": "nothing to say",
    "already_ran": "this period ran before",
    "skipped": "skipped: {note}",
}


def run_job_by_hand(settings: Settings, name: str, at: datetime, *, dry: bool) -> Iterator[str]:
    """Run it, deliver what it had to say where Slack can be reached, and tell what happened, a line a schedule."""
    if name not in JOBS:
        near = nearest(name, JOBS)
        raise Refusal(f"there is no job {name!r}" + (f"; did you mean {near}?" if near else f": {', '.join(JOBS)}"))
    program = build(settings, FixedClock(at))
    if settings.mode is not Mode.SANDBOX:
        program.register_workspace()
    outcomes = program.sweep.run_by_hand(name, at, dry=dry)
    if not outcomes:
        yield "Nothing is scheduled for this job yet: set up a channel with /gemba settings."
    for outcome in outcomes:
        told = WORDING[outcome.outcome].format(note=outcome.note)
        yield f"{outcome.slot}  {outcome.subject or 'workspace'}  {'would have ' if dry else ''}{told}"
    if not dry and settings.mode is not Mode.SANDBOX:
        program.worker.drain()
    waiting = program.queue.depth().get("ready", 0)
    if waiting and not dry:
        yield f"{waiting} messages wait for the running bot."
