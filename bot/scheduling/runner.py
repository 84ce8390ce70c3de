"""Running what is due: our rows decide, each period once, also when several processes look at the same moment."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, time
from functools import partial
from itertools import groupby

from sqlalchemy.exc import SQLAlchemyError

from bot.kpi_sources.sources import SqlSources
from bot.logs import log
from bot.scheduling.background import Background
from bot.scheduling.periods import RunLedger, RunResult, claim, hold, newest_slot, run_newest, run_of
from domain.core.errors import NotSaved
from domain.core.ports import Directory
from domain.people.rosters import NOBODY, Roster
from domain.people.routing import zone
from domain.schedules.record import Schedule, ScheduleRun
from domain.schedules.slots import local_instant, rule
from jobs.base import Job, Preparation, Prepared, Sources, Stopped
from storage.due import due_schedules
from storage.unit_of_work import Database

Due = tuple[str, Schedule]
"""With its workspace."""
NO_SOURCES = SqlSources()
TOGETHER = 20
"""So many share a transaction: a thousand commits cost more than the digests in them. It takes some 50 ms."""


class ScheduleRunner:
    """Looks for due schedules and runs them."""

    def __init__(
        self, database: Database, jobs: Mapping[str, Job], directory: Directory, sources: Sources = NO_SOURCES
    ) -> None:
        self._database = database
        self._jobs = jobs
        self._directory = directory
        self._sources = sources
        self._background = Background()

    def run_due(self) -> list[RunResult]:
        """Run everything that is due now; what was missed is caught up within its job's limit, else noted.

        All of it at each look: some that always fail must not hold up others.
        """
        quick, slow = self._due()
        return self._run_all(quick) + [outcome for team_id, one in slow for outcome in self._run_slow(team_id, one)]

    def look(self) -> list[RunResult]:
        """The same for the clock that ticks: what is slow is only begun, and waited for by nobody."""
        quick, slow = self._due()
        for team_id, schedule in slow:
            self._background.begin(schedule.id, partial(self._run_slow, team_id, schedule))
        return self._run_all(quick)

    def stop(self) -> None:
        """End what is slow. It has come to nothing, and is due again after the next start."""
        self._sources.stop()
        self._background.stop()

    def run_by_hand(self, name: str, at: datetime, *, dry: bool = False) -> list[RunResult]:
        """Run a job for the period that the local day of `at` belongs to, on each of its schedules.

        Claims these periods for good, unless `dry`. Raises KeyError for an unknown job.
        """
        job = self._jobs[name]
        outcomes = []
        for team_id in self._database.teams():
            with self._database.reading(team_id) as work:
                schedules = work.of(Schedule).find(job=name)
            outcomes += [self._by_hand(team_id, job, schedule, at, dry=dry) for schedule in schedules]
        return outcomes

    def run_schedule(self, schedule_id: int, at: datetime) -> RunResult:
        """Run one schedule's job for the period that `at` belongs to. Raises KeyError where there is none."""
        for team_id in self._database.teams():
            with self._database.reading(team_id) as work:
                schedule = work.of(Schedule).one(id=schedule_id)
            if schedule is not None and schedule.job in self._jobs:
                return self._by_hand(team_id, self._jobs[schedule.job], schedule, at, dry=False)
        raise KeyError(schedule_id)

    def _due(self) -> tuple[list[Due], list[Due]]:
        """What is due now and quick, and what is slow."""
        due = due_schedules(self._database.engine, self._jobs, self._database.clock.now())
        slow = [one for one in due if self._jobs[one[1].job].is_slow(one[1].subject)]
        return [one for one in due if one not in slow], slow

    def _run_all(self, due: Sequence[Due]) -> list[RunResult]:
        now = self._database.clock.now()
        return [outcome for team_id, some in _together(due) for outcome in self._run_some(team_id, some, now)]

    def _run_slow(self, team_id: str, schedule: Schedule) -> list[RunResult]:
        """In a transaction of its own: no other has to wait for what it asks."""
        return self._run_some(team_id, [schedule], self._database.clock.now())

    def _run_some(self, team_id: str, due: Sequence[Schedule], now: datetime) -> list[RunResult]:
        """Run these in one transaction; when one of them fails, each in its own, so that it takes no other with it."""
        try:
            outcomes = self._run(team_id, due, now)
        except NotSaved as error:
            log.error("nothing can be saved; the job runs at a later tick", job=due[0].job, why=error.reason)
            return []
        except Stopped:
            return []
        except Exception:  # one job item: it is tried again at the next tick
            if len(due) > 1:
                return [outcome for schedule in due for outcome in self._run_some(team_id, [schedule], now)]
            log.exception("job failed", job=due[0].job, schedule=due[0].id)
            self._note_failed(team_id, due[0], now)
            return []
        for outcome in outcomes:
            if outcome.outcome != "nothing_to_say":
                note = "" if self._jobs[outcome.job].quotes else outcome.note
                log.info("job", job=outcome.job, slot=outcome.slot, outcome=outcome.outcome, note=note)
        return outcomes

    def _note_failed(self, team_id: str, schedule: Schedule, now: datetime) -> None:
        with suppress(NotSaved, SQLAlchemyError), self._database.writing(team_id, now=now) as work:
            work.of(Schedule).change_all([{"id": schedule.id, "last_run": now, "last_outcome": "failed"}])

    def _run(self, team_id: str, due: Sequence[Schedule], now: datetime) -> list[RunResult]:
        """Read anew once it is this process's turn in the workspace: what another has run meanwhile is not due."""
        ours = [schedule for schedule in due if self._is_ours(team_id, schedule, now)]
        prepared = {schedule.id: self._prepare(team_id, schedule, now) for schedule in ours}
        if not prepared:
            return []
        with self._database.writing(team_id, now=now) as work:
            found = work.of(Schedule).find(id=tuple(prepared), order="next_due")
            still = [schedule for schedule in found if schedule.next_due <= now and not schedule.paused]
            slots = {newest_slot(schedule, now).key for schedule in still}
            runs = work.of(ScheduleRun).find(schedule_id=tuple(prepared), slot=tuple(slots))
            ledger = RunLedger({(run.schedule_id, run.slot) for run in runs})
            outcomes = [
                run_newest(work, self._jobs[schedule.job], schedule, now, prepared[schedule.id], ledger)
                for schedule in still
            ]
            ledger.enter(work)
            return outcomes

    def _is_ours(self, team_id: str, schedule: Schedule, now: datetime) -> bool:
        """A slow one belongs to the process that holds it: no two ask the same."""
        if not self._jobs[schedule.job].is_slow(schedule.subject):
            return True
        with self._database.writing(team_id, now=now) as work:
            return hold(work, schedule, now)

    def _by_hand(self, team_id: str, job: Job, schedule: Schedule, at: datetime, *, dry: bool) -> RunResult:
        local = zone(schedule.timezone)
        day = at.astimezone(local).date()
        end_of_day = max(at, local_instant(day, time(23, 59), local))
        chosen = rule(schedule.rule)
        slot = chosen.latest(at if schedule.rule.startswith("every") else end_of_day, local)
        prepared = self._prepare(team_id, schedule, at)
        if isinstance(prepared, Roster):
            prepared = replace(prepared, met_at=self._database.clock.now())
        try:
            with self._database.writing(team_id, now=at) as work:
                found = work.of(Schedule).get(schedule.id)  # it may be gone by now
                ran = work.of(ScheduleRun).count(schedule_id=schedule.id, slot=slot.key)
                ledger = RunLedger({(schedule.id, slot.key)} if ran else ())
                outcome = claim(work, job, schedule, slot, at, prepared, ledger, by_hand=True)
                ledger.moves.append(run_of(found, outcome, at))
                ledger.enter(work)
                if dry:
                    raise _DryRun(outcome)
        except _DryRun as tried:
            return tried.outcome
        return outcome

    def _prepare(self, team_id: str, schedule: Schedule, now: datetime) -> Prepared:
        """Let the job ask others what it needs, while no unit of work is open."""
        job = self._jobs.get(schedule.job)
        if job is None or job.prepare is None:
            return NOBODY
        reading = partial(self._database.reading, team_id, now=now)
        return job.prepare(Preparation(reading, self._directory, self._sources, schedule.subject, now))


def _together(due: Sequence[Due]) -> Iterator[tuple[str, list[Schedule]]]:
    """Those of one workspace that follow each other, at most TOGETHER."""
    for team_id, run in groupby(due, key=lambda pair: pair[0]):
        schedules = [schedule for _, schedule in run]
        for start in range(0, len(schedules), TOGETHER):
            yield team_id, schedules[start : start + TOGETHER]


class _DryRun(Exception):
    """Rolls a trial back."""

    def __init__(self, outcome: RunResult) -> None:
        super().__init__()
        self.outcome = outcome
