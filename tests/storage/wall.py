"""What people see: queued messages rendered and posted, or edited, at once and in order; no Slack takes part."""

from collections import defaultdict
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, select, update

from bot.database import SCHEMA
from storage.outbox.writer import REASON_GONE
from storage.tables import outbox
from storage.unit_of_work import Database
from views.cards.looks import Looks, Making
from views.core import Language
from views.looks import LOOKS, OF_NO_KIND


class Wall:
    """Text and blocks by key; `replies`: keys by the key that they answer."""

    def __init__(self, database: Database, team_id: str, now: datetime) -> None:
        self.seen: dict[str, str] = {}
        self.replies: dict[str, list[str]] = defaultdict(list)
        self._database = database
        self._team_id = team_id
        self._now = now

    @property
    def cards(self) -> set[str]:
        return {key for key in self.seen if key.startswith("kpi-alert:") and key.count(":") == 1}

    @property
    def notes(self) -> set[str]:
        return {key for key in self.seen if key.startswith("kpi-alert:") and key.count(":") > 1}

    def deliver(self) -> None:
        """Carry out what waits."""
        waiting = select(outbox).where(outbox.c.state == "ready").order_by(outbox.c.id)
        with self._database.engine.begin() as connection:
            rows = list(connection.execute(waiting))
            for row in rows:
                values = self._carry_out(row)
                connection.execute(update(outbox).where(outbox.c.id == row.id).values(**values))

    def _carry_out(self, row: Row[Any]) -> dict[str, str]:
        text = self._rendered(row)
        if text is None:
            return {"state": "skipped", "error": REASON_GONE}
        key = row.key if row.action == "post" else row.waits_for
        if row.action == "post" and row.in_thread:
            self.replies[row.waits_for].append(row.key)
        if row.action == "post" or key in self.seen:
            self.seen[key] = text
        return {"state": "sent", "channel_id": row.target, "ts": f"{row.id}"}

    def _rendered(self, row: Row[Any]) -> str | None:
        message = SCHEMA.words.message(row.kind, row.about)
        with self._database.reading(self._team_id, now=self._now) as work:
            made = Looks(LOOKS, OF_NO_KIND).make(message, Making(work, Language("en", ZoneInfo("UTC")), self._now))
        return made and str([made.text, [block for block in made.blocks if block["type"] != "actions"]])
