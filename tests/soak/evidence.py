"""What there is in the database and in Slack once it is quiet."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from sqlalchemy import Row, Table, select

from bot.database import SCHEMA
from bot.slack.message_search import EVENT_TYPE
from domain.issues.record import Issue
from domain.schedules.record import ScheduleRun
from domain.suggestions.record import Suggestion
from sandbox.base import BOT_USER, Json
from sandbox.slack import Slack
from storage import tables
from storage.unit_of_work import Database
from tests.soak.town import Planned

BY_READING = 1.0
"""Seconds. A message that was out so long before its row was settled: the bot did not post it then, it found it."""


class Evidence:
    """Each thing is read once, when it is first asked for."""

    def __init__(self, database: Database, slack: Slack, planned: Sequence[Planned]) -> None:
        self._database, self._slack, self.planned = database, slack, planned

    def figures(self) -> dict[str, Any]:
        """How much there was, how much of it was in doubt, and how late it came."""
        sent = [row for row in self.outbox if row.state == "sent"]
        late = [(run.at - plan.due).total_seconds() for plan in self.planned for run in self.runs_of(plan)]
        waited = sorted((row.settled_at - row.created_at).total_seconds() for row in sent)
        again = [row for row in sent if row.attempts > 1]
        return {
            "posts": sum(row.action == "post" for row in sent),
            "updates": sum(row.action == "update" for row in sent),
            "whispers": sum(row.action == "whisper" for row in sent),
            "skipped": sum(row.state == "skipped" for row in self.outbox),
            "tried_again": len(again),
            "found_by_reading": sum(self.was_found(row) for row in again),
            "whispers_repeated": sum(max(0, count - 1) for _, count in self.whispered()),
            "periods": len(self.planned),
            "latest_period_s": round(max(late, default=0), 1),
            "median_wait_s": round(waited[len(waited) // 2], 2) if waited else 0,
            "longest_wait_s": round(max(waited, default=0), 1),
        }

    @cached_property
    def outbox(self) -> list[Row[Any]]:
        return self.all(tables.outbox)

    @cached_property
    def ours(self) -> dict[str, list[Json]]:
        """The bot's messages in Slack by what they carry in their metadata: the token of a row of the outbox."""
        found = defaultdict(list)
        for message in self._all_messages():
            metadata = message.get("metadata") or {}
            if message["user"] == BOT_USER and metadata.get("event_type") == EVENT_TYPE:
                found[metadata["event_payload"]["key"]].append(message)
        return found

    def runs_of(self, plan: Planned) -> list[Row[Any]]:
        return self._runs.get((plan.schedule_id, plan.slot), [])

    def row_of(self, key: str) -> Row[Any] | None:
        return self._by_key.get(key)

    def whispered(self) -> Iterator[tuple[Row[Any], int]]:
        """Rows that went to one person's eyes, and how often they see it."""
        words = {row.id: row.title for row in self.all(SCHEMA.of(Issue))}
        numbers = {row.id: f"*S-{row.number}*" for row in self.all(SCHEMA.of(Suggestion))}
        seen: dict[str, list[str]] = defaultdict(list)
        for person, whispers in self._slack.ephemerals.items():
            seen[person] += [message["text"] for message in whispers.values()]
        for row in self.outbox:
            if row.state == "sent" and row.kind in ("IssueFiled", "SuggestionReceived"):
                wanted = (
                    words[row.about["issue_id"]] if row.kind == "IssueFiled" else numbers[row.about["suggestion_id"]]
                )
                told = sum(wanted in text for text in seen[row.person] if not text.startswith("Issue"))
                yield row, told + len(self.ours.get(row.token, []))

    def was_found(self, row: Row[Any]) -> bool:
        return bool(row.ts) and row.settled_at.timestamp() - float(row.ts) > BY_READING

    def all(self, table: Table) -> list[Row[Any]]:
        with self._database.engine.connect().execution_options(reading=True) as connection:
            return list(connection.execute(select(table).order_by(table.c.id)))

    @cached_property
    def _by_key(self) -> dict[str, Row[Any]]:
        return {row.key: row for row in self.outbox}

    @cached_property
    def _runs(self) -> dict[tuple[int, str], list[Row[Any]]]:
        found = defaultdict(list)
        for run in self.all(SCHEMA.of(ScheduleRun)):
            found[run.schedule_id, run.slot].append(run)
        return found

    def _all_messages(self) -> Iterator[Json]:
        for messages in self._slack.workspace.messages.values():
            yield from messages.values()
