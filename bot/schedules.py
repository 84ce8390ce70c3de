"""Running what is due: our rows decide, each period once, also when several processes look at the same moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial

from bot.logs import log
from domain.errors import NotSaved
from domain.ports import Before, Directory, UnitOfWork
from domain.records.ledger import Schedule, ScheduleRun
from domain.rules.slots import Slot, local_instant, rule
from domain.use_cases.places import zone
from domain.use_cases.rosters import NOBODY, Roster
from jobs.base import Job, Preparation, Run
from storage.unit_of_work import Database


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a period. `outcome`: ran, nothing_to_say, skipped, failed or already_ran."""

    job: str
    subject: str
    slot: str
    outcome: str
    note: str = ""


class Sweep:
    """Looks for due schedules and runs them."""

    def __init__(self, database: Database, jobs: Mapping[str, Job], directory: Directory) -> None:
        self._database = database
        self._jobs = jobs
        self._directory = directory

    def run_due(self) -> list[Outcome]:
        """Run everything that is due now; what was missed is caught up within its job's limit, else noted."""
        now = self._database.clock.now()
        outcomes = []
        for team_id in self._database.teams():
            with self._database.reading(team_id) as work:  # all of them: some that always fail must not hold up others
                due = work.schedules.find(
                    job=tuple(self._jobs),
                    next_due=Before(now + timedelta(microseconds=1)),
                    paused=False,
                    order="next_due",
                )
            outcomes += [self._run_one(team_id, schedule, now) for schedule in due]
        return [outcome for outcome in outcomes if outcome is not None]

    def run_by_hand(self, name: str, at: datetime, *, dry: bool = False) -> list[Outcome]:
        """Run a job for the period that the local day of `at` belongs to, on each of its schedules.

        Claims these periods for good, unless `dry`. Raises KeyError for an unknown job.
        """
        job = self._jobs[name]
        outcomes = []
        for team_id in self._database.teams():
            with self._database.reading(team_id) as work:
                schedules = work.schedules.find(job=name)
            outcomes += [self._by_hand(team_id, job, schedule, at, dry=dry) for schedule in schedules]
        return outcomes

    def _run_one(self, team_id: str, seen: Schedule, now: datetime) -> Outcome | None:
        try:
            roster = self._prepare(team_id, seen, now)
            with self._database.writing(team_id, now=now) as work:
                schedule = work.schedules.get(seen.id)  # locked: of several processes one goes on
                if schedule.next_due > now:
                    return None
                local = zone(schedule.timezone)
                slot = rule(schedule.rule).latest(now, local)
                outcome = self._claim(work, self._jobs[schedule.job], schedule, slot, now, roster)
                following = rule(schedule.rule).following(now, local).due
                work.schedules.change(schedule, by="", at=now, next_due=following)
        except NotSaved as error:
            log.error("nothing can be saved; the job runs at a later tick", job=seen.job, why=error.reason)
            return None
        except Exception:  # one job item: it must not take the others with it, and is tried again at the next tick
            log.exception("job failed", job=seen.job, schedule=seen.id)
            return None
        if outcome.outcome != "nothing_to_say":
            log.info("job", job=outcome.job, slot=outcome.slot, outcome=outcome.outcome, note=outcome.note)
        return outcome

    def _by_hand(self, team_id: str, job: Job, schedule: Schedule, at: datetime, *, dry: bool) -> Outcome:
        local = zone(schedule.timezone)
        day = at.astimezone(local).date()
        end_of_day = max(at, local_instant(day, time(23, 59), local))
        chosen = rule(schedule.rule)
        slot = chosen.latest(at if schedule.rule.startswith("every") else end_of_day, local)
        roster = self._prepare(team_id, schedule, at)
        try:
            with self._database.writing(team_id, now=at) as work:
                work.schedules.get(schedule.id)  # locked, as above
                outcome = self._claim(work, job, schedule, slot, at, roster, by_hand=True)
                if dry:
                    raise _DryRun(outcome)
        except _DryRun as tried:
            return tried.outcome
        return outcome

    def _prepare(self, team_id: str, schedule: Schedule, now: datetime) -> Roster:
        """Let the job ask Slack what it needs, while no unit of work is open."""
        job = self._jobs.get(schedule.job)
        if job is None or job.prepare is None:
            return NOBODY
        reading = partial(self._database.reading, team_id, now=now)
        return job.prepare(Preparation(reading, self._directory, schedule.subject, now))

    def _claim(
        self, work: UnitOfWork, job: Job, schedule: Schedule, slot: Slot, now: datetime, roster: Roster,
        *, by_hand: bool = False,
    ) -> Outcome:  # fmt: skip
        """The unique run row is the fence: whoever writes it first runs the period, nobody else ever does."""
        if work.schedule_runs.one(schedule_id=schedule.id, slot=slot.key) is not None:
            return Outcome(job.name, schedule.subject, slot.key, "already_ran")
        late = max(timedelta(0), now - slot.due)
        if late > job.catch_up and not by_hand:
            outcome, note = "skipped", f"due {slot.due:%Y-%m-%d %H:%M}Z, too late to be of use"
        else:
            day = date.fromisoformat(slot.key[:10])
            note = job.run(Run(work, schedule.subject, day, slot.key, now, timedelta(0) if by_hand else late, roster))
            outcome = "ran" if note else "nothing_to_say"
        if outcome != "nothing_to_say" or not schedule.rule.startswith("every"):
            record = ScheduleRun(schedule_id=schedule.id, slot=slot.key, at=now, outcome=outcome, note=note)
            work.schedule_runs.add(record, by="", at=now)
        return Outcome(job.name, schedule.subject, slot.key, outcome, note)


class _DryRun(Exception):
    """Rolls a trial back."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self.outcome = outcome
