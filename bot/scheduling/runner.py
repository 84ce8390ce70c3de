"""Running what is due: our rows decide, each period once, also when several processes look at the same moment."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, time
from functools import partial
from itertools import groupby
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from bot.logs import log
from bot.scheduling.background import Background
from bot.scheduling.periods import RunLedger, RunResult, hold
from domain.core import Directory, NotSaved, UnitOfWork
from domain.people.routing import zone
from domain.schedules.record import Schedule, ScheduleRun
from domain.schedules.slots import Slot, local_instant
from jobs.base import Preparation, Stopped
from jobs.registry import Jobs
from storage.due import due_schedules
from storage.unit_of_work import Database

Scheduled = tuple[str, Schedule]
Together = tuple[str, list[Schedule]]
"""With their workspace."""
TOGETHER = 20
"""So many share a transaction: a thousand commits cost more than the digests in them. It takes some 50 ms."""


class ScheduleRunner:
    """Looks for due schedules and runs them."""

    def __init__(self, database: Database, jobs: Jobs, directory: Directory) -> None:
        self._database = database
        self.jobs = jobs
        self._directory = directory
        self._background = Background()

    def run_due(self) -> list[RunResult]:
        """Run everything that is due now; what was missed is caught up within its job's limit, else noted.

        All of it at each look: some that always fail must not hold up others.
        """
        quick, slow = self._due()
        return [outcome for due in [*_together(quick), *slow] for outcome in self._run_some(*due)]

    def look(self) -> list[RunResult]:
        """The same for the clock that ticks: what is slow is only begun, and waited for by nobody."""
        quick, slow = self._due()
        for team_id, [schedule] in slow:
            self._background.begin(schedule.id, partial(self._run_some, team_id, [schedule]))
        return [outcome for due in _together(quick) for outcome in self._run_some(*due)]

    def stop(self) -> None:
        """End what is slow. It has come to nothing, and is due again after the next start."""
        self._background.stop()

    def run_by_hand(self, name: str, at: datetime, *, dry: bool = False) -> list[RunResult]:
        """Run a job for the period that the local day of `at` belongs to, on each of its schedules.

        Claims these periods for good, unless `dry`. Raises KeyError for an unknown job.
        """
        scheduled = self._scheduled(job=self.jobs[name].name)
        return [self._by_hand(team_id, schedule, at, dry=dry) for team_id, schedule in scheduled]

    def run_schedule(self, schedule_id: int, at: datetime) -> RunResult:
        """Run one schedule's job for the period that `at` belongs to. Raises KeyError where there is none."""
        for team_id, schedule in self._scheduled(id=schedule_id):
            return self._by_hand(team_id, schedule, at)
        raise KeyError(schedule_id)

    def _scheduled(self, **conditions: Any) -> Iterator[Scheduled]:
        for team_id in self._database.teams():
            with self._database.reading(team_id) as work:
                schedules = work.of(Schedule).find(**conditions)
            yield from ((team_id, schedule) for schedule in schedules)

    def _due(self) -> tuple[list[Scheduled], list[Together]]:
        """What is due now and quick, and what is slow: each by itself, for no other has to wait for what it asks."""
        due = due_schedules(self._database.engine, self.jobs, self._database.clock.now())
        quick = [(team_id, one) for team_id, one in due if not self._is_slow(one)]
        return quick, [(team_id, [one]) for team_id, one in due if self._is_slow(one)]

    def _is_slow(self, schedule: Schedule) -> bool:
        return self.jobs[schedule.job].is_slow(schedule.subject)

    def _run_some(self, team_id: str, due: Sequence[Schedule]) -> list[RunResult]:
        """Run these in one transaction; when one of them fails, each in its own, so that it takes no other with it."""
        now = self._database.clock.now()
        try:
            outcomes = self._run(team_id, due, now)
        except NotSaved as error:
            log.error("nothing can be saved; the job runs at a later tick", job=due[0].job, why=error.reason)
            return []
        except Stopped:
            return []
        except Exception:  # one job item: it is tried again at the next tick
            if len(due) > 1:
                return [outcome for schedule in due for outcome in self._run_some(team_id, [schedule])]
            log.exception("job failed", job=due[0].job, schedule=due[0].id)
            self._note_failed(team_id, due[0], now)
            return []
        for outcome in outcomes:
            if outcome.outcome != "nothing_to_say":
                note = "" if self.jobs[outcome.job].quotes else outcome.note
                log.info("job", job=outcome.job, slot=outcome.slot, outcome=outcome.outcome, note=note)
        return outcomes

    def _note_failed(self, team_id: str, schedule: Schedule, now: datetime) -> None:
        with suppress(NotSaved, SQLAlchemyError), self._database.writing(team_id, now=now) as work:
            work.of(Schedule).change_all([{"id": schedule.id, "last_run": now, "last_outcome": "failed"}])

    def _run(self, team_id: str, due: Sequence[Schedule], now: datetime) -> list[RunResult]:
        """Read anew once it is this process's turn in the workspace: what another has run meanwhile is not due."""
        prepared = {one.id: self._prepare(team_id, one, now) for one in due if self._is_ours(team_id, one, now)}
        if not prepared:
            return []
        with self._database.writing(team_id, now=now) as work:
            current = work.of(Schedule).find(id=tuple(prepared), order="next_due")
            still = [schedule for schedule in current if schedule.next_due <= now and not schedule.paused]
            ledger = RunLedger(work, now, _ran(work, {schedule.id: schedule.latest(now) for schedule in still}))
            outcomes = [
                ledger.run_newest(self.jobs[schedule.job], schedule, prepared[schedule.id]) for schedule in still
            ]
            ledger.enter()
            return outcomes

    def _is_ours(self, team_id: str, schedule: Schedule, now: datetime) -> bool:
        """A slow one belongs to the process that holds it: no two ask the same."""
        if not self._is_slow(schedule):
            return True
        with self._database.writing(team_id, now=now) as work:
            return hold(work, schedule, now)

    def _by_hand(self, team_id: str, schedule: Schedule, at: datetime, *, dry: bool = False) -> RunResult:
        local = zone(schedule.timezone)
        end_of_day = local_instant(at.astimezone(local).date(), time(23, 59), local)
        slot = schedule.latest(at if schedule.is_interval else max(at, end_of_day))
        prepared = self._prepare(team_id, schedule, at)
        with suppress(_DryRun), self._database.writing(team_id, now=at) as work:
            current = work.of(Schedule).get(schedule.id)  # it may be gone by now
            ledger = RunLedger(work, at, _ran(work, {current.id: slot}), self._database.clock.now())
            outcome = ledger.run(self.jobs[current.job], current, slot, prepared)
            ledger.enter()
            if dry:
                raise _DryRun
        return outcome

    def _prepare(self, team_id: str, schedule: Schedule, now: datetime) -> Any:
        """Let the job ask others what it needs, while no unit of work is open."""
        prepare = self.jobs[schedule.job].prepare
        reading = partial(self._database.reading, team_id, now=now)
        return prepare(Preparation(reading, self._directory, schedule.subject, now)) if prepare else None


def _ran(work: UnitOfWork, slots: Mapping[int, Slot]) -> set[tuple[int, str]]:
    """Which of these periods, by the ids of their schedules, have a row already; others of theirs may be among them."""
    keys = {slot.key for slot in slots.values()}
    runs = work.of(ScheduleRun).find(schedule_id=tuple(slots), slot=tuple(keys))
    return {(run.schedule_id, run.slot) for run in runs}


def _together(due: Sequence[Scheduled]) -> Iterator[Together]:
    """Those of one workspace that follow each other, at most TOGETHER."""
    for team_id, run in groupby(due, key=lambda pair: pair[0]):
        schedules = [schedule for _, schedule in run]
        for start in range(0, len(schedules), TOGETHER):
            yield team_id, schedules[start : start + TOGETHER]


class _DryRun(Exception):
    """Rolls a trial back."""
