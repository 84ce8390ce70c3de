"""What has to hold: at every moment, and once everything is quiet (the promise of docs/operations.md)."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from pydantic_core import to_jsonable_python
from sqlalchemy import Row, select

from bot.gateway import EVENT_TYPE
from bot.sending import MOST_ATTEMPTS
from domain.enumerations import KpiState
from domain.ports import UnitOfWork
from domain.rules.slots import Every, local_instant, rule
from domain.use_cases.boards import board_key, digest_key
from domain.use_cases.issues import card_key
from domain.use_cases.kpis import alert_key
from domain.use_cases.owed import owed_item
from domain.use_cases.places import zone
from sandbox.base import BOT_USER, Json
from storage import tables
from storage.outbox import WAITING, message_of
from storage.queue import LEASE
from storage.repository import UNRECORDED
from storage.unit_of_work import REPOSITORIES
from tests.machine.town import CHANNELS, PEOPLE, TEAM
from tests.machine.world import World, without_ladder

MAY_PASS = frozenset(
    ("Digest", "OverdueBoard", "Escalation", "KpiValueMissing", "TaskGiven", "IssueHandedOver", "WeeklySyncDetail",
     "SyncAsk", "FeedbackAsk", "TargetStopped"),
)  # fmt: skip
"""What there may be nothing to say of any more when its turn comes."""
TURN = 3.0  # seconds that a rate may make one message wait
STEP = 10.0
LINK = re.compile(r"<http[^|>]*\|([^>]*)>")


def said_once(world: World) -> None:
    """At every moment each message is there at most once."""
    for token, messages in _ours(world).items():
        assert len(messages) == 1, f"row {token} is there {len(messages)} times: {messages[0]['text']!r}"


def settle(world: World) -> None:
    """Nothing goes wrong any more: within two leases everything is out."""
    world.edges.forget()
    world.slack.faults.end()
    for channel in CHANNELS:
        world.invite(channel)
    replica = world.pick(0)
    replica.troubles.resume(TEAM, "")
    replica.sweep.run_due()
    waiting = _waiting(world)
    put_off = max((row.not_before for row in waiting if row.state != "sending"), default=world.time())
    limit = max(timedelta(0), put_off - world.time()) + 2 * LEASE + timedelta(seconds=TURN * (len(waiting) + 5))
    passed = timedelta(0)
    while world.deliver(0) or _waiting(world):
        assert passed < limit, f"not out after {limit}: {[*map(_named, _waiting(world))]}"
        world.pass_(STEP)
        passed += timedelta(seconds=STEP)
    world.pass_(60)  # what is late by then would have come


def check(world: World) -> None:
    """Call it once everything is quiet."""
    said_once(world)
    outbox = _all(world, tables.outbox)
    _nothing_broke(world)
    _rows_are_settled(world, outbox)
    _messages_stand(world, outbox)
    _lanes_are_in_order(world, outbox)
    with world.records.reading(TEAM) as work:
        _nothing_accepted_is_lost(world, work)
        _alerts_follow_values(world, work)
    _history_explains_records(world)
    _periods_were_run(world)
    _messages_show_what_is(world, outbox)


def _nothing_broke(world: World) -> None:
    """The broad `except` of jobs and messages hides nothing."""
    broke = [entry for entry in world.logged if entry["event"] in ("job failed", "message cannot be made")]
    assert not broke, broke


def _rows_are_settled(world: World, outbox: list[Row[Any]]) -> None:
    """Sent, or skipped or failed for a reason that is none of ours."""
    out = {row.key for row in outbox if row.state == "sent"}
    for row in outbox:
        if row.state == "failed":
            assert row.attempts >= MOST_ATTEMPTS, _named(row)
        elif row.state == "skipped":
            assert _may_be_skipped(row, out), _named(row)
        else:
            assert row.state == "sent", _named(row)


def _may_be_skipped(row: Row[Any], out: set[str]) -> bool:
    match row.error:
        case "its reason is gone":
            return row.kind in MAY_PASS
        case "too late to be of use":
            limit = message_of(row.kind, row.about).useful_for
            return limit is not None and row.settled_at - row.created_at > limit - timedelta(minutes=10)
        case "the message it answers is not there" | "the message is not there":
            return row.waits_for not in out
    return False


def _messages_stand(world: World, outbox: list[Row[Any]]) -> None:
    """What was sent is there, where it says; what is there was to be said."""
    ours, known = _ours(world), {str(row.id): row for row in outbox}
    for row in outbox:
        if row.action == "post" and row.state == "sent":
            assert [one["ts"] for one in ours.get(str(row.id), [])] == [row.ts], f"{_named(row)} is not there"
    for token, (message, *_) in ours.items():
        assert token in known and known[token].state == "sent", f"nobody meant to say {message['text']!r}"
    for row in outbox:
        if row.action == "whisper" and row.state == "sent":
            seen = world.slack.ephemerals.get(row.person, {})
            assert seen or str(row.id) in ours, f"{_named(row)} was whispered to nobody"


def _lanes_are_in_order(world: World, outbox: list[Row[Any]]) -> None:
    lanes = defaultdict(list)
    for row in outbox:
        if row.action == "post" and row.state == "sent":
            lanes[row.lane].append(row)
    for rows in lanes.values():
        for before, after in pairwise(rows):
            assert float(before.ts) < float(after.ts), f"{_named(after)} came before {_named(before)}"


def _nothing_accepted_is_lost(world: World, work: UnitOfWork) -> None:
    """What people were told is done stands so, and nothing else does."""
    there = {("issue", issue.id) for issue in work.issues.find()} | {("task", task.id) for task in work.tasks.find()}
    assert there == set(world.accepted.owed), f"{there} instead of {set(world.accepted.owed)}"
    for (kind, record_id), owed in world.accepted.owed.items():
        assert without_ladder(owed_item(work, kind, record_id)) == without_ladder(owed)
    assert {reading.period: reading.value for reading in work.kpi_readings.find()} == world.accepted.values
    keys = {row.key for row in _all(world, tables.outbox)}
    for kind, record_id in world.accepted.owed:
        wanted = (card_key(record_id), f"issue:{record_id}:filed") if kind == "issue" else (f"task:{record_id}:added",)
        assert keys.issuperset(wanted), wanted


def _alerts_follow_values(world: World, work: UnitOfWork) -> None:
    """Each crossing of the target opened one alert; none was closed but by a value."""
    alerts = work.kpi_alerts.find()
    assert len(alerts) == world.accepted.openings
    assert all(work.outbox.posted(alert_key(alert.id)) for alert in alerts)
    assert [alert.closed_at for alert in alerts].count(None) == world.accepted.beyond
    for alert in alerts:
        assert (alert.closed_at is None) == (alert.closed_by is None)
        assert alert.closed_by is None or work.kpi_readings.one(id=alert.closed_by) is not None
    (kpi,) = work.kpis.find()
    assert (kpi.state is KpiState.BREACHED) == world.accepted.beyond
    assert not work.kpi_readings.find(judged_at=None)


def _history_explains_records(world: World) -> None:
    """No state without an activity: its history, from the first entry on, gives the record as it is."""
    with world.records.reading(TEAM) as work:
        told: dict[tuple[str, int], Json] = defaultdict(dict)
        for entry in work.activities.find():
            told[entry.subject, entry.subject_id].update(entry.after)
        for name, (table, _) in REPOSITORIES.items():
            if table.name in UNRECORDED or name == "activities":
                continue
            for record in getattr(work, name).find():
                history = told.pop((table.name, record.id))
                shown = {field: to_jsonable_python(getattr(record, field)) for field in history}
                assert shown == to_jsonable_python(history), record
    assert not told, "history of what is not there"


def _periods_were_run(world: World) -> None:
    """Each local day (or week) since the beginning that has come due was run or noted, once."""
    now = world.clock.now()
    runs = defaultdict(list)
    for run in _all(world, tables.schedule_runs):
        runs[run.schedule_id].append(run.slot)
    for schedule in _all(world, tables.schedules):
        assert schedule.next_due > now, f"schedule {schedule.id} was not run"
        assert len(runs[schedule.id]) == len(set(runs[schedule.id]))
        if not isinstance(rule(schedule.rule), Every):
            assert sorted(runs[schedule.id]) == [str(day) for day in _days_due(world, schedule)], schedule


def _days_due(world: World, schedule: Row[Any]) -> Iterator[date]:
    """The local days of a schedule since the world began, counted on the calendar."""
    when, local = rule(schedule.rule), zone(schedule.timezone)
    assert not isinstance(when, Every)
    day = world.began.astimezone(local).date()
    while (due := local_instant(day, when.at, local)) <= world.clock.now():
        if due > world.began and when.weekday in (None, day.weekday()):
            yield day
        day += timedelta(days=1)


def _messages_show_what_is(world: World, outbox: list[Row[Any]]) -> None:
    """Cards, open alerts, and today's digests and boards look as they would if they were made now."""
    now, ours, made = world.clock.now(), _ours(world), []
    lagging = {row.waits_for for row in outbox if row.action == "update" and row.state == "failed"}
    with world.records.reading(TEAM) as work:
        zones = {member.user_id: member.timezone for member in work.members.find()}
        places = {channel.channel_id: channel.timezone for channel in work.channels.find()}
        cards = [card_key(issue.id) for issue in work.issues.find()]
        cards += [alert_key(alert.id) for alert in work.kpi_alerts.find(closed_at=None)]
        digests = [digest_key(person, now.astimezone(zone(zones[person])).date()) for person in PEOPLE]
        boards = [board_key(channel, now.astimezone(zone(places[channel])).date()) for channel in CHANNELS]
    wanted = {*cards, *digests, *boards} - lagging
    for row in outbox:
        if row.key in wanted and row.state == "sent":
            (message,) = ours[str(row.id)]
            made.append((row, message))
    for row, message in made:
        rendered = world.pick(0).render(_delivery_of(row))
        assert rendered is not None, _named(row)
        shown = (message["text"], _without_ids(message.get("blocks", [])))
        assert shown == (rendered.text, _without_ids(rendered.blocks)), (
            f"{_named(row)} shows an older state: {shown} instead of {rendered}"
        )


