"""Rights. One expression says what only some may do and who they are: it checks, and words the refusal."""

from functools import reduce
from typing import Generic

from domain.core import NotAllowed, UnitOfWork, Words, words
from domain.people.record import Member
from domain.permissions.people import Group, R_contra, Who


class Right(Generic[R_contra]):
    """What may be done with a record by whoever is in one of `who`. `refusal` has the place {who}; it may have
    {reference}, too.
    """

    def __init__(self, refusal: Words, *who: Who[R_contra]) -> None:
        self._refusal, self._who = refusal, who

    def allows(self, work: UnitOfWork, member: Member, record: R_contra) -> bool:
        return any(who.includes(work, member, record) for who in self._who)

    def check(self, work: UnitOfWork, member: Member, record: R_contra) -> None:
        """Raises NotAllowed."""
        if not self.allows(work, member, record):
            raise NotAllowed(self.refusal(record))

    def refusal(self, record: R_contra) -> Words:
        who = listed(*(name for who in self._who for name in who.names))
        return words(self._refusal.message, who=who, reference=getattr(record, "reference", ""))


class GroupRight:
    """What the people of a group may do, whatever it is about."""

    def __init__(self, refusal: Words, group: Group) -> None:
        self._refusal, self._group = refusal, group

    def check(self, member: Member) -> None:
        """Raises NotAllowed."""
        if not self._group.holds(member):
            raise NotAllowed(words(self._refusal.message, who=listed(*self._group.names)))


def listed(*names: Words) -> Words:
    """`a, b and c`, in the reader's language."""
    *before, last = names
    if not before:
        return last
    return words("{some} and {last}", some=reduce(_beside, before), last=last)


def _beside(some: Words, name: Words) -> Words:
    return words("{some}, {name}", some=some, name=name)
