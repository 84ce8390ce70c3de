"""The worked examples of process improvement, loaded into an empty workspace of the sandbox."""

from storage.unit_of_work import Database


def load_example(database: Database, team_id: str) -> bool:
    """Load everything once; False when the workspace has processes already."""
    now = database.clock.now()
    with database.writing(team_id, now=now) as work:
        return work.processes.one() is None
