"""Which workspace a command of the command line is about."""

from bot.refusal import Refusal
from storage.unit_of_work import Database


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
