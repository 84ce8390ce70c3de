"""Modals that lead from one to the next, and people whom the bot has yet to meet."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from domain.core import UnitOfWork, UserError
from domain.people.actions import register, unknown_members
from handlers.core.replies import Open, Reply, Update, View
from handlers.core.request import Request

MOST_NEW_MEMBERS = 15
"""Slack is asked about each, and the whole request has three seconds."""


def show(request: Request, view: View) -> Reply:
    """In place of the modal that the button is in; as a new one anywhere else."""
    return Update(view) if request.view.get("type") == "modal" else Open(view)


@contextmanager
def writing_about(request: Request, people: Iterable[str]) -> Iterator[UnitOfWork]:
    """The request's unit of work, in which whom the bot has never met is known: Slack is asked before it is open."""
    with request.reading() as work:
        new = unknown_members(work, tuple(people))
    if len(new) > MOST_NEW_MEMBERS:
        raise UserError("Please add at most {limit} new people at a time.", limit=MOST_NEW_MEMBERS)
    members = [request.directory.member(user_id) for user_id in new]
    with request.writing() as work:
        for member in members:
            register(work, member, now=request.now)
        yield work
