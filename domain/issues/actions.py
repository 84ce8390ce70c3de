"""Filing process issues and moving them on."""

from collections.abc import Collection, Sequence
from datetime import datetime

from domain.cards.actions import confirm, give, post_card
from domain.commitments.due_dates import default_due, not_past
from domain.core import Activity, AlreadyDone, UnitOfWork
from domain.issues.form import IssueForm, Source
from domain.issues.messages import IssueFromMessage
from domain.issues.record import FINISHED, Issue, IssueStatus
from domain.lifecycle.moves import changeable, move, not_ended, unfinished
from domain.lifecycle.numbers import next_number
from domain.people.actions import can_own, name_of
from domain.people.record import Member, Notice
from domain.people.routing import channel_for, process_of, today_of
from domain.text.likeness import ALIKE, likeness, tokens

SIMILAR_LOOKED_AT, SIMILAR_SHOWN, SAME_PROCESS = 20, 4, 1.2
TYPED = ("title", "what", "category", "dimensions", "severity", "times", "minutes", "people", "data_source", "files")
"""Fields that go from the form into the record as they are."""


class LikeOthers(Exception):
    """Nothing was filed: these open issues are like it, and the person has not seen them yet."""

    def __init__(self, issues: Sequence[Issue]) -> None:
        super().__init__(f"{len(issues)} like it")
        self.issues = issues


def file_issue(work: UnitOfWork, reporter: Member | None, form: IssueForm, source: Source, *, now: datetime) -> Issue:
    """Record a process issue and announce it in the process's channel (or the team's, or where it was typed).

    The owner is the process owner unless somebody is named; the due day follows from the severity, in working days
    of the workspace's calendar. `reporter` is None for one that was made from an anonymous suggestion.
    """
    process = process_of(work, form.process)
    by = reporter.user_id if reporter else ""
    channel = channel_for(work, process, source.channel, Notice.ISSUES)
    today = today_of(reporter, work.workspace, now)
    not_past(form.due, today)
    can_own(work, form.owner)
    issue = work.of(Issue).add(
        Issue(
            number=next_number(work, Issue),
            owner=form.owner or (process.owner if process else ""),
            due=form.due or default_due(form.severity, today, work.workspace),
            reporter=by,
            channel=channel,
            process_id=form.process,
            permalink=source.permalink,
            source_channel=source.message_channel,
            source_ts=source.message_ts,
            suggestion_id=source.suggestion,
            filed_at=now,
            **{name: getattr(form, name) for name in TYPED},
        ),
        by=by,
        at=now,
        verb="filed",
    )
    _announce(work, issue, source)
    return issue


def add_voice(work: UnitOfWork, member: Member, issue_id: int, *, now: datetime) -> Issue:
    """'This is the same': count the person in instead of filing a second issue. Raises AlreadyDone."""
    issue = still_open(work, issue_id)
    if member.user_id in (*issue.also, issue.reporter):
        return issue
    return move(work, issue, by=member.user_id, now=now, verb="same", also=(*issue.also, member.user_id)).record


def similar_issues(work: UnitOfWork, title: str, process_id: int | None) -> list[Issue]:
    """Open issues whose titles are like `title`, the most alike first; those of the same process weigh more."""
    numbers = tuple(work.titles(Issue).like(title, SIMILAR_LOOKED_AT))
    candidates = work.of(Issue).find(number=numbers, finished_at=None) if numbers else []
    weighed = {issue.id: _likeness(issue, title, process_id) for issue in candidates}
    alike = [issue for issue in candidates if weighed[issue.id] >= ALIKE]
    return sorted(alike, key=lambda issue: (-weighed[issue.id], -issue.id))[:SIMILAR_SHOWN]


def check_for_similar(work: UnitOfWork, form: IssueForm, seen: Collection[int]) -> None:
    """Raises LikeOthers where open issues have a like title and one of them was not `seen` (by id) yet."""
    similar = similar_issues(work, form.title, form.process)
    if not {issue.id for issue in similar} <= set(seen):
        raise LikeOthers(similar)


