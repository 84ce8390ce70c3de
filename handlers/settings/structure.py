"""The settings of departments and processes."""

from domain.core import UnitOfWork
from domain.people.record import Department, is_lead
from domain.processes.record import Process
from domain.processes.rights import CHANGE_PROCESS
from domain.settings import structure as use
from domain.settings.forms import DepartmentForm, ProcessForm
from domain.settings.rights import CHANGE_DEPARTMENTS
from handlers.core import Reply, Request, Routes, Update, form_of, metadata_of, show, writing_about
from views.settings import structure as views

routes = Routes()
NEW = "new"


@routes.action("settings.departments")
def open_departments(request: Request) -> Reply:
    """The list, from the entry that the button says."""
    CHANGE_DEPARTMENTS.check(request.member)
    with request.reading() as work:
        departments = work.of(Department).find(order="name")
    return show(request, views.departments(departments, _start(request), request.t, request.chain_metadata))


@routes.action("settings.department")
def open_department(request: Request) -> Reply:
    CHANGE_DEPARTMENTS.check(request.member)
    with request.reading() as work:
        department = None if request.value == NEW else work.of(Department).get(request.record_id)
    return show(request, views.department_form(department, request.t, _about(request)))


@routes.submission("settings.department")
def submit_department(request: Request) -> Reply:
    form = form_of(request, DepartmentForm)
    with writing_about(request, (form.head, form.deputy)) as work:
        saved = use.save_department(work, request.member, request.metadata.get("id"), form, now=request.now)
        departments = work.of(Department).find(order="name")
    note = request.t("✅ Saved: {name}", name=saved.name)
    start = _page_of(saved.id, [each.id for each in departments])
    return Update(views.departments(departments, start, request.t, request.chain_metadata, note))


@routes.action("settings.processes")
def open_processes(request: Request) -> Reply:
    with request.reading() as work:
        processes = _processes(work, request)
    start, may_add = _start(request), is_lead(request.member)
    return show(request, views.processes(processes, start, request.t, request.chain_metadata, may_add=may_add))


@routes.action("settings.process")
def open_process(request: Request) -> Reply:
    with request.reading() as work:
        process = None if request.value == NEW else work.of(Process).get(request.record_id)
        CHANGE_PROCESS.check(work, request.member, process)
        departments = work.of(Department).find(order="name")
    return show(request, views.process_form(process, departments, request.t, _about(request)))


@routes.submission("settings.process")
def submit_process(request: Request) -> Reply:
    form = form_of(request, ProcessForm)
    with writing_about(request, (form.owner,)) as work:
        saved = use.save_process(work, request.member, request.metadata.get("id"), form, now=request.now)
        processes = _processes(work, request)
    note = request.t("✅ Saved: {name}", name=saved.name)
    start, may_add = _page_of(saved.id, [each.id for each in processes]), is_lead(request.member)
    return Update(views.processes(processes, start, request.t, request.chain_metadata, may_add=may_add, note=note))


def _processes(work: UnitOfWork, request: Request) -> list[Process]:
    """Those that they may change: their own, or all."""
    processes = work.of(Process).find(order="name")
    changeable = [process for process in processes if CHANGE_PROCESS.allows(work, request.member, process)]
    if not changeable:
        CHANGE_PROCESS.check(work, request.member, None)
    return changeable


def _start(request: Request) -> int:
    return int(request.value) if request.action and request.value.isdigit() else 0


def _page_of(record_id: int, ids: list[int]) -> int:
    return ids.index(record_id) // views.PAGE * views.PAGE if record_id in ids else 0


def _about(request: Request) -> str:
    return metadata_of(channel=request.team_of_modals, id=None if request.value == NEW else request.record_id)
