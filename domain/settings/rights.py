"""Who may change the settings of the workspace, a channel, a department."""

from domain.core.errors import NotAllowed
from domain.core.wording import words
from domain.people.record import Department, Member
from domain.people.rights import is_lead


def may_configure(member: Member) -> None:
    if not member.is_admin:
        raise NotAllowed(words("Only admins can change the settings of the workspace. Ask one of them."))


def configures_channel(member: Member, department: Department | None) -> bool:
    return is_lead(member) or (department is not None and member.user_id in (department.head, department.deputy))


def may_configure_channel(member: Member, department: Department | None) -> None:
    if not configures_channel(member, department):
        raise NotAllowed(words("Only leads, admins and the head of the department can change a channel's settings."))


def may_change_departments(member: Member) -> None:
    if not is_lead(member):
        raise NotAllowed(words("Only leads and admins can change departments. Ask one of them."))
