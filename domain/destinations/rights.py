"""Who may try a blocked destination again."""

from domain.core.errors import NotAllowed
from domain.core.wording import words
from domain.destinations.record import Stop
from domain.people.record import Member
from domain.people.rights import is_lead


def may_mend(member: Member, stop: Stop) -> None:
    if not is_lead(member) and member.user_id not in stop.told:
        raise NotAllowed(words("Only leads, admins and who was told of it can try again. Ask one of them."))
