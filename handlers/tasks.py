"""What people do with tasks."""

from domain.commitments.lists import LISTS
from domain.core import UnitOfWork
from domain.forms.base import LONGEST_TITLE
from domain.issues.record import Issue
from domain.tasks import actions as use
from domain.tasks.form import TaskForm
from domain.tasks.kind import TASK
from handlers.commitments import listing
from handlers.core import Request, Routes, View, metadata_of
from handlers.core.records import Desk
from views.core.labels import label
from views.home.help import Usage
from views.tasks import form as task_form

ISSUES_OFFERED = 100


def draw(request: Request, work: UnitOfWork) -> View:
    """With the open issues of the channel, or else of all."""
    here = work.of(Issue).find(finished_at=None, channel=request.channel_id, order="-id", limit=ISSUES_OFFERED)
    offered = here or work.of(Issue).find(finished_at=None, order="-id", limit=ISSUES_OFFERED)
    due = use.default_due(work, request.today(work))
    title, metadata = request.text[:LONGEST_TITLE], metadata_of(channel=request.channel_id)
    return task_form.form(request.t, title, request.member.user_id, metadata, issues=offered, default_due=due)


routes = Routes()
routes.help(
    "gemba",
    Usage("task add TITLE", label("adds a task with an owner and a due date")),
    Usage(f"task list [{'|'.join(LISTS)}]", label("lists the open tasks")),
    Usage("task done T-3", label("marks a task as done")),
)
DESK = Desk(TASK, TaskForm, draw, use.add_task, listing("task"))
VERBS = DESK.serve(routes, "任务")
routes.action("home.task")(DESK.open)
