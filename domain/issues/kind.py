"""Issues, as a kind of record."""

from domain.core.kind import Kind
from domain.core.stored import Stored, index, unique
from domain.issues.record import Issue

ISSUE = Kind(
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
)
