"""A kind of record that only the tests have: a visit to the workplace that somebody has promised."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.commitments.boards import refresh_reminders
from domain.commitments.ladder import Rung
from domain.core.errors import AlreadyDone
from domain.core.kind import Kind, Promises
from domain.core.ports import UnitOfWork
from domain.core.record import Record
from domain.core.stored import Stored, index, unique
from domain.core.wording import words
from domain.lifecycle.moves import move, unfinished
from domain.people.record import Member
from domain.permissions.people import DEPUTY, LEADS, OWNER
from domain.permissions.rights import Right


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit(Record):
    number: int
    title: str
    owner: str
    due: date
    channel: str = ""
    planned_at: datetime
    made_at: datetime | None = None
    reason: str = ""
    snoozed_until: date | None = None
    escalated: tuple[Rung, ...] = ()

    @property
    def reference(self) -> str:
        return f"V-{self.number}"

    @property
    def finished(self) -> bool:
        return self.made_at is not None


CHANGE_VISIT = Right[Visit](words("Only {who} can change {reference}."), OWNER, DEPUTY, LEADS)


def make(work: UnitOfWork, member: Member, visit_id: int, now: datetime) -> Visit:
    visit = unfinished(work, member, Visit, visit_id)
    return move(work, visit, by=member.user_id, now=now, verb="made", made_at=now).record


def already_made(_work: UnitOfWork, visit: Visit) -> AlreadyDone:
    return AlreadyDone(words("{reference} is done already ({who}).", reference=visit.reference, who=visit.owner))


VISIT: Kind[Visit] = Kind(
    "visit",
    words("visits"),
    (Stored(Visit, "visits", (unique("number"), index("due", empty="made_at"))),),
    may_change=CHANGE_VISIT.check,
    already=already_made,
    after=(refresh_reminders,),
    promises=Promises(since="planned_at", until="made_at", finish=make),
)
