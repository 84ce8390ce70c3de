"""Who may change an issue."""

from domain.core.errors import NotAllowed
from domain.core.wording import words
from domain.issues.record import Issue
from domain.people.record import Member
from domain.people.rights import is_triager
from domain.processes.record import Process


def may_change_issue(member: Member, issue: Issue, process: Process | None, *, deputy: str = "") -> None:
    """`deputy`: who stands in for the issue's owner."""
    involved = {issue.owner, deputy, issue.reporter, process.owner if process else ""} - {""}
    if member.user_id not in involved and not is_triager(member):
        raise NotAllowed(
            words(
                "Only its owner, its reporter, the process owner, triagers and leads can change {reference}.",
                reference=issue.reference,
            )
        )
