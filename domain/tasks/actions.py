"""Tasks: what a person promises a team by a day."""

from datetime import date, datetime

from domain.calendars.working_days import calendar_of
from domain.cards.actions import confirm, give
from domain.commitments.due_dates import not_past
from domain.core import AlreadyDone, UnitOfWork
from domain.lifecycle.moves import move, unfinished
from domain.lifecycle.numbers import next_number
from domain.people.actions import can_own, name_of
from domain.people.record import Member
from domain.people.routing import today_of
from domain.tasks.form import TaskForm
from domain.tasks.record import Task

DUE_DAYS = 5
"""Working days until a task is due if nobody says."""


def default_due(work: UnitOfWork, today: date) -> date:
    return calendar_of(work.workspace.country).after(today, DUE_DAYS)


def add_task(work: UnitOfWork, member: Member, form: TaskForm, channel: str, now: datetime) -> Task:
    """Add a task for oneself or somebody else, who is told. Direct messages (ids that begin with D) are no team."""
    today = today_of(member, work.workspace, now)
    not_past(form.due, today)
    can_own(work, form.owner)
    task = work.of(Task).add(
        Task(
            number=next_number(work, Task),
            title=form.title,
            owner=form.owner or member.user_id,
            due=form.due or default_due(work, today),
            channel="" if channel.startswith("D") else channel,
            issue_id=form.issue,
            created_by=member.user_id,
            created_at=now,
        ),
        by=member.user_id,
        at=now,
    )
    confirm(work, task, "added", to=member.user_id, channel=channel)
    if task.owner != member.user_id:
        give(work, task, "given", to=task.owner)
    return task


def finish_task(work: UnitOfWork, member: Member, task_id: int, now: datetime) -> Task:
    """Raises AlreadyDone with who did it, NotAllowed for people who are not involved."""
    task = unfinished(work, member, Task, task_id)
    return move(work, task, by=member.user_id, now=now, verb="done", done_at=now, done_by=member.user_id).record


def already_done(work: UnitOfWork, task: Task) -> AlreadyDone:
    return AlreadyDone(
        "{reference} is done already ({who}).", reference=task.reference, who=name_of(work, task.done_by)
    )
