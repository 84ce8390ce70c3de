"""Tasks, as a kind of record."""

from domain.core.kind import Kind
from domain.core.stored import Stored, index, unique
from domain.tasks.record import Task

TASK = Kind(
    "task",
    (
        Stored(
            Task,
            "tasks",
            (
                unique("number"),
                index("due", empty="done_at"),
                index("owner", "due", empty="done_at"),
                index("channel", "due", empty="done_at"),
                index("done_at", filled="done_at"),
                index("created_at"),
            ),
        ),
    ),
)
