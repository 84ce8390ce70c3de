"""Holding the weekly sync of a channel: asking people the day before, posting it, taking what they add."""

from datetime import date, datetime, timedelta

from domain.calendars.working_days import calendar_of
from domain.commitments.boards import sync_key
from domain.commitments.queries import open_in_channel
from domain.core import Before, FormErrors, UnitOfWork, UserError, words
from domain.people.record import WEEKEND, Department, Member, Notice, TeamChannel
from domain.people.routing import team_channel, today_in
from domain.people.working_hours import works_on
from domain.schedules.record import Schedule, ScheduleRun
from domain.weekly_sync.form import NoteForm
from domain.weekly_sync.messages import SyncAsk, SyncReport, WeeklySync, WeeklySyncDetail
from domain.weekly_sync.queries import SECTIONS, SyncFacts, sync_facts, week_before
from domain.weekly_sync.record import SyncNote

WEEKLY_SYNC = "weekly-sync"
"""The job that holds it; there is a row of each of its runs."""
QUIET, STILL_QUIET = "nothing to report", "still nothing to report"
"""Notes of a run that said so, and of those of the quiet weeks after it, which say nothing at all."""
OPEN_FOR = timedelta(days=7)
"""So long after it a sync takes what people add; later that belongs to the next one."""


def send_sync(work: UnitOfWork, channel: TeamChannel, week: date) -> str:
    """Post the sync of the seven days before `week`, what it cuts in full in its thread. Returns a note for the run.

    Where there is nothing to say, one line says so once, and nothing is said in the quiet weeks after it.
    """
    if Notice.SYNC not in channel.notices:
        return ""
    facts = sync_facts(work, week_before(channel.channel_id, week))
    if not facts.sections and _was_quiet(work, channel, week):
        return STILL_QUIET
    _post(work, channel.channel_id, week, facts)
    return ", ".join(facts.sections) or QUIET


def ask_for_notes(work: UnitOfWork, channel: TeamChannel, today: date) -> int:
    """On the last working day before the sync, ask the people who work in the channel. Returns how many."""
    calendar, week = calendar_of(work.workspace.country), next_sync(channel, today)
    if Notice.SYNC not in channel.notices or calendar.before(week, 1) != today:
        return 0
    asked = 0
    for user_id in _people(work, channel, today):
        member = work.of(Member).one(user_id=user_id)
        if member is not None and not member.active:
            continue
        if works_on(today, member.quiet_days if member else WEEKEND, calendar):
            message = SyncAsk(channel.channel_id, user_id, week)
            asked += work.outbox.say(message, to=user_id, once=ask_key(channel.channel_id, user_id, week))
    return asked


def add_note(
    work: UnitOfWork, member: Member, channel_id: str, week: date, form: NoteForm, *, now: datetime
) -> SyncNote:
    """Keep what a person says about their week, in place of what they said before. A sync that is out shows it.

    Raises UserError where the channel takes no sync, or that one is over for long.
    """
    if week_to_add_to(work, channel_id, week, now=now) != week:
        raise UserError("This sync is more than a week old. Press its button again to add yours to the next one.")
    typed = form.model_dump()
    if not any(typed.values()):
        raise FormErrors({"done": words("Say at least one of the three.")})
    note = work.of(SyncNote).one(channel_id=channel_id, member=member.user_id, week=week)
    if note is None:
        new = SyncNote(channel_id=channel_id, member=member.user_id, week=week, at=now, **typed)
        note = work.of(SyncNote).add(new, by=member.user_id, at=now)
    else:
        note = work.of(SyncNote).change(note, by=member.user_id, at=now, **typed).record
    work.outbox.refresh(ask_key(channel_id, member.user_id, week))
    if _was_held(work, channel_id, week):
        _post(work, channel_id, week, sync_facts(work, week_before(channel_id, week)))
    return note


def week_to_add_to(work: UnitOfWork, channel_id: str, week: date, *, now: datetime) -> date:
    """The sync that a note goes to: the one that was asked about, or the next one where that is over for long.

    Raises UserError where the channel takes no sync.
    """
    channel = team_channel(work, channel_id)
    if channel is None or Notice.SYNC not in channel.notices:
        raise UserError("This channel has no weekly sync any more. Please tell the team what you have to say.")
    today = today_in(channel, work.workspace, now)
    return next_sync(channel, today) if week < today - OPEN_FOR else week


def post_report(work: UnitOfWork, member: Member, channel_id: str, day: date) -> bool:
    """Show everybody what a person asked for. False when it was posted that day; then that is brought up to date."""
    message = SyncReport(channel_id, day, member.user_id)
    is_new = work.outbox.say(message, to=channel_id, once=report_key(channel_id, day))
    if not is_new:
        work.outbox.refresh(report_key(channel_id, day))
    return is_new


def note_of(work: UnitOfWork, channel_id: str, user_id: str, week: date) -> SyncNote | None:
    return work.of(SyncNote).one(channel_id=channel_id, member=user_id, week=week)


def next_sync(channel: TeamChannel | None, today: date) -> date:
    """The day of the first sync after `today`."""
    day = channel.sync_day if channel else 0
    return today + timedelta(days=(day - today.weekday() - 1) % 7 + 1)


def next_sync_at(work: UnitOfWork, channel: TeamChannel) -> datetime | None:
    """When its next weekly sync comes; None when it takes none."""
    schedule = _schedule(work, channel.channel_id)
    return schedule.next_due if schedule is not None and Notice.SYNC in channel.notices else None


def ask_key(channel_id: str, user_id: str, week: date) -> str:
    return f"sync-ask:{channel_id}:{user_id}:{week}"


def report_key(channel_id: str, day: date) -> str:
    return f"report:{channel_id}:{day}"


def _post(work: UnitOfWork, channel_id: str, week: date, facts: SyncFacts) -> None:
    """The sync, and in its thread what it had to cut; what is out already is brought up to date."""
    key = sync_key(channel_id, week)
    if not work.outbox.say(WeeklySync(channel_id, week), to=channel_id, once=key):
        work.outbox.refresh(key)
    for section in SECTIONS:
        message, once = WeeklySyncDetail(channel_id, week, section), f"{key}:{section}"
        if section not in facts.cut or not work.outbox.say(message, to=channel_id, once=once, reply_to=key):
            work.outbox.refresh(once)


def _people(work: UnitOfWork, channel: TeamChannel, today: date) -> list[str]:
    """Owners of open work of the channel, and the members of its department."""
    owners = [owed.owner for owed in open_in_channel(work, channel.channel_id, today) if owed.owner]
    department = work.of(Department).get(channel.department_id) if channel.department_id else None
    return list(dict.fromkeys([*owners, *(department.members if department else ())]))


def _was_quiet(work: UnitOfWork, channel: TeamChannel, week: date) -> bool:
    """Whether the sync before this one had nothing to say either."""
    schedule = _schedule(work, channel.channel_id)
    slot = Before(week.isoformat())
    before = work.of(ScheduleRun).find(schedule_id=schedule.id, slot=slot, order="-slot", limit=1) if schedule else []
    return bool(before) and before[0].note in (QUIET, STILL_QUIET)


def _was_held(work: UnitOfWork, channel_id: str, week: date) -> bool:
    """Whether the time of that sync has come, even if there was nothing to say."""
    schedule = _schedule(work, channel_id)
    return schedule is not None and work.of(ScheduleRun).count(schedule_id=schedule.id, slot=week.isoformat()) > 0


def _schedule(work: UnitOfWork, channel_id: str) -> Schedule | None:
    return work.of(Schedule).one(job=WEEKLY_SYNC, subject=channel_id)
