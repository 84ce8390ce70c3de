"""Whom a right can be given to: groups of the workspace, and people by what they are to a record."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from domain.core import UnitOfWork, Words, words
from domain.people.deputies import deputy_of
from domain.people.record import Member, is_lead, is_triager

T = TypeVar("T")
R_contra = TypeVar("R_contra", contravariant=True)


@dataclass(frozen=True, slots=True)
class Who(Generic[R_contra]):
    """Some people, as far as a record knows them: what they are called, and whether somebody is one of them."""

    names: tuple[Words, ...]
    includes: Callable[[UnitOfWork, Member, R_contra], bool]


@dataclass(frozen=True, slots=True)
class Group(Who[object]):
    """People of the workspace, whatever it is about."""

    holds: Callable[[Member], bool]


class Owned(Protocol):
    @property
    def owner(self) -> str: ...


def group(holds: Callable[[Member], bool], *names: Words) -> Group:
    return Group(names, lambda _work, member, _record: holds(member), holds)


def named(name: Words, people: Callable[[T], Iterable[str]]) -> Who[T]:
    """Those whose ids stand in the record; where none stands there, it is nobody."""
    return looked_up(name, lambda _work, record: people(record))


def looked_up(name: Words, people: Callable[[UnitOfWork, T], Iterable[str]]) -> Who[T]:
    """Those whose ids follow from the record; where none does, it is nobody."""
    return Who((name,), lambda work, member, record: member.user_id in {*people(work, record)} - {""})


def anybody_if(condition: Callable[[T], bool]) -> Who[T]:
    """Everybody where it holds. A refusal need not name them: where somebody is refused, it does not hold."""
    return Who((), lambda _work, _member, record: condition(record))


ADMINS = group(lambda member: member.is_admin, words("admins"))
LEADS = group(is_lead, words("leads"), *ADMINS.names)
TRIAGERS = group(is_triager, words("triagers"), *LEADS.names)

OWNER: Who[Owned | None] = named(words("its owner"), lambda record: (record.owner,) if record else ())
DEPUTY: Who[Owned] = looked_up(words("the owner's deputy"), lambda work, record: (deputy_of(work, record.owner),))
