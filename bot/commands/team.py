"""Which workspace a command of the command line is about, and writing to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from bot.database import open_database
from bot.http.push_models import Unacceptable, in_english
from bot.refusal import Refusal
from bot.settings import Settings
from domain.core import NotNow, UnitOfWork, UserError
from storage.unit_of_work import Database


@contextmanager
def writing(settings: Settings, team: str) -> Iterator[tuple[UnitOfWork, datetime]]:
    """A unit of work in the workspace, and the moment. What a use case does not take becomes a Refusal."""
    database = open_database(settings)
    now = database.clock.now()
    try:
        with database.writing(team_of(database, team), now=now) as work:
            yield work, now
    except NotNow:  # no fault of what was asked for
        raise
    except UserError as problem:
        raise Refusal(in_english(problem)) from None
    except Unacceptable as refusal:
        raise Refusal("; ".join(error.detail for error in refusal.errors) or refusal.detail) from None


def team_of(database: Database, wanted: str) -> str:
    """The one that is wanted, or the only one there is. Raises Refusal for none, or several."""
    teams = database.teams()
    if wanted:
        if wanted not in teams:
            raise Refusal(f"this database has no workspace {wanted}; it has {', '.join(teams) or 'none'}")
        return wanted
    if not teams:
        raise Refusal("this database has no workspace yet; start the bot once, or check DATABASE_URL")
    if len(teams) > 1:
        raise Refusal(f"this database has several workspaces; choose one with --team: {', '.join(teams)}")
    return teams[0]
