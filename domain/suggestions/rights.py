"""Who may decide on suggestions."""

from domain.core.errors import NotAllowed
from domain.core.wording import words
from domain.people.record import Member
from domain.people.rights import is_triager


def may_triage(member: Member) -> None:
    if not is_triager(member):
        raise NotAllowed(
            words("Only triagers, leads and admins can decide on suggestions. Ask an admin to make you one.")
        )


def may_see_author(member: Member) -> None:
    if not is_triager(member):
        raise NotAllowed(words("Only triagers, leads and admins can see who wrote a confidential suggestion."))
