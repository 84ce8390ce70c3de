"""Which schedules there are: rows that follow from people's and channels' settings."""

from collections.abc import Mapping
from datetime import datetime

from domain.core.ports import UnitOfWork
from domain.people.record import Member, TeamChannel, Workspace
from domain.people.routing import zone
from domain.schedules.record import Schedule
from domain.schedules.slots import rule

WEEKLY_SYNC, OVERDUE, KPI_ALERTS, KPI_SOURCES, KPI_REPORT, FEEDBACK, SYNC_ASKS = (
    "weekly-sync",
    "overdue-reminders",
    "kpi-alerts",
    "kpi-sources",
    "kpi-report",
    "feedback-asks",
    "sync-asks",
)
BOARD_TIME = "09:00"
DERIVED_TIME = "01:00"


def schedule_member(work: UnitOfWork, member: Member, *, now: datetime) -> None:
    """A digest a day at their time."""
    at = member.digest_time.strftime("%H:%M")
    _ensure(work, OVERDUE, member.user_id, f"daily {at}", member.timezone, now)


def schedule_channel(work: UnitOfWork, channel: TeamChannel, *, now: datetime) -> None:
    """A sync a week at the channel's time, the question about it the working day before, what is overdue each day.

    A report of its KPIs each month.
    """
    timezone = channel.timezone or work.workspace.timezone
    at = channel.sync_time.strftime("%H:%M")
    _ensure(work, WEEKLY_SYNC, channel.channel_id, f"weekly {channel.sync_day} {at}", timezone, now)
    _ensure(work, SYNC_ASKS, channel.channel_id, f"daily {at}", timezone, now)  # the calendar tells the day
    _ensure(work, OVERDUE, channel.channel_id, f"daily {BOARD_TIME}", timezone, now)
    _ensure(work, KPI_REPORT, channel.channel_id, f"monthly {at} {work.workspace.country}".strip(), timezone, now)


def schedule_workspace(work: UnitOfWork, workspace: Workspace, *, now: datetime) -> None:
    _ensure(work, KPI_ALERTS, "", "every 1", workspace.timezone, now)
    _ensure(work, KPI_SOURCES, "", f"daily {DERIVED_TIME}", workspace.timezone, now)  # from our own records
    _ensure(work, FEEDBACK, "", "every 30", workspace.timezone, now)
    _ensure(work, OVERDUE, "", "every 30", workspace.timezone, now)  # meets those who owe something
    for source in work.of(Schedule).find(job=KPI_SOURCES):
        if source.subject:
            _ensure(work, KPI_SOURCES, source.subject, source.rule, workspace.timezone, now)


def schedule_sources(work: UnitOfWork, rules: Mapping[str, str], workspace: Workspace, *, now: datetime) -> None:
    """One for each source of KPI values (subject → rule); those that are not configured any more rest."""
    for schedule in work.of(Schedule).find(job=KPI_SOURCES):
        gone = schedule.subject != "" and schedule.subject not in rules
        if gone != schedule.paused:
            work.of(Schedule).change(schedule, by="", at=now, paused=gone)
    for subject, text in rules.items():
        _ensure(work, KPI_SOURCES, subject, text, workspace.timezone, now)


def _ensure(work: UnitOfWork, job: str, subject: str, text: str, timezone: str, now: datetime) -> None:
    """Make the schedule, or move it to its new time.

    An unchanged one keeps its due time, so that nothing due is lost, unless that is later than the next one from `now`:
    it was made in a run by hand for a day to come.
    """
    found = work.of(Schedule).one(job=job, subject=subject)
    next_due = rule(text).following(now, zone(timezone)).due
    if found is not None and (found.rule, found.timezone) == (text, timezone) and found.next_due <= next_due:
        return
    if found is None:
        new = Schedule(job=job, subject=subject, rule=text, timezone=timezone, next_due=next_due)
        work.of(Schedule).add(new, by="", at=now)
    else:
        work.of(Schedule).change(found, by="", at=now, rule=text, timezone=timezone, next_due=next_due)
