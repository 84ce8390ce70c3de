"""Menus of what a workspace may have very many of: all in one where Slack takes them, else found as one types."""

from collections.abc import Sequence
from typing import Any

from domain.core import UserGroup
from domain.forms.choices import NONE
from domain.people.record import Department
from domain.pilots.record import Pilot
from domain.processes.record import Process
from views.core import blocks as b
from views.core.language import Language

Options = list[dict[str, Any]]


def process_menu(offered: Sequence[Process], chosen: int | str | None, t: Language) -> b.Element | None:
    """A menu that may stay empty, None without processes; `chosen` is an id, as it is or as it was typed."""
    return _menu("choose.process", processes(offered, t), chosen, t("Which process is it in?"))


def pilot_menu(offered: Sequence[Pilot], chosen: int | str | None, t: Language) -> b.Element | None:
    return _menu("choose.pilot", pilots(offered, t), chosen, t("A pilot"))


def department_menu(offered: Sequence[Department], chosen: int | None, t: Language) -> b.Element | None:
    """With 'no department' as its first entry."""
    return _menu("choose.department", departments(offered, t), NONE if chosen is None else chosen, t("Department"))


def group_menu(t: Language) -> b.Element:
    return b.search_select("choose.group", None, t("Type its name"))


def groups(offered: Sequence[UserGroup]) -> Options:
    return [b.option(f"@{group.handle} · {group.name}", group.id) for group in offered]


def processes(offered: Sequence[Process], t: Language) -> Options:
    return [b.option(t.name(process.name), str(process.id)) for process in offered]


def pilots(offered: Sequence[Pilot], t: Language) -> Options:
    return [b.option(f"{pilot.reference} · {t.name(pilot.name)}", str(pilot.id)) for pilot in offered]


def departments(offered: Sequence[Department], t: Language) -> Options:
    named = [b.option(t.name(department.name), str(department.id)) for department in offered]
    return [b.option(t("No department"), NONE), *named]


def _menu(action: str, options: Options, chosen: int | str | None, placeholder: str) -> b.Element | None:
    if not options:
        return None
    wanted = "" if chosen is None else str(chosen)
    if len(options) <= b.OPTIONS:
        return b.select(action, options, initial=wanted, placeholder=placeholder)
    initial = next((option for option in options if option["value"] == wanted), None)
    return b.search_select(action, initial, placeholder)
