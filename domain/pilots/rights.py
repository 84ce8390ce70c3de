"""Who may start a pilot."""

from domain.core.errors import NotAllowed
from domain.core.wording import words
from domain.people.record import Member
from domain.people.rights import is_triager
from domain.processes.record import Process


def may_add_pilot(member: Member, process: Process | None) -> None:
    """A new pilot asks people every week: leads, triagers, and the owner of its process."""
    if not is_triager(member) and member.user_id != (process.owner if process else ""):
        raise NotAllowed(
            words("Only triagers, leads, admins and the owner of its process can start a pilot. Ask one of them.")
        )
