"""Departments and processes: their lists, page by page, and their forms."""

from collections.abc import Mapping, Sequence
from typing import Any

from domain.core.bilingual import Bilingual
from domain.people.record import Department
from domain.processes.record import Process, ProcessLevel, Step
from views.core import blocks as b
from views.core.choosing import department_menu
from views.core.language import Language
from views.core.markup import Mrkdwn, bold, channel, join, lines, person, said
from views.settings import menu as settings

PAGE = 20


def departments(found: Sequence[Department], start: int, t: Language, metadata: str, note: str = "") -> dict[str, Any]:
    empty = t("No departments yet. Add one, so that overdue work can go to its head.")
    add = b.button(t("Add a department"), "settings.department", "new", style="primary")
    shown = [_row(each, _of_department(each, t), "settings.department", t) for each in found[start : start + PAGE]]
    return _list(t("Departments"), shown, "settings.departments", add, empty, note, start, len(found), t, metadata)


def processes(
    found: Sequence[Process], start: int, t: Language, metadata: str, *, may_add: bool, note: str = ""
) -> dict[str, Any]:
    empty = t("No processes yet. Add the ones that you want to improve.")
    add = b.button(t("Add a process"), "settings.process", "new", style="primary") if may_add else None
    shown = [_row(each, _of_process(each, t), "settings.process", t) for each in found[start : start + PAGE]]
    return _list(t("Processes"), shown, "settings.processes", add, empty, note, start, len(found), t, metadata)


def department_form(department: Department | None, t: Language, metadata: str) -> dict[str, Any]:
    known = department or Department(name=Bilingual(""))
    title = t("Department") if department else t("Add a department")
    return settings.form(
        "settings.department",
        title,
        [
            *_names(known.name, t("Sales department"), t),
            b.field_input(
                "head",
                t("Head"),
                b.one_person("head", known.head, t("Nobody")),
                optional=True,
                hint=t("Is told when work of the department has been overdue for too long."),
            ),
            b.field_input("deputy", t("Deputy"), b.one_person("deputy", known.deputy, t("Nobody")), optional=True),
            b.field_input("channel", t("Channel"), b.one_channel("channel", known.channel, t("None")), optional=True),
            b.field_input("members", t("Members"), b.people_select("members", known.members), optional=True),
        ],
        t,
        metadata,
    )


def process_form(
    process: Process | None, known_departments: Sequence[Department], t: Language, metadata: str
) -> dict[str, Any]:
    known = process or Process(name=Bilingual(""))
    title = t("Process") if process else t("Add a process")
    levels = [b.option(t.label(level), level.value) for level in ProcessLevel]
    return settings.form(
        "settings.process",
        title,
        [
            *_names(known.name, t("Order fulfilment"), t),
            b.field_input("level", t("Level"), b.radio("level", levels, initial=known.level)),
            b.field_input("department", t("Department"), department_menu(known_departments, known.department_id, t)),
            b.field_input(
                "version", t("Version"), b.text_input("version", initial=known.version, longest=30), optional=True
            ),
            b.field_input(
                "owner",
                t("Process owner"),
                b.one_person("owner", known.owner, t("Nobody")),
                optional=True,
                hint=t("Owns new issues of the process unless somebody else is named."),
            ),
            b.field_input(
                "channel",
                t("Channel"),
                b.one_channel("channel", known.channel, t("None")),
                optional=True,
                hint=t("Issues of the process are announced there."),
            ),
            b.field_input(
                "steps",
                t("Key steps in order, one a line"),
                b.text_input("steps", initial=_as_lines(known.steps), multiline=True, placeholder=t("Receive order")),
                optional=True,
                hint=t("If a step has a Chinese name too, put it behind a bar: |"),
            ),
        ],
        t,
        metadata,
    )


def _names(name: Bilingual, example: str, t: Language) -> list[b.Block]:
    return [
        b.field_input("name", t("Name"), b.text_input("name", initial=name.text, longest=150, placeholder=example)),
        b.field_input(
            "name_zh", t("Name in Chinese"), b.text_input("name_zh", initial=name.text_zh, longest=150), optional=True
        ),
    ]


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
    shown = [b.section(said(note))] if note else []
    shown += rows or [b.section(said(empty))]
    return b.modal(b.READ_ONLY, title, [*shown, b.actions(*buttons)], close=t("Done"), metadata=metadata)


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
    parts: list[object] = [process.version, t.label(process.level), t.markup("Owner: {owner}", owner=owner)]
    parts.append(t.plural("{count} step", "{count} steps", len(process.steps)))
    return join(" · ", parts)


def _as_lines(steps: Sequence[Step]) -> str:
    return "\n".join(" | ".join(step.name.texts) for step in steps)
