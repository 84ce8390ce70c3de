"""What only a human can mend: from a refusal of Slack's to the use case that tells them."""

from collections.abc import Sequence

from domain.destinations.actions import block, resolve, resume
from storage.unit_of_work import Database


class BlockedDestinations:
    """`admins`: who is one by configuration; empty means as Slack says."""

    def __init__(self, database: Database, admins: Sequence[str] = ()) -> None:
        self._database = database
        self._admins = tuple(admins)

    def blocked(self, team_id: str, target: str, error: str) -> None:
        """Slack lets nothing through to `target` (a conversation, an action, or '' for the workspace)."""
        with self._database.writing(team_id) as work:
            block(work, target, error, now=self._database.clock.now(), admins=self._admins)

    def resolved(self, team_id: str, *targets: str) -> None:
        """It does again."""
        with self._database.writing(team_id) as work:
            resolve(work, *targets, now=self._database.clock.now())

    def resume(self, team_id: str, *targets: str) -> None:
        """Something has changed at Slack that may have mended it."""
        with self._database.writing(team_id) as work:
            resume(work, *targets, now=self._database.clock.now())
