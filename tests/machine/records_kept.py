"""What people were told is done stands in the records, once; and their history tells how each came to be so."""

from collections import defaultdict

from pydantic_core import to_jsonable_python

from bot.database import SCHEMA
from domain.commitments.queries import commitment
from domain.core import Activity, Ref, UnitOfWork
from domain.destinations.actions import notice_key
from domain.destinations.record import BlockedDestination
from domain.issues.record import Issue
from domain.kinds import KINDS
from domain.kpis.record import AlertClosing, KpiAlert, KpiReading
from domain.people.actions import FROM_SLACK
from domain.people.record import Member
from domain.tasks.record import Task
from sandbox.base import Json
from storage import tables
from storage.fields import names_of, values_of
from storage.tables import CORE
from storage.types import as_json
from tests.machine.looking import rows
from tests.machine.town import LIMIT, PEOPLE
from tests.machine.world import World, without_ladder

HEARSAY = {(Member, name) for name in FROM_SLACK}


def check(world: World, work: UnitOfWork) -> None:
    keys = {row.key for row in rows(world, tables.outbox)}
    _nothing_accepted_is_lost(world, work, keys)
    _each_request_is_remembered(world)
    _alerts_follow_values(work)
    _who_can_unblock_was_told(work, keys)
    _history_explains_records(work)


def _nothing_accepted_is_lost(world: World, work: UnitOfWork, keys: set[str]) -> None:
    """What people were told is done stands so, and nothing else does."""
    there = {Ref("issue", issue.id) for issue in work.of(Issue).find()} | {
        Ref("task", task.id) for task in work.of(Task).find()
    }
    assert there == set(world.accepted.owed), f"{there} instead of {set(world.accepted.owed)}"
    for ref, owed in world.accepted.owed.items():
        assert without_ladder(commitment(work, ref)) == without_ladder(owed)
        wanted = (ref.card, f"issue:{ref.id}:filed") if ref.kind == "issue" else (f"task:{ref.id}:added",)
        assert keys.issuperset(wanted), wanted
    assert {reading.period: reading.value for reading in work.of(KpiReading).find()} == world.accepted.values


def _each_request_is_remembered(world: World) -> None:
    """Those that were carried out, so that none is again; not those that were refused, which may be tried again."""
    remembered = {row.key for row in rows(world, tables.handled)}
    assert remembered == world.accepted.requests, remembered ^ world.accepted.requests


def _alerts_follow_values(work: UnitOfWork) -> None:
    """One alert for each time beyond the target, from its first value to the first one inside: none is closed without.

    What a correction took back is closed as such, and counts for nothing.
    """
    wanted: list[tuple[int, int | None]] = []
    for reading in work.of(KpiReading).find(order="period"):
        is_open = bool(wanted) and wanted[-1][1] is None
        if reading.value > LIMIT and not is_open:
            wanted.append((reading.id, None))
        elif reading.value <= LIMIT and is_open:
            wanted[-1] = wanted[-1][0], reading.id
    alerts = [alert for alert in work.of(KpiAlert).find() if alert.closing is not AlertClosing.CORRECTED]
    assert sorted((alert.opened_by, alert.closed_by or 0) for alert in alerts) == [(by, to or 0) for by, to in wanted]
    for alert in alerts:
        assert (alert.closed_at is None) == (alert.closed_by is None), alert
        assert work.outbox.posted(alert.card), alert
    assert not work.of(KpiReading).find(judged_at=None)


def _who_can_unblock_was_told(work: UnitOfWork, keys: set[str]) -> None:
    """Who can unblock a destination was told of it; none is blocked once all is resolved."""
    for destination in work.of(BlockedDestination).find():
        assert not destination.held, destination
        assert destination.told or destination.target in PEOPLE, destination
        assert keys.issuperset(notice_key(destination, person) for person in destination.told), destination


def _history_explains_records(work: UnitOfWork) -> None:
    """No state without an activity: its history, from the first entry on, gives the record as it is.

    What Slack says of people is nobody's act, and no part of it.
    """
    told: dict[tuple[str, int], Json] = defaultdict(dict)
    for entry in work.of(Activity).find():
        told[entry.subject, entry.subject_id].update(entry.after)
    for stored in (*CORE, *(one for kind in KINDS for one in kind.stored)):
        if not stored.recorded:
            continue
        for record in work.of(stored.record).find():
            assert (stored.table, record.id) in told, f"nobody made {record}"
            history = told.pop((stored.table, record.id))
            columns = as_json(values_of(SCHEMA.of(stored.record), record, names_of(stored.record)))
            acts = {name: value for name, value in history.items() if (stored.record, name) not in HEARSAY}
            assert {name: columns[name] for name in acts} == to_jsonable_python(acts), record
    assert not told, f"history of what is not there: {[*told]}"
