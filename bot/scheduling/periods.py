"""The periods of schedules inside a unit of work: claimed by their unique row, run or noted, and the next one set."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from domain.core import UnitOfWork
from domain.schedules.record import Schedule, ScheduleRun
from domain.schedules.slots import Slot
from jobs.base import Job, Run

LATE = timedelta(hours=1)
"""From when on what a period says also says that it is late."""
MOST_NOTED = 366
HELD = timedelta(minutes=2)
"""Longer than asking another database can take; a process that dies meanwhile delays it by this."""


@dataclass(frozen=True, slots=True)
class RunResult:
    """What became of a period. `outcome`: ran, nothing_to_say, skipped or already_ran."""

    job: str
    subject: str
    slot: str
    outcome: str
    note: str = ""


def hold(work: UnitOfWork, schedule: Schedule, now: datetime) -> bool:
    """Keep others from asking what a slow run needs. False where it is not due any more, or somebody does already."""
    current = work.of(Schedule).one(id=schedule.id)
    if current is None or current.paused or current.next_due > now or (current.held_until and current.held_until > now):
        return False
    work.of(Schedule).change_all([{"id": current.id, "held_until": now + HELD}])
    return True


@dataclass(frozen=True, slots=True)
class RunLedger:
    """Runs periods, and keeps what is to be noted of them: two statements at the end, however many they are.

    `ran` are the periods that have their row already, schedule and slot, looked up in this unit of work. `by_hand_at`
    is the clock's time of a run by hand, whose `now` may be another.
    """

    work: UnitOfWork
    now: datetime
    ran: Collection[tuple[int, str]]
    by_hand_at: datetime | None = None
    _runs: list[ScheduleRun] = field(default_factory=list)
    _moves: list[dict[str, Any]] = field(default_factory=list)

    def run_newest(self, job: Job[Any], schedule: Schedule, prepared: object) -> RunResult:
        """Run what a schedule was due for last, note what went by before it, and set when it is due next."""
        slot = schedule.latest(self.now)
        self._note_missed(schedule, slot)
        next_due = schedule.following(self.now).due
        return self.run(job, schedule, slot, prepared, next_due=next_due, held_until=None)

    def run(
        self, job: Job[Any], schedule: Schedule, slot: Slot, prepared: object, **move: datetime | None
    ) -> RunResult:
        """The unique run row is the fence: whoever writes it first runs the period, nobody else ever does."""
        ran_before = (schedule.id, slot.key) in self.ran
        outcome, note = ("already_ran", "") if ran_before else self._claim(job, schedule, slot, prepared)
        last = (schedule.last_run, schedule.last_outcome) if ran_before else (self.now, outcome)
        self._moves.append({"id": schedule.id, **move, "last_run": last[0], "last_outcome": last[1]})
        return RunResult(job.name, schedule.subject, slot.key, outcome, note)

    def enter(self) -> None:
        self.work.of(ScheduleRun).add_all(self._runs)
        self.work.of(Schedule).change_all(self._moves)

    def _claim(self, job: Job[Any], schedule: Schedule, slot: Slot, prepared: object) -> tuple[str, str]:
        late = timedelta(0) if self.by_hand_at else max(timedelta(0), self.now - slot.due)
        self.work.outbox.late_since = slot.due if late > LATE else None
        if late > job.catch_up:
            outcome, note = "skipped", f"due {slot.due:%Y-%m-%d %H:%M}Z, too late to be of use"
        else:
            day, begun_at = date.fromisoformat(slot.key[:10]), self.by_hand_at or self.now
            note = job.run(Run(self.work, schedule.subject, day, slot.key, self.now, begun_at, late, prepared))
            outcome = "ran" if note else "nothing_to_say"
        if outcome != "nothing_to_say" or not schedule.is_interval:
            self._note(schedule, slot, outcome, note)
        return outcome, note

    def _note_missed(self, schedule: Schedule, newest: Slot) -> None:
        """Of several periods that went by unnoticed the newest is run; the others are noted."""
        if schedule.is_interval:
            return  # whatever it looks for, it finds at the next look
        slot, missed = schedule.latest(schedule.next_due), 0
        while slot.due < newest.due and missed < MOST_NOTED:
            if self.work.of(ScheduleRun).one(schedule_id=schedule.id, slot=slot.key) is None:
                note = f"due {slot.due:%Y-%m-%d %H:%M}Z, missed while the bot was not running"
                self._note(schedule, slot, "skipped", note)
            slot, missed = schedule.following(slot.due), missed + 1

    def _note(self, schedule: Schedule, slot: Slot, outcome: str, note: str) -> None:
        self._runs.append(ScheduleRun(schedule_id=schedule.id, slot=slot.key, at=self.now, outcome=outcome, note=note))
