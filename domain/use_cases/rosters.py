"""Who is in the channels and user groups that records name: Slack knows, and is asked outside any unit of work."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from domain.errors import NotFound, NotNow
from domain.ports import Directory, UnitOfWork
from domain.records.people import Member
from domain.use_cases.people import know, unknown

MET_AT_ONCE = 50
"""Slack answers about 100 questions for a person a minute; the others are met at the next look."""


@dataclass(frozen=True, slots=True)
class Roster:
    """User ids by place (a channel's or user group's id), and people whom the bot has never met."""

    places: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    strangers: tuple[Member, ...] = ()

    def everybody(self) -> set[str]:
        return {user_id for people in self.places.values() for user_id in people}


NOBODY = Roster()


def look_up(directory: Directory, places: Collection[str]) -> Roster:
    """Ask Slack who is in these places. One that it does not show to the bot has nobody in it."""
    return Roster({place: _people(directory, place) for place in places})


def meet(directory: Directory, user_ids: Collection[str]) -> tuple[Member, ...]:
    """Ask Slack about people, at most fifty; those it does not know any more are left out."""
    seen = []
    for user_id in list(user_ids)[:MET_AT_ONCE]:
        try:
            seen.append(directory.member(user_id))
        except NotFound:
            continue
        except NotNow:  # it was asked too often: the others are met at the next look
            break
    return tuple(seen)


def remember(work: UnitOfWork, roster: Roster, *, now: datetime) -> None:
    """Keep the strangers of a roster as members."""
    still = set(unknown(work, [member.user_id for member in roster.strangers]))
    for member in roster.strangers:
        if member.user_id in still:
            know(work, member, now=now)


def _people(directory: Directory, place: str) -> tuple[str, ...]:
    try:
        return tuple(directory.people_of(place) if place.startswith("S") else directory.people_in(place))
    except NotFound:
        return ()
