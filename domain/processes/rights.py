"""Who may change a process."""

from domain.core.errors import NotAllowed
from domain.core.wording import words
from domain.people.record import Member
from domain.people.rights import is_lead
from domain.processes.record import Process


def may_change_process(member: Member, process: Process | None) -> None:
    """A process's owner, leads and admins; a new one has no owner yet."""
    if not is_lead(member) and (process is None or process.owner != member.user_id):
        raise NotAllowed(words("Only its owner, leads and admins can change a process. Ask one of them."))
