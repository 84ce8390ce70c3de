"""What was to be said stands in Slack: once, in its place, in order, and as things are now."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from types import SimpleNamespace
from typing import Any, cast

from sqlalchemy import Row

from bot.database import SCHEMA
from bot.delivery.sender import MOST_ATTEMPTS
from domain.commitments.boards import board_key, digest_key
from domain.core import Ref
from domain.issues.record import Issue
from domain.kpis.alerts.cards import alert_key
from domain.kpis.record import KpiAlert
from domain.people.record import Member, TeamChannel
from domain.people.routing import zone
from sandbox.base import Json
from storage import tables
from storage.outbox.queue import _delivery
from tests.machine.looking import named, ours, rows
from tests.machine.town import CHANNELS, OPEN, PEOPLE, TEAM
from tests.machine.world import World

MAY_PASS = frozenset(
    (
        "Digest",
        "OverdueBoard",
        "Escalation",
        "KpiValueMissing",
        "TaskGiven",
        "IssueHandedOver",
        "WeeklySyncDetail",
        "SyncAsk",
        "FeedbackAsk",
        "TargetStopped",
    ),
)
"""What there may be nothing to say of any more when its turn comes."""
LINK = re.compile(r"<http[^|>]*\|([^>]*)>")


def check(world: World) -> None:
    outbox, said = rows(world, tables.outbox), ours(world)
    _rows_are_settled(outbox)
    _messages_stand(outbox, said)
    _whispers_were_shown(world, outbox)
    _replies_are_in_their_threads(outbox, said)
    _lanes_are_in_order(outbox)
    _messages_show_what_is(world, outbox, said)


def _rows_are_settled(outbox: list[Row[Any]]) -> None:
    """Sent, or skipped or failed for a reason that is none of ours."""
    out = {row.key for row in outbox if row.state == "sent"}
    for row in outbox:
        if row.state == "failed":
            assert row.attempts >= MOST_ATTEMPTS, named(row)
        elif row.state == "skipped":
            assert _may_be_skipped(row, out), named(row)
        else:
            assert row.state == "sent", named(row)


def _may_be_skipped(row: Row[Any], out: set[str]) -> bool:
    match row.error:
        case "its reason is gone":
            return row.kind in MAY_PASS
        case "too late to be of use":
            limit = SCHEMA.words.message(row.kind, row.about).useful_for
            return limit is not None and row.settled_at - row.created_at > limit - timedelta(minutes=10)
        case "the message it answers is not there" | "the message is not there":
            return row.waits_for not in out
    return _is_given_up(row)


def _is_given_up(row: Row[Any]) -> bool:
    """The bot was thrown out while nobody knew whether it was out: alerts are said again then, digests are not."""
    return row.error == "it may be out, and cannot be looked up" and not row.may_repeat and row.target == OPEN


def _messages_stand(outbox: list[Row[Any]], said: dict[str, list[Json]]) -> None:
    """What was sent is there, where it says; what is there was to be said."""
    known = {row.token: row for row in outbox}
    for row in outbox:
        if row.action == "post" and row.state == "sent":
            assert [one["ts"] for one in said.get(row.token, [])] == [row.ts], f"{named(row)} is not there"
    for token, (message, *_) in said.items():
        row = known.get(token)
        assert row is not None and (row.state == "sent" or _is_given_up(row)), (message["text"], row)


def _whispers_were_shown(world: World, outbox: list[Row[Any]]) -> None:
    """In the channel or directly; again only by another attempt, for nobody can look it up."""
    whispers = defaultdict(list)
    for row in outbox:
        if row.action == "whisper":
            whispers[row.person].append(row)
    for person, mine in whispers.items():
        shown = len(world.slack.ephemerals.get(person, {}))
        least = sum(row.state == "sent" and not row.ts for row in mine)
        assert least <= shown <= sum(row.attempts for row in mine), f"{person} was shown {shown} of {least}"


def _replies_are_in_their_threads(outbox: list[Row[Any]], said: dict[str, list[Json]]) -> None:
    places = {row.key: (row.channel_id, row.ts) for row in outbox}
    for row in outbox:
        if row.in_thread and row.state == "sent":
            (message,) = said[row.token]
            place = row.channel_id, message.get("thread_ts")
            assert place == places[row.waits_for], f"{named(row)} is in another thread"


def _lanes_are_in_order(outbox: list[Row[Any]]) -> None:
    lanes = defaultdict(list)
    for row in outbox:
        if row.action == "post" and row.state == "sent":
            lanes[row.lane].append(row)
    for lane in lanes.values():
        for before, after in pairwise(lane):
            assert float(before.ts) < float(after.ts), f"{named(after)} came before {named(before)}"


def _messages_show_what_is(world: World, outbox: list[Row[Any]], said: dict[str, list[Json]]) -> None:
    """Cards, open alerts, and today's digests and boards look as they would if they were made now."""
    wanted = _standing(world) - {row.waits_for for row in outbox if row.action == "update" and row.state == "failed"}
    for row in outbox:
        if row.key in wanted and row.state == "sent":
            (message,) = said[row.token]
            claimed = cast(Row[Any], SimpleNamespace(**row._mapping, trying=False))
            rendered = world.pick(0).render(_delivery(claimed, SCHEMA.words.message(row.kind, row.about)))
            assert rendered is not None, named(row)
            shown = message["text"], _without_ids(message.get("blocks", []))
            anew = rendered.text, _without_ids(rendered.blocks)
            if row.kind in ("Digest", "OverdueBoard"):
                anew = anew[0], list(_as_far_as_told(anew[1], shown[1]))
            assert shown == anew, f"{named(row)} shows an older state: {shown} instead of {rendered}"


def _as_far_as_told(anew: list[Json], shown: list[Json]) -> Iterator[Json]:
    """What was done, moved, snoozed or handed over before the message went out first is left out there."""
    told = {line for block in shown if _is_settled(block) for line in block["text"]["text"].splitlines()}
    for block in anew:
        if not _is_settled(block):
            yield block
        elif lines := [line for line in block["text"]["text"].splitlines() if line in told]:
            yield {**block, "text": {**block["text"], "text": "\n".join(lines)}}


def _is_settled(block: Json) -> bool:
    return block["type"] == "section" and str(block["text"]["text"]).startswith(("✅", "📅", "💤", "➡️"))


def _standing(world: World) -> set[str]:
    """The keys of messages that are kept up to date."""
    now = world.clock.now()
    with world.records.reading(TEAM) as work:
        zones = {member.user_id: member.timezone for member in work.of(Member).find()}
        places = {channel.channel_id: channel.timezone for channel in work.of(TeamChannel).find()}
        cards = [Ref("issue", issue.id).card for issue in work.of(Issue).find()]
        alerts = [alert_key(alert.id) for alert in work.of(KpiAlert).find(closed_at=None)]
    digests = [digest_key(person, now.astimezone(zone(zones[person])).date()) for person in PEOPLE]
    boards = [board_key(channel, now.astimezone(zone(places[channel])).date()) for channel in CHANNELS]
    return {*cards, *alerts, *digests, *boards}


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
