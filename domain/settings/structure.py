"""The team's structure: departments and the process inventory (T1)."""

from dataclasses import replace
from datetime import datetime

from domain.core import NO_TEXT, Bilingual, FormErrors, UnitOfWork, words
from domain.people.record import Department, Member
from domain.processes.record import Process, Step
from domain.processes.rights import CHANGE_PROCESS
from domain.settings.actions import apply
from domain.settings.forms import DepartmentForm, ProcessForm
from domain.settings.rights import CHANGE_DEPARTMENTS


def save_department(
    work: UnitOfWork, member: Member, department_id: int | None, form: DepartmentForm, *, now: datetime
) -> Department:
    """Add a department, or change it."""
    CHANGE_DEPARTMENTS.check(member)
    same = work.of(Department).one(name=form.name)
    if same is not None and same.id != department_id:
        taken = words("There is a department “{name}” already. Choose another name.", name=form.name)
        raise FormErrors({"name": taken})
    fields = form.model_dump(exclude={"name_zh"}) | {"name": Bilingual(form.name, form.name_zh)}
    if department_id is None:
        return work.of(Department).add(Department(**fields), by=member.user_id, at=now)
    return apply(work.of(Department), work.of(Department).get(department_id), by=member.user_id, now=now, **fields)


def save_process(
    work: UnitOfWork, member: Member, process_id: int | None, form: ProcessForm, *, now: datetime
) -> Process:
    """Add a process, or change it. Steps that keep their name keep what else is known of them (T2)."""
    process = None if process_id is None else work.of(Process).get(process_id)
    CHANGE_PROCESS.check(work, member, process)
    same = work.of(Process).one(name=form.name)
    if same is not None and same.id != process_id:
        raise FormErrors({"name": words("There is a process “{name}” already. Choose another name.", name=form.name)})
    fields = form.model_dump(exclude={"name_zh", "department", "steps"}) | {
        "name": Bilingual(form.name, form.name_zh),
        "department_id": form.department,
        "steps": _steps(form, process),
    }
    if process is None:
        return work.of(Process).add(Process(**fields), by=member.user_id, at=now)
    return apply(work.of(Process), process, by=member.user_id, now=now, **fields)


def _steps(form: ProcessForm, process: Process | None) -> tuple[Step, ...]:
    old = {step.name.text: step for step in process.steps} if process else {}
    return tuple(replace(old.get(name, Step(NO_TEXT)), name=Bilingual(name, name_zh)) for name, name_zh in form.steps)
