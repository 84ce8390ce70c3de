"""A kind of record that only the tests have: a visit to the workplace that somebody has promised."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from domain.cards.actions import confirm, give, note_in_thread, post_card, redraw_card
from domain.commitments.boards import refresh_reminders
from domain.commitments.ladder import EscalationLevel
from domain.commitments.queries import Commitment
from domain.core import AlreadyDone, Kind, Numbered, NumberedRecord, Promises, Stored, UnitOfWork, index, unique, words
from domain.forms.asked import Asked, Menu
from domain.forms.base import Form, Title
from domain.lifecycle.moves import move, unfinished
from domain.lifecycle.numbers import next_number
from domain.people.record import Member
from domain.permissions.people import DEPUTY, LEADS, OWNER
from domain.permissions.rights import Right
from handlers.commitments import listing
from handlers.core import Request, Routes, View, metadata_of
from handlers.core.records import Desk
from views.cards.looks import Look
from views.core import blocks as b, inputs
from views.home.help import Usage


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit(NumberedRecord):
    letter = "V"
    title: str
    owner: str
    due: date
    channel: str = ""
    created_by: str = ""
    planned_at: datetime
    made_at: datetime | None = None
    reason: str = ""
    snoozed_until: date | None = None
    escalated: tuple[EscalationLevel, ...] = ()

    @property
    def finished(self) -> bool:
        return self.made_at is not None


class VisitForm(Form):
    title: Annotated[Title, Asked(words("Where do you go, and what do you look at?"))]
    owner: Annotated[str, Asked(words("Owner"), menu=Menu.PERSON)]
    due: Annotated[date, Asked(words("Due date"))]


CHANGE_VISIT = Right[Visit](words("Only {who} can change {reference}."), OWNER, DEPUTY, LEADS)


def plan(work: UnitOfWork, member: Member, form: VisitForm, channel: str, now: datetime) -> Visit:
    new = Visit(
        number=next_number(work, Visit),
        channel=channel,
        created_by=member.user_id,
        planned_at=now,
        **form.model_dump(),
    )
    visit = work.of(Visit).add(new, by=member.user_id, at=now)
    confirm(work, visit, "planned", to=member.user_id, channel=channel, card=post_card(work, visit, channel))
    if visit.owner != member.user_id:
        give(work, visit, "given", to=visit.owner)
    return visit


def make(work: UnitOfWork, member: Member, visit_id: int, now: datetime) -> Visit:
    visit = unfinished(work, member, Visit, visit_id)
    return move(work, visit, by=member.user_id, now=now, verb="made", made_at=now).record


def already_made(_work: UnitOfWork, visit: Visit) -> AlreadyDone:
    return AlreadyDone(words("{reference} is done already ({who}).", reference=visit.reference, who=visit.owner))


VISIT: Kind[Visit] = Kind(
    "visit",
    words("visits"),
    (Stored(Visit, "visits", (unique("number"), index("due", empty="made_at"))),),
    numbered=Numbered(1, "gemba visit list", "gemba visit show", "gemba visit done"),
    may_change=CHANGE_VISIT.check,
    already=already_made,
    after=(redraw_card, note_in_thread, refresh_reminders),
    promises=Promises(since="planned_at", until="made_at", finish=make),
)
LOOK: Look[Visit, Commitment] = Look("visit")


def draw(request: Request, _work: UnitOfWork) -> View:
    fields = inputs(VisitForm, request.t, {"title": request.text, "owner": request.member.user_id})
    metadata = metadata_of(channel=request.channel_id)
    return b.modal("visit.add", "Plan a visit", fields, submit="Plan", close="Cancel", metadata=metadata)


ROUTES = Routes()
ROUTES.help("gemba", Usage("visit add TITLE", "plans a visit to the workplace"))
Desk(VISIT, VisitForm, draw, plan, listing("visit"), LOOK).serve(ROUTES, "走访")
