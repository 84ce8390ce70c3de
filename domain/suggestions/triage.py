"""Deciding on suggestions. Each decision names the state that the person saw, so that two do not decide at once."""

from datetime import datetime

from domain.core import Activity, AlreadyDone, Changed, UnitOfWork
from domain.issues.record import Issue
from domain.lifecycle.moves import move
from domain.people.actions import name_of
from domain.people.record import Member
from domain.suggestions.messages import SuggestionAnswer
from domain.suggestions.record import Suggestion, SuggestionMode, SuggestionState
from domain.suggestions.rights import SEE_AUTHOR, TRIAGE

State = SuggestionState
ANSWERED = (State.CLASSIFIED, State.PLANNED, State.VERIFIED, State.DECLINED)
"""The steps that the author hears of."""


def as_seen(work: UnitOfWork, member: Member, suggestion_id: int, seen: State) -> Suggestion:
    """The suggestion, for somebody who wants to decide on it. Raises AlreadyDone when it has moved on since."""
    TRIAGE.check(member)
    suggestion = work.of(Suggestion).get(suggestion_id)
    if suggestion.state is not seen:
        raise AlreadyDone(
            "{reference} is already “{state}”: {who} was quicker.",
            reference=suggestion.reference,
            state=suggestion.state,
            who=name_of(work, suggestion.decided_by),
        )
    return suggestion


def decide(
    work: UnitOfWork, member: Member, suggestion_id: int, seen: State, to: State, *, now: datetime, reason: str = ""
) -> Suggestion:
    """Accept it (classified), move it along the pipeline, or decline it with a reason."""
    suggestion = as_seen(work, member, suggestion_id, seen)
    if to is seen:
        raise AlreadyDone("{reference} is already “{state}”.", reference=suggestion.reference, state=to)
    by = member.user_id
    return move(work, suggestion, by=by, now=now, verb=to, state=to, decided_by=by, reason=reason).record


def may_become_issue(work: UnitOfWork, member: Member, suggestion_id: int) -> Suggestion:
    """The suggestion that a person wants to make an issue of. Raises AlreadyDone when it is one, or is declined."""
    TRIAGE.check(member)
    suggestion = work.of(Suggestion).get(suggestion_id)
    decided = {"reference": suggestion.reference, "who": name_of(work, suggestion.decided_by)}
    if suggestion.issue_id is not None:
        issue = work.of(Issue).get(suggestion.issue_id).reference
        raise AlreadyDone("{reference} is already issue {issue}: {who} was quicker.", **decided, issue=issue)
    if suggestion.state is State.DECLINED:
        raise AlreadyDone("{reference} was declined by {who}. Take it up again first.", **decided)
    return suggestion


def plan_as_issue(work: UnitOfWork, member: Member, suggestion_id: int, issue: Issue, *, now: datetime) -> Suggestion:
    """An issue was filed for it (or an open one is the same): it is planned, unless it is further on already."""
    suggestion = may_become_issue(work, member, suggestion_id)
    further = suggestion.state in (State.IMPLEMENTING, State.VERIFIED)
    to, by = suggestion.state if further else State.PLANNED, member.user_id
    decision = move(work, suggestion, by=by, now=now, verb=to, state=to, decided_by=by, reason="", issue_id=issue.id)
    return decision.record


def look_up_author(work: UnitOfWork, member: Member, suggestion_id: int, *, now: datetime) -> Suggestion:
    """Who wrote a confidential suggestion; that somebody looked is recorded."""
    SEE_AUTHOR.check(member)
    suggestion = work.of(Suggestion).get(suggestion_id)
    if suggestion.mode is SuggestionMode.CONFIDENTIAL:
        looked = Activity(
            at=now,
            by=member.user_id,
            verb="looked_up",
            subject="suggestions",
            subject_id=suggestion.id,
            before={},
            after={},
        )
        work.of(Activity).add(looked, by=member.user_id, at=now)
    return suggestion


def answer_author(work: UnitOfWork, change: Changed[Suggestion]) -> None:
    suggestion, activity = change.record, change.activity
    if suggestion.state in ANSWERED and suggestion.author not in ("", activity.by):
        once = f"suggestion:{suggestion.id}:answer:{activity.id}"
        work.outbox.say(SuggestionAnswer(suggestion.id, activity.id), to=suggestion.author, once=once)
