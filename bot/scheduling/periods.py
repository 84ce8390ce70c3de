"""One period of one schedule, inside a unit of work: claimed by its unique row, run or noted, and the next one set."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from domain.core.ports import UnitOfWork
from domain.people.routing import zone
from domain.schedules.record import Schedule, ScheduleRun
from domain.schedules.slots import Every, Slot, rule
from jobs.base import Job, Prepared, Run

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


@dataclass(frozen=True, slots=True)
class RunLedger:
    """What a unit of work notes of its periods, entered at its end by two statements, however many they are.

    `ran` are the periods that have their row already, schedule and slot, looked up in this unit of work.
    """

    ran: Collection[tuple[int, str]] = ()
    runs: list[ScheduleRun] = field(default_factory=list)
    moves: list[dict[str, Any]] = field(default_factory=list)

    def enter(self, work: UnitOfWork) -> None:
        work.of(ScheduleRun).add_all(self.runs)
        work.of(Schedule).change_all(self.moves)


def newest_slot(schedule: Schedule, now: datetime) -> Slot:
    """The period of a schedule that was due last."""
    return rule(schedule.rule).latest(now, zone(schedule.timezone))


def hold(work: UnitOfWork, schedule: Schedule, now: datetime) -> bool:
    """Keep others from asking what a slow run needs. False where it is not due any more, or somebody does already."""
    found = work.of(Schedule).one(id=schedule.id)
    if found is None or found.paused or found.next_due > now or (found.held_until and found.held_until > now):
        return False
    work.of(Schedule).change_all([{"id": found.id, "held_until": now + HELD}])
    return True


def run_newest(
    work: UnitOfWork, job: Job, schedule: Schedule, now: datetime, prepared: Prepared, ledger: RunLedger
) -> RunResult:
    """Run what a schedule was due for last, note what went by before it, and set when it is due next."""
    slot = newest_slot(schedule, now)
    _note_missed(work, schedule, slot, now, ledger)
    outcome = claim(work, job, schedule, slot, now, prepared, ledger)
    next_due = rule(schedule.rule).following(now, zone(schedule.timezone)).due
    ledger.moves.append({"next_due": next_due, "held_until": None, **run_of(schedule, outcome, now)})
    return outcome


def run_of(schedule: Schedule, outcome: RunResult, now: datetime) -> dict[str, Any]:
    """The columns of a schedule that tell of its last run."""
    if outcome.outcome == "already_ran":
        return {"id": schedule.id, "last_run": schedule.last_run, "last_outcome": schedule.last_outcome}
    return {"id": schedule.id, "last_run": now, "last_outcome": outcome.outcome}


def claim(
    work: UnitOfWork,
    job: Job,
    schedule: Schedule,
    slot: Slot,
    now: datetime,
    prepared: Prepared,
    ledger: RunLedger,
    *,
    by_hand: bool = False,
) -> RunResult:
    """The unique run row is the fence: whoever writes it first runs the period, nobody else ever does."""
    if (schedule.id, slot.key) in ledger.ran:
        return RunResult(job.name, schedule.subject, slot.key, "already_ran")
    late = max(timedelta(0), now - slot.due)
    work.outbox.late_since = slot.due if late > LATE and not by_hand else None
    if late > job.catch_up and not by_hand:
        outcome, note = "skipped", f"due {slot.due:%Y-%m-%d %H:%M}Z, too late to be of use"
    else:
        day = date.fromisoformat(slot.key[:10])
        note = job.run(Run(work, schedule.subject, day, slot.key, now, timedelta(0) if by_hand else late, prepared))
        outcome = "ran" if note else "nothing_to_say"
    if outcome != "nothing_to_say" or not schedule.rule.startswith("every"):
        ledger.runs.append(ScheduleRun(schedule_id=schedule.id, slot=slot.key, at=now, outcome=outcome, note=note))
    return RunResult(job.name, schedule.subject, slot.key, outcome, note)


def _note_missed(work: UnitOfWork, schedule: Schedule, newest: Slot, now: datetime, ledger: RunLedger) -> None:
    """Of several periods that went by unnoticed the newest is run; the others are noted."""
    when, local = rule(schedule.rule), zone(schedule.timezone)
    if isinstance(when, Every):
        return  # whatever it looks for, it finds at the next look
    slot, missed = when.latest(schedule.next_due, local), 0
    while slot.due < newest.due and missed < MOST_NOTED:
        if work.of(ScheduleRun).one(schedule_id=schedule.id, slot=slot.key) is None:
            note = f"due {slot.due:%Y-%m-%d %H:%M}Z, missed while the bot was not running"
            ledger.runs.append(
                ScheduleRun(schedule_id=schedule.id, slot=slot.key, at=now, outcome="skipped", note=note)
            )
        slot, missed = when.following(slot.due, local), missed + 1
