"""Who is in the channels and user groups that records name: Slack knows, and is asked outside any unit of work."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic

from domain.core import Directory, NotFound, NotNow, UnitOfWork
from domain.people.actions import register, unknown_members
from domain.people.record import Member

MET_AT_ONCE, FAILURES = 50, 3
"""Slack answers about 100 questions for a person a minute; the others are met at the next look."""
SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Roster:
    """User ids by place (a channel's or user group's id), and people whom the bot has never met."""

    places: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    strangers: tuple[Member, ...] = ()

    def everybody(self) -> set[str]:
        return {user_id for people in self.places.values() for user_id in people}


NOBODY = Roster()


def look_up(directory: Directory, places: Collection[str]) -> Roster:
    """Ask Slack who is in these places. One that it does not show to the bot, or not now, has nobody in it."""
    return Roster({place: _people(directory, place) for place in _in_time(places)})


def meet(directory: Directory, user_ids: Collection[str]) -> tuple[Member, ...]:
    """Ask Slack about people, as far as it answers in time; the others are met at the next look.

    Whom it does not know any more comes back as inactive, so that it is not asked about them again.
    """
    seen, failed = [], 0
    for user_id in _in_time(list(user_ids)[:MET_AT_ONCE]):
        try:
            seen.append(directory.member(user_id))
        except NotFound:
            seen.append(Member(user_id=user_id, active=False))
        except NotNow:
            failed += 1
            if failed == FAILURES:  # it was asked too often, or is away; one alone may be about this person
                break
    return tuple(seen)


def remember(work: UnitOfWork, roster: Roster, *, now: datetime) -> None:
    """Keep the strangers of a roster as members."""
    still = set(unknown_members(work, [member.user_id for member in roster.strangers]))
    for member in roster.strangers:
        if member.user_id in still:
            register(work, member, now=now)


def _people(directory: Directory, place: str) -> tuple[str, ...]:
    try:
        return tuple(directory.people_of(place) if place.startswith("S") else directory.people_in(place))
    except (NotFound, NotNow):
        return ()


def _in_time(ids: Iterable[str]) -> Iterator[str]:
    """These, until the time is up: other jobs wait meanwhile."""
    until = monotonic() + SECONDS
    for one in ids:
        if monotonic() > until:
            return
        yield one
