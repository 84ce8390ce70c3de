"""Departments and processes: their lists, page by page, and their forms."""

from collections.abc import Mapping, Sequence
from typing import Any

from domain.core import Bilingual
from domain.people.record import Department
from domain.processes.record import Process, Step
from domain.settings.forms import DepartmentForm, ProcessForm
from views.core import Language, Mrkdwn, blocks as b, bold, channel, inputs, join, lines, of_record, person, said
from views.core.choosing import department_menu
from views.settings import menu as settings

PAGE = 20


def departments(listed: Sequence[Department], start: int, t: Language, metadata: str, note: str = "") -> dict[str, Any]:
    empty = t("No departments yet. Add one, so that overdue work can go to its head.")
    add = b.button(t("Add a department"), "settings.department", "new", style="primary")
    rows = [_row(each, _of_department(each, t), "settings.department", t) for each in listed[start : start + PAGE]]
    return _list(t("Departments"), rows, "settings.departments", add, empty, note, start, len(listed), t, metadata)


def processes(
    listed: Sequence[Process], start: int, t: Language, metadata: str, *, may_add: bool, note: str = ""
) -> dict[str, Any]:
    empty = t("No processes yet. Add the ones that you want to improve.")
    add = b.button(t("Add a process"), "settings.process", "new", style="primary") if may_add else None
    rows = [_row(each, _of_process(each, t), "settings.process", t) for each in listed[start : start + PAGE]]
    return _list(t("Processes"), rows, "settings.processes", add, empty, note, start, len(listed), t, metadata)


def department_form(department: Department | None, t: Language, metadata: str) -> dict[str, Any]:
    filled = department or Department(name=Bilingual(""))
    fields = inputs(DepartmentForm, t, of_record(filled))
    title = t("Department") if department else t("Add a department")
    return settings.form("settings.department", title, fields, t, metadata)


def process_form(process: Process | None, offered: Sequence[Department], t: Language, metadata: str) -> dict[str, Any]:
    filled = process or Process(name=Bilingual(""))
    menus = {"department": department_menu(offered, filled.department_id, t)}
    fields = inputs(ProcessForm, t, of_record(filled, steps=_as_lines(filled.steps)), elements=menus)
    title = t("Process") if process else t("Add a process")
    return settings.form("settings.process", title, fields, t, metadata)


def _list(
    title: str,
    rows: list[b.Block],
    action: str,
    add: b.Element | None,
    empty: str,
    note: str,
    start: int,
    count: int,
    t: Language,
    metadata: str,
) -> dict[str, Any]:
    pages: Mapping[str, int] = {t("Previous page"): start - PAGE, t("Next page"): start + PAGE}
    turns = [b.button(name, f"{action}:{at}", str(at)) for name, at in pages.items() if 0 <= at < count]
    buttons = [*([add] if add else []), *turns, b.button(t("All settings"), "settings.menu")]
    blocks = [b.section(said(note))] if note else []
    blocks += rows or [b.section(said(empty))]
    return b.modal(b.READ_ONLY, title, [*blocks, b.actions(*buttons)], close=t("Done"), metadata=metadata)


def _row(of: Department | Process, about: Mrkdwn, action: str, t: Language) -> b.Block:
    edit = b.button(t("Edit"), action, str(of.id), label=t("Edit {name}", name=of.name))
    return b.section(lines(bold(t.name(of.name)), about), edit)


def _of_department(department: Department, t: Language) -> Mrkdwn:
    head = person(department.head) if department.head else said(t("nobody"))
    parts: list[object] = [t.markup("Head: {head}", head=head)]
    if department.deputy:
        parts.append(t.markup("Deputy: {deputy}", deputy=person(department.deputy)))
    if department.channel:
        parts.append(channel(department.channel))
    parts.append(t.plural("{count} member", "{count} members", len(department.members)))
    return join(" · ", parts)


def _of_process(process: Process, t: Language) -> Mrkdwn:
    owner = person(process.owner) if process.owner else said(t("nobody"))
    steps = t.plural("{count} step", "{count} steps", len(process.steps))
    return join(" · ", [process.version, t.label(process.level), t.markup("Owner: {owner}", owner=owner), steps])


def _as_lines(steps: Sequence[Step]) -> str:
    return "\n".join(" | ".join(step.name.texts) for step in steps)
