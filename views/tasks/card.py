"""What is said about a task that was added."""

from typing import NamedTuple

from domain.commitments.queries import Commitment
from domain.core.wording import Command
from domain.tasks.record import Task
from views.commitments.lines import owed_buttons
from views.core import blocks as b
from views.core.language import Language
from views.core.markup import bold, person


class TaskFacts(NamedTuple):
    task: Task
    owed: Commitment


def added(facts: TaskFacts, t: Language) -> b.Rendered:
    """To who added it: the number first."""
    task = facts.task
    text = t.markup(
        "Added as {number}: {title}. {owner} owns it, due {due}.",
        number=bold(task.reference),
        title=task.title,
        owner=person(task.owner),
        due=t.day(task.due),
    )
    then = t.markup("When it is done: {command}", command=Command(f"gemba task done {task.reference}"))
    return b.Rendered(text, [b.section(text), b.context(then)])


def given(facts: TaskFacts, t: Language) -> b.Rendered:
    """To the owner of a task that somebody else added."""
    task = facts.task
    text = t.markup(
        "{by} gave you {number}: {title}. Due {due}.",
        by=person(task.created_by),
        number=bold(task.reference),
        title=task.title,
        due=t.day(task.due),
    )
    return b.Rendered(text, [b.section(text), owed_buttons(facts.owed, t)])
