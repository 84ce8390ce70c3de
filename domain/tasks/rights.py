"""Who may change a task."""

from domain.core.errors import NotAllowed
from domain.core.wording import words
from domain.people.record import Member
from domain.people.rights import is_lead
from domain.tasks.record import Task


def may_change_task(member: Member, task: Task, *, deputy: str = "") -> None:
    """`deputy`: who stands in for the task's owner."""
    if member.user_id not in (task.owner, deputy, task.created_by) and not is_lead(member):
        raise NotAllowed(
            words("Only its owner, who created it, and leads can change {reference}.", reference=task.reference)
        )
