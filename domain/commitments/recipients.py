"""Who owes something, or hears of what others owe: the bot has to know them, else no digest reaches them."""

from datetime import date, timedelta

from domain.calendars.working_days import calendar_of
from domain.core import Before, UnitOfWork
from domain.people.actions import unknown_members
from domain.people.record import Department

IN_TIME = timedelta(days=7)
"""People are met so long before what they owe comes into a digest."""


def strangers_concerned(work: UnitOfWork, today: date) -> list[str]:
    """Owners of what is due or will be soon, department heads, their deputies and the sponsor, as far as the bot has
    never met them. What is due later waits: there is no end of it, and this is asked every half hour."""
    soon = Before(calendar_of(work.workspace.country).after(today, max(1, work.workspace.soon_days)) + IN_TIME)
    owners: set[str] = set()
    for kind, promises in work.kinds.promising():
        owners |= {owner for (owner,) in work.of(kind.record).pick("owner", **promises.open, due=soon)}
    heads = {user_id for department in work.of(Department).find() for user_id in (department.head, department.deputy)}
    return unknown_members(work, sorted(owners | heads | {work.workspace.sponsor}))
