"""The weekly sync, its thread, the question before it, and the report on demand."""

from domain.commitments.boards import sync_key
from domain.weekly_sync.actions import ask_key, note_of
from domain.weekly_sync.messages import SyncAsk, SyncReport, WeeklySync, WeeklySyncDetail
from domain.weekly_sync.queries import sync_facts, week_before, week_up_to
from domain.weekly_sync.record import SyncNote
from views.cards.looks import Look, Making
from views.core import Rendered
from views.weekly_sync import asks as sync_asks, report as weekly_sync


def _sync(message: WeeklySync, making: Making) -> Rendered:
    facts = sync_facts(making.work, week_before(message.channel_id, message.week))
    return weekly_sync.sync(facts, making.t, making.link_of)


def _detail(message: WeeklySyncDetail, making: Making) -> Rendered | None:
    facts = sync_facts(making.work, week_before(message.channel_id, message.week))
    key = f"{sync_key(message.channel_id, message.week)}:{message.section}"
    if message.section not in facts.cut and making.work.outbox.posted(key) is None:
        return None
    return weekly_sync.detail(facts, message.section, making.t, making.link_of)


def _ask(message: SyncAsk, making: Making) -> Rendered | None:
    answered = note_of(making.work, message.channel_id, message.member, message.week) is not None
    asked = making.work.outbox.posted(ask_key(message.channel_id, message.member, message.week)) is not None
    if answered and not asked:
        return None
    return sync_asks.ask(message.channel_id, message.week, making.t, answered=answered)


def _report(message: SyncReport, making: Making) -> Rendered:
    facts = sync_facts(making.work, week_up_to(message.channel_id, message.day))
    return weekly_sync.report(facts, making.t, making.link_of, by=message.by)


LOOK: Look[SyncNote, SyncNote] = Look(
    "sync",
    makers={WeeklySync: _sync, WeeklySyncDetail: _detail, SyncAsk: _ask, SyncReport: _report},
)
