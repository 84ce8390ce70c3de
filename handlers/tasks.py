"""What people do with tasks: add, list, finish by number."""

from domain.commitments.digests import reminders_of
from domain.commitments.queries import commitment_of
from domain.core.ports import UnitOfWork
from domain.core.wording import Command
from domain.forms.base import LONGEST_TITLE
from domain.issues.record import Issue
from domain.people.actions import know
from domain.tasks import actions as use
from domain.tasks.form import TaskForm
from domain.text.likeness import nearest
from handlers.core.forms import form_of
from handlers.core.replies import Done, Open, Reply, Say
from handlers.core.request import Request, keep
from handlers.core.routing import Routes
from handlers.core.showing import strangers
from handlers.core.typed import first_word
from views.commitments import dialogs as commitment_dialogs
from views.core import notices
from views.core.blocks import Rendered
from views.core.language import Language
from views.tasks import form as task_form
from views.tasks import lists as task_lists

routes = Routes()
WORDS = {"add": "add", "添加": "add", "新增": "add", "list": "list", "列表": "list", "done": "done", "完成": "done"}
ISSUES_OFFERED = 100
ADD = Command("gemba task add")


@routes.command("gemba task")
def run_task(request: Request) -> Reply:
    """`/gemba task add TITLE | list [mine|channel|overdue] | done T-3`; other words are asked about, and not lost."""
    first, rest = first_word(request.text)
    match WORDS.get(first.casefold(), first):
        case "add":
            return _form(request, rest)
        case "" | "list":
            return list_tasks(request, rest)
        case "done":
            return _finish(request, rest)
    meant = nearest(first, WORDS)
    suggestion = f"task {meant} {rest}".strip() if meant else f"task add {request.text}"
    return Say(notices.did_you_mean("gemba", suggestion, f"task {request.text}", request.t))


@routes.action("home.task")
def open_empty_form(request: Request) -> Reply:
    return _form(request, "")


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


def list_tasks(request: Request, wanted: str) -> Reply:
    with request.reading() as work:
        return Say(task_list(work, request, f"{wanted}@{request.channel_id}"))


def task_list(work: UnitOfWork, request: Request, origin: str) -> Rendered:
    """The list that `origin` names: what was asked for, and where."""
    wanted, _, channel = origin.partition("@")
    today = request.today(work)
    found = use.tasks_for(work, request.member, wanted, channel, today)
    lines = reminders_of(work, [commitment_of(work, task) for task in found], today)
    return task_lists.listing(lines, request.t, f"list:{origin}", _title(wanted, request.t), _empty(wanted, request.t))


def _title(wanted: str, t: Language) -> str:
    match wanted.strip().casefold():
        case "" | "mine" | "我的":
            return t("My tasks")
        case "overdue" | "逾期":
            return t("Overdue tasks")
    return t("Open tasks of this channel")


def _empty(wanted: str, t: Language) -> str:
    if wanted.strip().casefold() in ("", "mine", "我的"):
        return t("You have no open tasks. Add one with {command} TITLE.", command=ADD)
    return t("No tasks here. Add one with {command} TITLE.", command=ADD)


def _form(request: Request, title: str) -> Reply:
    with request.reading() as work:
        here = work.of(Issue).find(finished_at=None, channel=request.channel_id, order="-id", limit=ISSUES_OFFERED)
        offered = here or work.of(Issue).find(finished_at=None, order="-id", limit=ISSUES_OFFERED)
        due = use.default_due(work, request.today(work))
    metadata = keep(channel=request.channel_id)
    view = task_form.form(
        request.t, title[:LONGEST_TITLE], request.member.user_id, metadata, issues=offered, default_due=due
    )
    return Open(view)


def _finish(request: Request, text: str) -> Reply:
    with request.writing() as work:
        task = use.task_by_reference(work, text)
        owed = commitment_of(work, use.finish_task(work, request.member, task.id, request.now))
    return Say(commitment_dialogs.done(owed, request.t))
