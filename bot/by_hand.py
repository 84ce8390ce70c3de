"""`gemba jobs`: what is scheduled, and a job on any date."""

from collections.abc import Iterator
from datetime import datetime

from bot.cli import Refusal
from bot.clock import FixedClock, SystemClock
from bot.program import build
from bot.settings import Mode, Settings
from domain.ports import UnitOfWork
from domain.rules.likeness import nearest
from domain.rules.slots import Daily, Every, rule
from domain.use_cases.places import zone
from jobs.registry import JOBS
from storage.engine import open_engine
from storage.unit_of_work import Database

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

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


def schedules_in_words(settings: Settings) -> Iterator[tuple[str, str, str, str, str, str]]:
    """A row a schedule: job, subject, rule in words, last run, its outcome, next run (both in local time)."""
    database = Database(open_engine(settings.database), SystemClock())
    for team_id in database.teams():
        with database.reading(team_id) as work:
            for schedule in work.schedules.find(order="job"):
                local = zone(schedule.timezone)
                runs = work.schedule_runs.find(schedule_id=schedule.id, order="-id", limit=1)
                yield (
                    schedule.job,
                    _name_of(work, schedule.subject),
                    f"{rule_in_words(schedule.rule)} ({schedule.timezone})",
                    f"{runs[0].at.astimezone(local):%Y-%m-%d %H:%M}" if runs else "never",
                    f"{runs[0].outcome.replace('_', ' ')} {runs[0].note}".strip() if runs else "",
                    f"{schedule.next_due.astimezone(local):%Y-%m-%d %H:%M}",
                )


def rule_in_words(text: str) -> str:
    match rule(text):
        case Every(minutes):
            return "every minute" if minutes == 1 else f"every {minutes} minutes"
        case Daily(at, None):
            return f"every day at {at:%H:%M}"
        case Daily(at, weekday):
            return f"every {WEEKDAYS[weekday or 0]} at {at:%H:%M}"


def _name_of(work: UnitOfWork, subject: str) -> str:
    if not subject:
        return "workspace"
    channel = work.channels.one(channel_id=subject)
    member = None if channel else work.members.one(user_id=subject)
    return f"#{channel.name}" if channel and channel.name else member.name if member else subject
