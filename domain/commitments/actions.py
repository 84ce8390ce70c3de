"""What an owner can do about something owed, issue and task alike: done, a new date, not today."""

from datetime import date, datetime, timedelta

from domain.commitments.boards import digest_key
from domain.commitments.queries import ISSUE, Owed, owed_item
from domain.core.activity import Activity
from domain.core.ports import UnitOfWork
from domain.issues import actions as issues
from domain.issues.record import IssueStatus
from domain.people.record import Member
from domain.people.routing import today_of
from domain.tasks import actions as tasks

TOMORROW, MONDAY = "tomorrow", "monday"


def finish_owed(work: UnitOfWork, member: Member, kind: str, record_id: int, *, now: datetime) -> Owed:
    """Close the issue, or mark the task as done. Raises AlreadyDone."""
    if kind == ISSUE:
        issues.set_status(work, member, record_id, IssueStatus.CLOSED, now=now)
    else:
        tasks.finish_task(work, member, record_id, now=now)
    return owed_item(work, kind, record_id)


def postpone_owed(
    work: UnitOfWork, member: Member, kind: str, record_id: int, due: date, *, reason: str, now: datetime
) -> Owed:
    """Give a new due day, with the reason. Raises FormProblems for a day that is over."""
    move = issues.postpone if kind == ISSUE else tasks.postpone_task
    move(work, member, record_id, due, reason=reason, now=now)
    return owed_item(work, kind, record_id)


def snooze_owed(work: UnitOfWork, member: Member, kind: str, record_id: int, until: str, *, now: datetime) -> Owed:
    """Leave it out of the digests until `tomorrow` or `monday` (the next one), in the person's own days."""
    day = snoozed_until(until, today_of(member, work.workspace, now))
    move = issues.snooze if kind == ISSUE else tasks.snooze_task
    move(work, member, record_id, day, now=now)
    return owed_item(work, kind, record_id)


def snoozed_until(until: str, today: date) -> date:
    return today + timedelta(days=1 if until == TOMORROW else 7 - today.weekday())


def digest_name(user_id: str, day: date | str) -> str:
    """`DAY@PERSON`: whose digest of which day a button stands in. A deputy has those of others, too."""
    return f"{day}@{user_id}"


def refresh_digest(work: UnitOfWork, name: str) -> None:
    """Bring a digest up to date, when something in an older one than today's was pressed."""
    day, _, user_id = name.partition("@")
    if day:
        work.outbox.refresh(digest_key(user_id, date.fromisoformat(day)))


def whose_digest(work: UnitOfWork, kind: str, record_id: int, day: str, place: tuple[str, str]) -> str:
    """Whose digest of a day the message at `place` (channel, ts) is: somebody's who owns the record, or did.

    Empty where it is none of theirs.
    """
    subject = "issues" if kind == ISSUE else "tasks"
    changes = work.of(Activity).find(subject=subject, subject_id=record_id)
    for owner in dict.fromkeys(str(change.after["owner"]) for change in changes if change.after.get("owner")):
        if work.outbox.posted(digest_key(owner, date.fromisoformat(day))) == place:
            return owner
    return ""
