"""Issues, as a kind of record."""

from domain.commitments.boards import refresh_reminders
from domain.core.kind import Kind, Promises
from domain.core.stored import Stored, index, unique
from domain.issues.actions import already_so, card_key, close_issue, redraw_card, say_in_thread
from domain.issues.record import Issue, IssueStatus
from domain.issues.rights import CHANGE_ISSUE

ISSUE: Kind[Issue] = Kind(
    "issue",
    (
        Stored(
            Issue,
            "issues",
            (
                unique("number"),
                index("id", empty="finished_at"),
                index("due", empty="finished_at"),
                index("owner", "due", empty="finished_at"),
                index("channel", "due", empty="finished_at"),
                index("process_id", "due", empty="finished_at"),
                index("finished_at", filled="finished_at"),
                index("filed_at"),
                index("reporter"),
            ),
        ),
    ),
    may_change=CHANGE_ISSUE.check,
    already=already_so,
    after=(redraw_card, say_in_thread, refresh_reminders),
    promises=Promises(
        since="filed_at",
        until="finished_at",
        finish=close_issue,
        kept=lambda issue: issue.status is IssueStatus.CLOSED,
        process="process_id",
        severity=lambda issue: issue.severity,
        card=lambda issue: card_key(issue.id) if issue.channel else "",
    ),
)
