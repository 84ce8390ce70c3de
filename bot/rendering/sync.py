"""The weekly sync, its thread, the question before it, and the report on demand."""

from datetime import datetime
from typing import Any

from bot.rendering.base import Maker, Making
from bot.rendering.reminders import links
from domain.messages import Message, SyncAsk, SyncReport, WeeklySync, WeeklySyncDetail
from domain.rules.slots import local_instant
from domain.use_cases.boards import sync_key
from domain.use_cases.places import team_channel, zone
from domain.use_cases.syncing import ask_key, note_of
from domain.use_cases.weekly_sync import sync_facts, week_before, week_up_to
from views import sync_asks, weekly_sync
from views.blocks import Rendered


def _sync(message: WeeklySync, making: Making) -> Rendered:
    facts = sync_facts(making.work, week_before(message.channel_id, message.week))
    late_since = _due(message, making) if message.late else None
    return weekly_sync.sync(facts, making.t, links(making), late_since=late_since)


def _detail(message: WeeklySyncDetail, making: Making) -> Rendered | None:
    facts = sync_facts(making.work, week_before(message.channel_id, message.week))
    key = f"{sync_key(message.channel_id, message.week)}:{message.section}"
    if not getattr(facts, message.section) and making.work.outbox.posted(key) is None:
        return None
    return weekly_sync.detail(facts, message.section, making.t, links(making))


def _ask(message: SyncAsk, making: Making) -> Rendered | None:
    answered = note_of(making.work, message.channel_id, message.member, message.week) is not None
    asked = making.work.outbox.posted(ask_key(message.channel_id, message.member, message.week)) is not None
    if answered and not asked:
        return None
    return sync_asks.ask(message.channel_id, message.week, making.t, answered=answered)


def _report(message: SyncReport, making: Making) -> Rendered:
    facts = sync_facts(making.work, week_up_to(message.channel_id, message.day))
    return weekly_sync.report(facts, making.t, links(making), by=message.by)


def _due(message: WeeklySync, making: Making) -> datetime | None:
    channel = team_channel(making.work, message.channel_id)
    if channel is None:
        return None
    return local_instant(message.week, channel.sync_time, zone(channel.timezone or making.work.workspace.timezone))


MAKERS: dict[type[Message], Maker[Any]] = {
    WeeklySync: _sync,
    WeeklySyncDetail: _detail,
    SyncAsk: _ask,
    SyncReport: _report,
}
