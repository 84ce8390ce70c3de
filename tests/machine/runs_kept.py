"""What time was to do is done: each period of each schedule once, and what it said with it."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row

from bot.database import SCHEMA
from domain.calendars.working_days import calendar_of
from domain.commitments.boards import board_key, digest_key, sync_key
from domain.people.routing import zone
from domain.schedules.record import ScheduleRun
from domain.schedules.slots import Daily, Every, Monthly, local_instant, rule
from domain.weekly_sync.actions import STILL_QUIET
from jobs.registry import JOBS
from storage import tables
from tests.machine.looking import rows
from tests.machine.world import World

OF_A_DAY = ("digest:", "overdue:", "sync:")


def check(world: World) -> None:
    now, said = world.clock.now(), set()
    runs = defaultdict(list)
    for run in rows(world, SCHEMA.of(ScheduleRun)):
        runs[run.schedule_id].append(run)
    for schedule in rows(world, tables.schedules):
        held = schedule.held_until is not None and schedule.held_until > now  # by who died, for two minutes
        assert held or schedule.next_due > now, f"schedule {schedule.id} was not run"
        if held:
            continue
        if not isinstance(rule(schedule.rule), Every):
            _each_period_once(world, schedule, runs[schedule.id])
            said |= {key for run in runs[schedule.id] if (key := _key_of(schedule, run))}
    keys = {row.key for row in rows(world, tables.outbox) if row.action == "post" and row.key.startswith(OF_A_DAY)}
    assert {key for key in keys if key.count(":") == 2} == said  # three: what a sync cut, in its thread


def _each_period_once(world: World, schedule: Row[Any], runs: list[Row[Any]]) -> None:
    """Each local day (or week) since the beginning that has come due was run; noted, where that came too late."""
    days = {str(day): due for day, due in _days_due(world, schedule)}
    by_time = [run for run in runs if run.at not in world.accepted.by_hand]
    slots = sorted(run.slot for run in runs)
    assert set(days) <= set(slots) and len(slots) == len(set(slots)), schedule
    for run in by_time:
        assert run.slot in days, f"{run} was none of a period"
        assert run.at >= days[run.slot], f"{run} came before its time"
        if run.outcome == "skipped":
            too_late = run.at - days[run.slot] > JOBS[schedule.job].catch_up
            missed = any(days[run.slot] < later <= run.at for later in days.values())
            assert too_late or missed, f"{run} was left out"
        else:
            assert run.outcome in ("ran", "nothing_to_say"), run


def _days_due(world: World, schedule: Row[Any]) -> Iterator[tuple[date, datetime]]:
    """The local days of a schedule since the world began, counted on the calendar, and their instants.

    One that runs as soon as it is there has the day before as well.
    """
    when, local = rule(schedule.rule), zone(schedule.timezone)
    assert not isinstance(when, Every)
    began = world.began - timedelta(days=1 if JOBS[schedule.job].schedules.at_once else 0)
    day = began.astimezone(local).date()
    while (due := local_instant(day, when.at, local)) <= world.clock.now():
        if due > began and _is_a_day_of(when, day):
            yield day, due
        day += timedelta(days=1)


def _is_a_day_of(when: Daily | Monthly, day: date) -> bool:
    if isinstance(when, Daily):
        return when.weekday in (None, day.weekday())
    is_working = calendar_of(when.country).is_working
    return is_working(day) and not any(is_working(day.replace(day=before)) for before in range(1, day.day))


def _key_of(schedule: Row[Any], run: Row[Any]) -> str:
    """The key of what a run said, by its note; empty where it said nothing."""
    day = date.fromisoformat(run.slot)
    if run.outcome != "ran" or run.note.startswith("0 reminded") or run.note == STILL_QUIET:
        return ""
    if schedule.job == "weekly-sync":
        return sync_key(schedule.subject, day)
    if schedule.job == "overdue-reminders":
        return (board_key if schedule.subject.startswith("C") else digest_key)(schedule.subject, day)
    return ""
