"""What an owner can do about something they have promised, whatever kind it is: done, a new date, not today."""

from datetime import date, datetime, timedelta

from domain.commitments.boards import digest_key
from domain.commitments.due_dates import not_past
from domain.commitments.queries import Commitment, commitment, commitment_of
from domain.core import Activity, AlreadyDone, Ref, UnitOfWork
from domain.lifecycle.moves import move, unfinished
from domain.people.record import Member
from domain.people.routing import today_of

TOMORROW, MONDAY = "tomorrow", "monday"


def finish(work: UnitOfWork, member: Member, ref: Ref, *, now: datetime) -> Commitment:
    """Close the issue, mark the task as done, or what the kind calls it. Raises AlreadyDone, NotAllowed."""
    _, promises = work.kinds.promised(ref.kind)
    promises.finish(work, member, ref.id, now)
    return commitment(work, ref)


def postpone(work: UnitOfWork, member: Member, ref: Ref, due: date, *, reason: str, now: datetime) -> Commitment:
    """Give a new due day, with the reason; the ladder of reminders begins anew.

    Raises FormErrors for a day that is over, AlreadyDone for the present one, NotAllowed.
    """
    not_past(due, today_of(member, work.workspace, now))
    kind, _ = work.kinds.promised(ref.kind)
    record = unfinished(work, member, kind.record, ref.id)
    if record.due == due:
        raise AlreadyDone("{reference} is due on {day} already.", reference=record.reference, day=due)
    anew = {"due": due, "reason": reason, "snoozed_until": None, "escalated": ()}
    return commitment_of(work, move(work, record, by=member.user_id, now=now, verb="postponed", **anew).record)


def snooze(work: UnitOfWork, member: Member, ref: Ref, until: str, *, now: datetime) -> Commitment:
    """Leave it out of the digests until `tomorrow` or `monday` (the next one), in the person's own days.

    The due day stays, and so does escalation.
    """
    day = snoozed_until(until, today_of(member, work.workspace, now))
    kind, _ = work.kinds.promised(ref.kind)
    record = unfinished(work, member, kind.record, ref.id)
    return commitment_of(work, move(work, record, by=member.user_id, now=now, verb="snoozed", snoozed_until=day).record)


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


def whose_digest(work: UnitOfWork, ref: Ref, day: str, place: tuple[str, str]) -> str:
    """Whose digest of a day the message at `place` (channel, ts) is: somebody's who owns the record, or did.

    Empty where it is none of theirs.
    """
    kind, _ = work.kinds.promised(ref.kind)
    subject = kind.stored[0].table
    changes = work.of(Activity).find(subject=subject, subject_id=ref.id)
    for owner in dict.fromkeys(str(change.after["owner"]) for change in changes if change.after.get("owner")):
        if work.outbox.posted(digest_key(owner, date.fromisoformat(day))) == place:
            return owner
    return ""