def _delivery_of(row: Row[Any]) -> Any:
    from storage.queue import _delivery

    values = dict(row._mapping) | {"trying": False}
    return _delivery(type("Row", (), values)())  # type: ignore[arg-type]


def _without_ids(value: Any) -> Any:
    """Without the ids that Slack gives to blocks and elements that have none, and without links to cards.

    A digest that went out before a card did does not link to it.
    """
    if isinstance(value, str):
        return LINK.sub(r"\1", value)
    if isinstance(value, list):
        return [_without_ids(item) for item in value]
    if isinstance(value, dict):
        return {key: _without_ids(item) for key, item in value.items() if key not in ("block_id", "action_id")}
    return value


def _ours(world: World) -> dict[str, list[Json]]:
    """The bot's messages by the row of the outbox that they name."""
    found = defaultdict(list)
    for messages in world.slack.workspace.messages.values():
        for message in messages.values():
            metadata = message.get("metadata") or {}
            if message["user"] == BOT_USER and metadata.get("event_type") == EVENT_TYPE:
                found[metadata["event_payload"]["key"]].append(message)
    return found


def _waiting(world: World) -> list[Row[Any]]:
    return [row for row in _all(world, tables.outbox) if row.state in WAITING]


def _all(world: World, table: Any) -> list[Row[Any]]:
    with world.records.engine.connect().execution_options(reading=True) as connection:
        return list(connection.execute(select(table).order_by(table.c.id)))


def _named(row: Row[Any]) -> str:
    return f"{row.action} {row.key} (row {row.id}) is {row.state} after {row.attempts} attempts: {row.error!r}"
