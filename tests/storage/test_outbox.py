"""Writing to the outbox: once for each key, replies behind their parents, refreshes merged."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Row, select

from bot.database import SCHEMA
from domain.cards.messages import Card, Note, Receipt
from domain.commitments.messages import Digest, OverdueBoard
from domain.core import Message, Ref, Urgency
from domain.pilots.messages import FeedbackAsk
from domain.weekly_sync.messages import WeeklySync
from storage.outbox.outcomes import sent, skipped
from storage.outbox.queue import Queue
from storage.outbox.writer import REASON_GONE
from storage.tables import outbox
from storage.unit_of_work import Database

TEAM = "T1"
NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
DAY = date(2026, 11, 23)
STABLE_WORDS = (
    "BoxSign",
    "ChannelGreeting",
    "Digest",
    "Escalation",
    "FeedbackAsk",
    "IssueCard",
    "IssueFiled",
    "IssueFromMessage",
    "IssueHandedOver",
    "IssueNote",
    "KpiAlertCard",
    "KpiAlertDeed",
    "KpiAlertEscalation",
    "KpiAlertNote",
    "KpiAlertTable",
    "KpiAlertValues",
    "KpiExport",
    "KpiPicture",
    "KpiReport",
    "KpiReportMore",
    "KpiSignal",
    "KpiSignalTable",
    "KpiSourceFailed",
    "KpiValueMissing",
    "MenuHint",
    "OptimizationCard",
    "OptimizationLogged",
    "OverdueBoard",
    "PilotCard",
    "SuggestionAnswer",
    "SuggestionCard",
    "SuggestionReceived",
    "SyncAsk",
    "SyncReport",
    "TargetStopped",
    "TaskAdded",
    "TaskGiven",
    "WeeklySync",
    "WeeklySyncDetail",
)


def rows(database: Database) -> list[Row[Any]]:
    with database.engine.connect() as connection:
        return list(connection.execute(select(outbox).order_by(outbox.c.id)))


def deliver(database: Database, ts: str = "100.1") -> None:
    """Take everything that is due, as sent."""
    queue = Queue(database.engine, SCHEMA.words, owner="test")
    while delivery := queue.claim():
        queue.settle(delivery, sent("C1", ts))


def test_what_is_said_is_a_row_that_names_records_and_is_ready(database: Database) -> None:
    with database.writing(TEAM) as work:
        assert work.outbox.say(Card(Ref("alert", 7)), to="C1", once="kpi-alert:7:card", urgency=Urgency.ALERT)
    (row,) = rows(database)
    assert (row.team_id, row.key, row.action, row.kind, row.about) == (
        TEAM,
        "kpi-alert:7:card",
        "post",
        "KpiAlertCard",
        {"alert_id": 7},
    )
    assert (row.target, row.lane, row.state, row.attempts, row.urgency) == ("C1", "C1", "ready", 0, Urgency.ALERT)
    assert row.as_of == NOW and abs((row.created_at - datetime.now(UTC)).total_seconds()) < 10


def test_a_key_is_said_once_in_a_workspace(database: Database) -> None:
    with database.writing(TEAM) as work:
        assert work.outbox.say(Card(Ref("issue", 1)), to="C1", once="issue:1:card")
        assert not work.outbox.say(Card(Ref("issue", 1)), to="C2", once="issue:1:card")
    with database.writing(TEAM) as work:
        assert not work.outbox.say(Card(Ref("issue", 1)), to="C1", once="issue:1:card")
    with database.writing("T2") as work:
        assert work.outbox.say(Card(Ref("issue", 1)), to="C1", once="issue:1:card")
    assert [row.team_id for row in rows(database)] == [TEAM, "T2"]


def test_also_after_it_was_sent(database: Database) -> None:
    with database.writing(TEAM) as work:
        work.outbox.say(Digest("U1", DAY), to="U1", once="digest:U1:2026-11-23")
    deliver(database)
    with database.writing(TEAM) as work:
        assert not work.outbox.say(Digest("U1", DAY), to="U1", once="digest:U1:2026-11-23")


def test_the_urgency_is_the_kinds_own_unless_one_is_given(database: Database) -> None:
    with database.writing(TEAM) as work:
        work.outbox.say(WeeklySync("C1", DAY), to="C1", once="a")
        work.outbox.say(WeeklySync("C1", DAY), to="C1", once="b", urgency=Urgency.REPLY)
    assert [row.urgency for row in rows(database)] == [Urgency.DIGEST, Urgency.REPLY]


def test_a_reply_goes_where_its_parent_goes_in_a_lane_of_the_thread(database: Database) -> None:
    with database.writing(TEAM) as work:
        work.outbox.say(Card(Ref("issue", 1)), to="C1", once="issue:1:card")
        assert work.outbox.say(Note(Ref("issue", 1), 5), to="", once="issue:1:note:5", reply_to="issue:1:card")
    note = rows(database)[1]
    assert (note.target, note.lane, note.waits_for, note.in_thread) == ("C1", "C1/issue:1:card", "issue:1:card", 1)


def test_a_reply_without_its_parent_is_not_said(database: Database) -> None:
    with database.writing(TEAM) as work:
        assert not work.outbox.say(Note(Ref("issue", 1), 5), to="C1", once="issue:1:note:5", reply_to="issue:1:card")
    with database.writing("T2") as work:
        work.outbox.say(Card(Ref("issue", 1)), to="C1", once="issue:1:card")
    with database.writing(TEAM) as work:  # another workspace's message is no parent
        assert not work.outbox.say(Note(Ref("issue", 1), 5), to="C1", once="issue:1:note:5", reply_to="issue:1:card")


def test_what_is_for_nobody_is_a_fault_of_ours(database: Database) -> None:
    with pytest.raises(ValueError, match="nobody"), database.writing(TEAM) as work:
        work.outbox.say(Card(Ref("issue", 1)), to="", once="issue:1:card")
    with pytest.raises(ValueError, match="nobody"), database.writing(TEAM) as work:
        work.outbox.whisper(Receipt(Ref("issue", 1)), to="", channel="C1", once="issue:1:filed")


def test_a_message_in_somebody_elses_thread_has_its_ts_and_lane(database: Database) -> None:
    with database.writing(TEAM) as work:
        work.outbox.say(Note(Ref("issue", 1), 5), to="C1", once="x", thread_ts="99.1")
    (row,) = rows(database)
    assert (row.thread_ts, row.lane, row.in_thread) == ("99.1", "C1/99.1", 0)


def test_a_whisper_has_a_person_and_her_lane(database: Database) -> None:
    with database.writing(TEAM) as work:
        work.outbox.whisper(Receipt(Ref("issue", 1)), to="U1", channel="C1", once="a", after="issue:1:card")
        work.outbox.whisper(Receipt(Ref("issue", 2)), to="U1", channel="", once="b")
    first, second = rows(database)
    assert (first.action, first.target, first.person, first.lane) == ("whisper", "C1", "U1", "@U1")
    assert (first.waits_for, first.in_thread, second.target) == ("issue:1:card", 0, "U1")


def test_a_refresh_of_what_is_not_out_yet_does_nothing(database: Database) -> None:
    with database.writing(TEAM) as work:
        work.outbox.refresh("issue:1:card")
        work.outbox.say(Card(Ref("issue", 1)), to="C1", once="issue:1:card")
        work.outbox.refresh("issue:1:card")
    assert [row.action for row in rows(database)] == ["post"]


def test_a_refresh_of_what_is_being_sent_is_kept(database: Database) -> None:
    with database.writing(TEAM) as work:
        work.outbox.say(Card(Ref("issue", 1)), to="C1", once="issue:1:card")
    assert Queue(database.engine, SCHEMA.words, owner="test").claim() is not None
    with database.writing(TEAM) as work:
        work.outbox.refresh("issue:1:card")
    assert [(row.action, row.state) for row in rows(database)] == [("post", "sending"), ("update", "ready")]


def test_refreshes_merge_until_one_is_sent(database: Database) -> None:
    with database.writing(TEAM) as work:
        work.outbox.say(Card(Ref("issue", 1)), to="C1", once="issue:1:card")
    deliver(database)
    for _ in range(3):
        with database.writing(TEAM) as work:
            work.outbox.refresh("issue:1:card")
    assert [(row.action, row.waits_for, row.lane) for row in rows(database)[1:]] == [("update", "issue:1:card", "C1")]
    deliver(database)
    with database.writing(TEAM) as work:
        work.outbox.refresh("issue:1:card")
    assert [(row.action, row.state) for row in rows(database)[1:]] == [("update", "sent"), ("update", "ready")]


def test_what_was_skipped_because_its_reason_was_gone_is_looked_at_again_where_asked(database: Database) -> None:
    with database.writing(TEAM) as work:
        work.outbox.say(Card(Ref("issue", 1)), to="C1", once="issue:1:card")
    queue = Queue(database.engine, SCHEMA.words, owner="test")
    delivery = queue.claim()
    assert delivery is not None
    queue.settle(delivery, skipped(REASON_GONE))
    with database.writing(TEAM) as work:
        work.outbox.refresh("issue:1:card", revive=True)
    deliver(database, ts="100.7")
    with database.writing(TEAM) as work:
        assert work.outbox.posted("issue:1:card") == ("C1", "100.7")
        work.outbox.refresh("issue:1:card", revive=True)
    assert [(row.action, row.state) for row in rows(database)] == [("post", "sent"), ("update", "ready")]


def test_a_message_is_posted_when_it_is_out(database: Database) -> None:
    with database.writing(TEAM) as work:
        work.outbox.say(Card(Ref("issue", 1)), to="C1", once="issue:1:card")
        assert work.outbox.posted("issue:1:card") is None and work.outbox.posted("nothing") is None
    deliver(database, ts="100.7")
    with database.reading(TEAM) as work:
        assert work.outbox.posted("issue:1:card") == ("C1", "100.7")
    with database.reading("T2") as work:
        assert work.outbox.posted("issue:1:card") is None


def test_a_pin_waits_for_its_message(database: Database) -> None:
    with database.writing(TEAM) as work:
        work.outbox.pin("nothing")
        work.outbox.say(Card(Ref("issue", 1)), to="C1", once="issue:1:card")
        work.outbox.pin("issue:1:card")
    assert [(row.action, row.waits_for) for row in rows(database)] == [("post", ""), ("pin", "issue:1:card")]


@pytest.mark.parametrize(
    "message",
    [
        Card(Ref("issue", 1)),
        FeedbackAsk(3, "U1", DAY, nudge=True),
        Digest("U1", DAY, items=(Ref("issue", 1), Ref("issue", 2), Ref("task", 3))),
        WeeklySync("C1", DAY),
    ],
    ids=lambda message: type(message).__name__,
)
def test_a_message_comes_back_from_its_row(database: Database, message: Message) -> None:
    with database.writing(TEAM) as work:
        work.outbox.say(message, to="C1", once="x")
    (row,) = rows(database)
    assert SCHEMA.words.message(row.kind, row.about) == message


def test_rows_of_earlier_versions_name_messages_by_words_that_are_still_known() -> None:
    assert [word for word in STABLE_WORDS if word not in SCHEMA.words] == []


@pytest.mark.parametrize(
    ("kind", "about", "expected"),
    [
        pytest.param(
            "Digest",
            {"member": "U1", "day": "2026-11-23", "issues": [1, 2], "tasks": [3], "to_deputy": True},
            Digest("U1", DAY, (Ref("issue", 1), Ref("issue", 2), Ref("task", 3)), to_deputy=True),
            id="a digest that named issues and tasks apart",
        ),
        pytest.param(
            "OverdueBoard",
            {"channel_id": "C1", "day": "2026-11-23", "issues": [], "tasks": [3]},
            OverdueBoard("C1", DAY, (Ref("task", 3),)),
            id="a board",
        ),
    ],
)
def test_a_row_of_an_earlier_version_is_read(kind: str, about: dict[str, Any], expected: Message) -> None:
    assert SCHEMA.words.message(kind, about) == expected
