"""A database with one small job that the test can spoil, and the runner that runs it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import cast

from bot.scheduling.clock import FixedClock
from bot.scheduling.periods import RunResult
from bot.scheduling.runner import ScheduleRunner
from domain.cards.messages import Card
from domain.core import Directory, Ref
from domain.issues.record import Issue
from domain.people.routing import zone
from domain.schedules.record import Schedule, ScheduleRun
from domain.schedules.slots import rule
from jobs.base import Job, Run
from storage.unit_of_work import Database

TEAM = "T1"
MONDAY = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
HALF_A_DAY = timedelta(hours=12)


class Clerk:
    """What a small job does: it files an issue and says so. Remembers its runs; does worse when it is told to."""

    def __init__(self) -> None:
        self.runs: list[Run] = []
        self.worse: Callable[[Run], None] = lambda run: None
        self.idle = False
        self._lock = Lock()

    def __call__(self, run: Run) -> str:
        with self._lock:
            self.runs.append(run)
        if self.idle:
            return ""
        filed = run.work.of(Issue).add(
            Issue(number=run.work.next_number("I"), title=run.slot, filed_at=run.now), by="", at=run.now
        )
        run.work.outbox.say(
            Card(Ref("issue", filed.id)), to=run.subject or "C0", once=f"clerk:{run.subject}:{run.slot}"
        )
        self.worse(run)
        return f"filed {filed.reference}"


class House:
    """A database with a clerk's job, and the runner that runs it."""

    def __init__(self, database: Database) -> None:
        self.database, self.clerk = database, Clerk()
        self.clock = cast(FixedClock, database.clock)
        self.runner = self.another_runner()
        with database.writing(TEAM) as work:
            work.set_workspace(by="", at=MONDAY, name="Test")

    def another_runner(self, **others: Job) -> ScheduleRunner:
        jobs = {"clerk": Job("clerk", "files an issue", self.clerk, HALF_A_DAY), **others}
        return ScheduleRunner(self.database, jobs, cast(Directory, object()))

    def schedule(
        self, text: str, subject: str = "", timezone: str = "UTC", job: str = "clerk", team: str = TEAM
    ) -> None:
        """A schedule that is set up now."""
        now = self.clock.now()
        due = rule(text).following(now, zone(timezone)).due
        made = Schedule(job=job, subject=subject, rule=text, timezone=timezone, next_due=due)
        with self.database.writing(team) as work:
            work.of(Schedule).add(made, by="", at=now)

    def at(self, text: str) -> list[RunResult]:
        """Run what is due at this moment (`2026-11-24 09:00`, UTC)."""
        self.clock.travel_to(datetime.fromisoformat(text).replace(tzinfo=UTC))
        return self.runner.run_due()

    def titles(self) -> list[str]:
        with self.database.reading(TEAM) as work:
            return [issue.title for issue in work.of(Issue).find()]

    def ledger(self) -> list[tuple[str, str]]:
        with self.database.reading(TEAM) as work:
            return [(run.slot, run.outcome) for run in work.of(ScheduleRun).find(order="slot")]

    def next_due(self) -> datetime:
        with self.database.reading(TEAM) as work:
            return work.of(Schedule).find()[0].next_due
