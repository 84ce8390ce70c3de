"""What people do with tasks: add, list, finish by number."""

from domain.commitments.digests import reminders_of
from domain.commitments.queries import commitment_of
from domain.core.ports import UnitOfWork
from domain.core.wording import Command
from domain.forms.base import LONGEST_TITLE
from domain.issues.record import Issue
from domain.lifecycle.numbers import by_number
from domain.people.actions import know
from domain.tasks import actions as use
from domain.tasks.actions import MINE
from domain.tasks.form import TaskForm
from domain.tasks.record import Task
from domain.text.command_words import word_of
from handlers.core.forms import form_of
from handlers.core.replies import Done, Open, Reply, Say
from handlers.core.request import Request, keep
from handlers.core.routing import Routes
from handlers.core.showing import strangers
from handlers.core.verbs import Verbs, did_you_mean
from views.commitments import dialogs as commitment_dialogs
from views.core.blocks import Rendered
from views.core.labels import label
from views.core.language import Language
from views.home.help import Usage
from views.tasks import form as task_form
from views.tasks import lists as task_lists

routes = Routes()
routes.help(
    "gemba",
    Usage("task add TITLE", label("adds a task with an owner and a due date")),
    Usage(f"task list [{'|'.join(use.LISTS)}]", label("lists the open tasks")),
    Usage("task done T-3", label("marks a task as done")),
)
TITLES = {"mine": label("My tasks"), "channel": label("Open tasks of this channel"), "overdue": label("Overdue tasks")}
ISSUES_OFFERED = 100
ADD = Command("gemba task add")


@routes.action("home.task")
def open_form(request: Request) -> Reply:
    """`add [TITLE]`."""
    with request.reading() as work:
        here = work.of(Issue).find(finished_at=None, channel=request.channel_id, order="-id", limit=ISSUES_OFFERED)
        offered = here or work.of(Issue).find(finished_at=None, order="-id", limit=ISSUES_OFFERED)
        due = use.default_due(work, request.today(work))
    metadata = keep(channel=request.channel_id)
    title = request.text[:LONGEST_TITLE]
    return Open(task_form.form(request.t, title, request.member.user_id, metadata, issues=offered, default_due=due))


@routes.submission("task.add")
def submit_task(request: Request) -> Reply:
    """'Add' was pressed. An owner whom the bot has never met is looked up first, so that reminders reach them."""
    form = form_of(request, TaskForm)
    seen = strangers(request, [form.owner])
    with request.writing() as work:
        for member in seen:
            know(work, member, now=request.now)
        use.add_task(work, request.member, form, str(request.metadata.get("channel", "")), now=request.now)
    return Done()


def list_tasks(request: Request) -> Reply:
    """`list [mine|channel|overdue]`."""
    with request.reading() as work:
        return Say(task_list(work, request, f"{request.text}@{request.channel_id}"))


def finish(request: Request) -> Reply:
    """`done T-3`."""
    with request.writing() as work:
        task = by_number(work, Task, request.text)
        owed = commitment_of(work, use.finish_task(work, request.member, task.id, request.now))
    return Say(commitment_dialogs.done(owed, request.t))


def task_list(work: UnitOfWork, request: Request, origin: str) -> Rendered:
    """The list that `origin` names: what was asked for, and where."""
    wanted, _, channel = origin.partition("@")
    today = request.today(work)
    found = use.tasks_for(work, request.member, wanted, channel, today)
    word = word_of(wanted or MINE, TITLES)
    lines = reminders_of(work, [commitment_of(work, task) for task in found], today)
    return task_lists.listing(lines, request.t, f"list:{origin}", request.t(TITLES[word]), _empty(word, request.t))


def _empty(word: str, t: Language) -> str:
    if word == MINE:
        return t("You have no open tasks. Add one with {command} TITLE.", command=ADD)
    return t("No tasks here. Add one with {command} TITLE.", command=ADD)


VERBS = Verbs(
    "task",
    {"add": open_form, "list": list_tasks, "done": finish},
    unknown=lambda request: did_you_mean(request, "task", f"add {request.text}"),
)
routes.command("gemba task", "任务")(VERBS.run)
