"""Who may do what, in one place. A refusal says who may."""

from domain.enumerations import Role
from domain.errors import NotAllowed
from domain.records.people import Department, Member
from domain.records.processes import Process
from domain.records.work import Issue, Task
from domain.wording import words


def is_lead(member: Member) -> bool:
    return member.is_admin or Role.LEAD in member.roles


def is_triager(member: Member) -> bool:
    return is_lead(member) or Role.TRIAGER in member.roles


def may_triage(member: Member) -> None:
    if not is_triager(member):
        raise NotAllowed(
            words("Only triagers, leads and admins can decide on suggestions. Ask an admin to make you one.")
        )


def may_see_author(member: Member) -> bool:
    return is_triager(member)


def may_configure(member: Member) -> None:
    if not member.is_admin:
        raise NotAllowed(words("Only admins can change the settings of the workspace. Ask one of them."))


def may_configure_channel(member: Member, department: Department | None) -> None:
    heads = (department.head, department.deputy) if department else ()
    if not is_lead(member) and member.user_id not in heads:
        raise NotAllowed(words("Only leads, admins and the head of the department can change a channel's settings."))


def may_change_issue(member: Member, issue: Issue, process: Process | None) -> None:
    involved = {issue.owner, issue.reporter, process.owner if process else ""} - {""}
    if member.user_id not in involved and not is_triager(member):
        raise NotAllowed(
            words("Only its owner, its reporter, the process owner, triagers and leads can change {reference}.",
                  reference=issue.reference)
        )  # fmt: skip


def may_change_task(member: Member, task: Task) -> None:
    if member.user_id not in (task.owner, task.created_by) and not is_lead(member):
        raise NotAllowed(
            words("Only its owner, who created it, and leads can change {reference}.", reference=task.reference)
        )


def may_record(member: Member, owner: str) -> None:
    """Values of a KPI or pilot: its data owner, triagers, leads and admins."""
    if owner and member.user_id != owner and not is_triager(member):
        raise NotAllowed(words("Only its data owner, triagers and leads can enter values here. Ask one of them."))
