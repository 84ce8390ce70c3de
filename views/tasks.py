"""How tasks look: the form, the confirmations, lists."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from domain.commitments.digests import Reminder
from domain.commitments.queries import Owed
from domain.core.wording import Command
from domain.issues.record import Issue
from domain.tasks.record import Task
from views.core import blocks as b
from views.core.language import Language
from views.core.lists import more
from views.core.markup import Mrkdwn, bold, person, said
from views.owed import owed_buttons, owed_line, short, what

LIST_SHOWN = 15


def form(
    t: Language, title: str, owner: str, metadata: str, *, issues: Sequence[Issue], default_due: date
) -> dict[str, Any]:
    """The modal to add a task. Who adds it owns it unless somebody else is chosen."""
    choices = [b.option(f"{issue.reference} · {issue.title}", str(issue.id)) for issue in issues]
    issue = b.field_input("issue", t("For the issue"), b.select("issue", choices), optional=True)
    return b.modal(
        "task.add",
        t("Add a task"),
        [
            b.field_input(
                "title",
                t("What is to be done?"),
                b.text_input(
                    "title",
                    initial=title,
                    longest=150,
                    focus=not title,
                    placeholder=t("Ask three suppliers for a scale"),
                ),
            ),
            b.field_input(
                "owner", t("Owner"), b.person_select("owner", owner), hint=t("Somebody else gets a message about it.")
            ),
            b.field_input(
                "due",
                t("Due date"),
                b.date_picker("due"),
                optional=True,
                hint=t("If you leave it empty: {due}.", due=t.day(default_due)),
            ),
            *([issue] if choices else []),
        ],
        submit=t("Add"),
        close=t("Cancel"),
        metadata=metadata,
    )


def added(task: Task, t: Language) -> b.Rendered:
    """To who added it: the number first."""
    text = t.markup(
        "Added as {number}: {title}. {owner} owns it, due {due}.",
        number=bold(task.reference),
        title=task.title,
        owner=person(task.owner),
        due=t.day(task.due),
    )
    then = t.markup("When it is done: {command}", command=Command(f"gemba task done {task.reference}"))
    return b.Rendered(text, [b.section(text), b.context(then)])


def given(task: Task, owed: Owed, t: Language) -> b.Rendered:
    """To the owner of a task that somebody else added."""
    text = t.markup(
        "{by} gave you {number}: {title}. Due {due}.",
        by=person(task.created_by),
        number=bold(task.reference),
        title=task.title,
        due=t.day(task.due),
    )
    return b.Rendered(text, [b.section(text), owed_buttons(owed, t)])


def listing(found: Sequence[Reminder], t: Language, origin: str, title: str, empty: str) -> b.Rendered:
    """A private list with buttons on each line, cut after fifteen. `origin` names the list."""
    if not found:
        return b.Rendered(said(empty), [b.section(said(empty))])
    shown: list[b.Block] = [b.header(title)]
    for line in found[:LIST_SHOWN]:
        about = Mrkdwn(f"{owed_line(line, t, '')} · {person(line.owed.owner)}")
        shown += [b.section(about), owed_buttons(line.owed, t, origin)]
    if len(found) > LIST_SHOWN:
        shown.append(b.context(more(len(found) - LIST_SHOWN, t)))
    return b.Rendered(said(title), shown)


def done(owed: Owed, t: Language) -> b.Rendered:
    text = t.markup("{number} is done: {title}. Thank you!", number=bold(owed.reference), title=short(owed.title))
    return b.Rendered(text, [b.section(text)])


def snoozed(owed: Owed, t: Language) -> b.Rendered:
    day = t.day(owed.snoozed_until) if owed.snoozed_until else ""
    text = t.markup(
        "You are not reminded of {number} before {day}. Its due date stays.", number=bold(owed.reference), day=day
    )
    return b.Rendered(text, [b.section(text)])


def moved(owed: Owed, t: Language) -> b.Rendered:
    day = t.day(owed.due) if owed.due else "–"
    text = t.markup("{number} is due {day} now.", number=bold(owed.reference), day=day)
    return b.Rendered(text, [b.section(text)])


def date_form(owed: Owed, t: Language, metadata: str) -> dict[str, Any]:
    """A new due date with its reason, for issue and task alike."""
    return b.modal(
        "owed.date",
        t("New due date"),
        [
            b.section(what(owed, "")),
            b.field_input("due", t("Due date"), b.date_picker("due", owed.due.isoformat() if owed.due else "")),
            b.field_input("reason", t("Why?"), b.text_input("reason", longest=500, focus=True)),
        ],
        submit=t("Save"),
        close=t("Cancel"),
        metadata=metadata,
    )
