"""Who may change the entry of an optimization."""

from domain.core.errors import NotAllowed
from domain.core.wording import words
from domain.optimizations.record import Optimization
from domain.people.record import Member
from domain.people.rights import is_lead


def may_change_optimization(member: Member, optimization: Optimization) -> None:
    if member.user_id != optimization.by and not is_lead(member):
        raise NotAllowed(
            words("Only who logged {reference}, leads and admins can change it.", reference=optimization.reference)
        )
