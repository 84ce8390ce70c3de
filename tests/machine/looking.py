"""What there is to see: rows of the outbox, and the bot's messages in Slack."""

from collections import defaultdict
from typing import Any

from sqlalchemy import Row, Table, select

from bot.slack.message_search import EVENT_TYPE
from sandbox.base import BOT_USER, Json
from storage import tables
from storage.outbox.writer import WAITING
from tests.machine.world import World


def rows(world: World, table: Table) -> list[Row[Any]]:
    with world.records.engine.connect().execution_options(reading=True) as connection:
        return list(connection.execute(select(table).order_by(*table.primary_key)))


def waiting(world: World) -> list[Row[Any]]:
    return [row for row in rows(world, tables.outbox) if row.state in WAITING]


def ours(world: World) -> dict[str, list[Json]]:
    """The bot's messages by the row of the outbox that they name."""
    found = defaultdict(list)
    for messages in world.slack.workspace.messages.values():
        for message in messages.values():
            metadata = message.get("metadata") or {}
            if message["user"] == BOT_USER and metadata.get("event_type") == EVENT_TYPE:
                found[metadata["event_payload"]["key"]].append(message)
    return found


def named(row: Row[Any]) -> str:
    return f"{row.action} {row.key} (row {row.id}) is {row.state} after {row.attempts} attempts: {row.error!r}"
