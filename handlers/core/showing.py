"""Modals that lead from one to the next, and people whom the bot has yet to meet."""

from collections.abc import Collection

from domain.core.errors import Problem
from domain.core.wording import words
from domain.people.actions import unknown
from domain.people.record import Member
from handlers.core.replies import Open, Reply, Update, View
from handlers.core.request import Request

MOST_STRANGERS = 15
"""Slack is asked about each, and the whole request has three seconds."""


def show(request: Request, view: View) -> Reply:
    """In place of the modal that the button is in; as a new one anywhere else."""
    return Update(view) if request.view.get("type") == "modal" else Open(view)


def strangers(request: Request, user_ids: Collection[str]) -> list[Member]:
    """What Slack knows of those whom the bot has never met. Ask before a unit of work is open."""
    with request.reading() as work:
        new = unknown(work, user_ids)
    if len(new) > MOST_STRANGERS:
        raise Problem(words("Please add at most {limit} new people at a time.", limit=MOST_STRANGERS))
    return [request.directory.member(user_id) for user_id in new]
