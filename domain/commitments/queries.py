"""What people have promised: unfinished issues, open tasks and their like, as one kind of thing."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.commitments.ladder import EscalationLevel
from domain.core import Kind, Record, Ref, Severity, UnitOfWork
from domain.people.routing import processes_of_channel

_WEIGHT = {Severity.HIGH: 0, Severity.MEDIUM: 1, Severity.LOW: 2, None: 1}


@dataclass(frozen=True, slots=True)
class Commitment:
    """A record as its owner has promised it. `card` is the key of its message, empty where it has none."""

    ref: Ref
    reference: str
    title: str
    owner: str
    due: date | None
    channel: str
    process_id: int | None
    snoozed_until: date | None
    severity: Severity | None
    card: str
    finished: bool
    created_by: str = ""
    done_by: str = ""  # the command
    escalated: tuple[EscalationLevel, ...] = ()

    def overdue(self, today: date) -> bool:
        return self.due is not None and self.due < today

    def snoozed(self, today: date) -> bool:
        """Left out of the reminders today; escalation goes on."""
        return self.snoozed_until is not None and self.snoozed_until > today


def open_commitments(work: UnitOfWork, today: date, **given: Any) -> list[Commitment]:
    """What people have promised, overdue first, then by due day; what has no due day comes last."""
    commitments = []
    for kind, promises in work.kinds.promising():
        records = work.of(kind.record).find(**promises.open, **given)
        commitments += [_as_promised(kind, record) for record in records]
    return sort(commitments, today)


def open_in_channel(work: UnitOfWork, channel_id: str, today: date, **given: Any) -> list[Commitment]:
    """What is unfinished of a team channel: what stands in it, and what belongs to its processes.

    The database picks those that are `given` as due: most of what is open is not.
    """
    by_ref: dict[Ref, Commitment] = {}
    processes = processes_of_channel(work, channel_id)
    for kind, promises in work.kinds.promising():
        places: list[dict[str, Any]] = [{"channel": channel_id}]
        if processes and promises.process:
            places.append({promises.process: processes})
        for place in places:
            records = work.of(kind.record).find(**promises.open, **place, **given)
            by_ref |= {one.ref: one for one in (_as_promised(kind, record) for record in records)}
    return sort(by_ref.values(), today)


def read_commitments(work: UnitOfWork, refs: Collection[Ref], today: date) -> list[Commitment]:
    """These records as they are now, finished or not."""
    commitments = []
    for kind, _ in work.kinds.promising():
        if wanted := tuple(ref.id for ref in refs if ref.kind == kind.name):
            commitments += [_as_promised(kind, record) for record in work.of(kind.record).find(id=wanted)]
    return sort(commitments, today)


def commitment(work: UnitOfWork, ref: Ref) -> Commitment:
    """One of them. Raises NotFound."""
    kind, _ = work.kinds.promised(ref.kind)
    return commitment_of(work, work.of(kind.record).get(ref.id))


def commitment_of(work: UnitOfWork, record: Record) -> Commitment:
    return _as_promised(work.kinds.of(type(record)), record)


def sort(commitments: Iterable[Commitment], today: date) -> list[Commitment]:
    """Overdue first, then by due day, then by severity."""

    def place(item: Commitment) -> tuple[bool, date, int, str, int]:
        due = item.due or date.max
        return not item.overdue(today), due, _WEIGHT[item.severity], item.ref.kind, item.ref.id

    return sorted(commitments, key=place)


def _as_promised(kind: Kind[Any], promised: Any) -> Commitment:
    promises = kind.promises
    assert promises is not None, f"nobody promises a {kind.name}"
    return Commitment(
        ref=Ref(kind.name, promised.id),
        reference=promised.reference,
        title=promised.title,
        owner=promised.owner,
        due=promised.due,
        channel=promised.channel,
        process_id=promises.process_of(promised),
        snoozed_until=promised.snoozed_until,
        severity=promises.severity(promised) if promises.severity else None,
        card=kind.card_of(promised),
        finished=promised.finished,
        created_by=getattr(promised, "created_by", ""),
        done_by=f"{kind.numbered.done_by} {promised.reference}" if kind.numbered and kind.numbered.done_by else "",
        escalated=promised.escalated,
    )
