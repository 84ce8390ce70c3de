"""The weekly sync, as a kind of record."""

from domain.core import Kind, Stored, unique, words
from domain.weekly_sync.messages import SyncAsk, SyncReport, WeeklySync, WeeklySyncDetail
from domain.weekly_sync.record import SyncNote

SYNC: Kind[SyncNote] = Kind(
    "sync",
    words("updates"),
    (Stored(SyncNote, "sync_notes", (unique("channel_id", "member", "week"),)),),
    messages=(SyncAsk, WeeklySync, WeeklySyncDetail, SyncReport),
)