def set_status(
    work: UnitOfWork, member: Member, issue_id: int, status: IssueStatus, *, now: datetime, reason: str = ""
) -> Issue:
    """Move an open issue on, or end it.

    Raises AlreadyDone when it is there already or has ended, NotAllowed for people who are not involved.
    """
    issue = unfinished(work, member, Issue, issue_id)
    if issue.status is status:
        raise already_so(work, issue)
    changes = {"status": status, "reason": reason, "finished_at": now if status in FINISHED else None}
    return move(work, issue, by=member.user_id, now=now, verb=status, **changes).record


def close_issue(work: UnitOfWork, member: Member, issue_id: int, now: datetime) -> Issue:
    return set_status(work, member, issue_id, IssueStatus.CLOSED, now=now)


def reopen(work: UnitOfWork, member: Member, issue_id: int, *, now: datetime) -> Issue:
    """Take up an issue that has ended. Raises AlreadyDone when it is open, NotAllowed like `set_status`."""
    issue = changeable(work, member, Issue, issue_id)
    if not issue.finished:
        raise already_so(work, issue)
    anew = {"status": IssueStatus.OPEN, "reason": "", "finished_at": None}
    return move(work, issue, by=member.user_id, now=now, verb=IssueStatus.OPEN, **anew).record


def take_over(work: UnitOfWork, member: Member, issue_id: int, seen: str, *, now: datetime) -> Issue:
    """Become the owner, in place of the one that the person has `seen` (empty: nobody).

    Anybody may: an issue that somebody wants is better off. Raises AlreadyDone when another has it by now.
    """
    issue = still_open(work, issue_id)
    if issue.owner == member.user_id:
        raise AlreadyDone("{reference} is already yours.", reference=issue.reference)
    if issue.owner != seen:
        raise AlreadyDone(
            "{who} has {reference} by now. If you still want it, open it again and press “I take it”.",
            who=name_of(work, issue.owner),
            reference=issue.reference,
        )
    return move(work, issue, by=member.user_id, now=now, verb="taken", owner=member.user_id).record


def hand_over(work: UnitOfWork, member: Member, issue_id: int, owner: str, *, now: datetime) -> Issue:
    """Give it to somebody, who is told. Raises AlreadyDone where it is theirs, FormErrors for who has left."""
    issue = unfinished(work, member, Issue, issue_id)
    if issue.owner == owner:
        raise AlreadyDone("{who} has {reference} already.", who=name_of(work, owner), reference=issue.reference)
    can_own(work, owner)
    changed = move(work, issue, by=member.user_id, now=now, verb="handed", owner=owner)
    if owner != member.user_id:
        give(work, issue, f"handed:{changed.activity.id}", to=owner)
    return changed.record


def still_open(work: UnitOfWork, issue_id: int) -> Issue:
    """An issue that has not ended. Raises AlreadyDone with how it did, and by whom."""
    return not_ended(work, work.of(Issue).get(issue_id))


def _likeness(issue: Issue, title: str, process_id: int | None) -> float:
    return likeness(tokens(title), tokens(issue.title)) * (SAME_PROCESS if issue.process_id == process_id else 1.0)


def _announce(work: UnitOfWork, issue: Issue, source: Source) -> None:
    card = post_card(work, issue, issue.channel)
    if source.message_ts:
        work.outbox.say(
            IssueFromMessage(issue.id),
            to=source.message_channel,
            thread_ts=source.message_ts,
            once=f"issue:{issue.id}:source",
            after=card,
        )
    if issue.reporter:
        place = source.message_channel or source.channel
        confirm(work, issue, "filed", to=issue.reporter, channel=place, card=card)


def already_so(work: UnitOfWork, issue: Issue) -> AlreadyDone:
    """It has this status, and who gave it to it."""
    set_by = work.of(Activity).find(subject="issues", subject_id=issue.id, verb=issue.status, order="-id", limit=1)
    what = {"reference": issue.reference, "status": issue.status}
    if not set_by:
        return AlreadyDone("{reference} is already {status}.", **what)
    return AlreadyDone("{reference} is already {status} ({who}).", **what, who=name_of(work, set_by[0].by))
