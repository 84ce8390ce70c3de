"""Issues, as a kind of record."""

from domain.cards.actions import note_in_thread, redraw_card
from domain.cards.messages import Given, Receipt
from domain.commitments.boards import refresh_reminders
from domain.core import Kind, Numbered, Promises, Stored, index, unique, words
from domain.issues.actions import already_so, close_issue
from domain.issues.messages import IssueFromMessage
from domain.issues.record import Issue, IssueStatus
from domain.issues.rights import CHANGE_ISSUE

ISSUE: Kind[Issue] = Kind(
    "issue",
    words("issues"),
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
    numbered=Numbered(12, listed_by="issue list", shown_by="issue show"),
    may_change=CHANGE_ISSUE.check,
    already=already_so,
    after=(redraw_card, note_in_thread, refresh_reminders),
    promises=Promises(
        since="filed_at",
        until="finished_at",
        finish=close_issue,
        kept=lambda issue: issue.status is IssueStatus.CLOSED,
        process="process_id",
        severity=lambda issue: issue.severity,
    ),
    messages=(IssueFromMessage,),
    said_as={Receipt: "IssueFiled", Given: "IssueHandedOver"},
)
