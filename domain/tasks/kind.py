"""Tasks, as a kind of record."""

from domain.cards.messages import Receipt
from domain.commitments.boards import refresh_reminders
from domain.core import Kind, Numbered, Promises, Stored, index, unique, words
from domain.tasks.actions import already_done, finish_task
from domain.tasks.record import Task
from domain.tasks.rights import CHANGE_TASK

TASK: Kind[Task] = Kind(
    "task",
    words("tasks"),
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
    numbered=Numbered(3, listed_by="gemba task list", done_by="gemba task done"),
    may_change=CHANGE_TASK.check,
    already=already_done,
    after=(refresh_reminders,),
    promises=Promises(since="created_at", until="done_at", finish=finish_task),
    own_card=lambda _task: "",
    said_as={Receipt: "TaskAdded"},
)
