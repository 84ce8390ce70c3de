"""The buttons on things owed, wherever they are listed: done, a new date, not today."""

from collections.abc import Callable

from domain.commitments import actions as use
from domain.commitments.digests import reminders_of
from domain.commitments.form import NewDate
from domain.commitments.lists import listed, which_list
from domain.commitments.queries import Commitment, commitment
from domain.core import AlreadyDone, Ref, UnitOfWork
from handlers.core import Done, Open, Reply, Request, Routes, Say, form_of, metadata_of
from views.commitments import dialogs as commitment_dialogs, lists as commitment_lists
from views.commitments.carried import Moved, Snoozed
from views.core import Rendered

routes = Routes()


@routes.action("owed.done")
def finish(request: Request) -> Reply:
    ref = _about(request)
    owed = _moved(request, request.value, ref, lambda work: use.finish(work, request.member, ref, now=request.now))
    return _answer(request, ref, request.value, commitment_dialogs.done(owed, request.t))


@routes.action("owed.snooze")
def snooze(request: Request) -> Reply:
    """The menu's value: until when, and where the line stands."""
    ref = _about(request)
    snoozed = request.carried(Snoozed)
    until, origin = snoozed.until, snoozed.origin
    owed = _moved(request, origin, ref, lambda work: use.snooze(work, request.member, ref, until, now=request.now))
    return _answer(request, ref, origin, commitment_dialogs.snoozed(owed, request.t))


@routes.action("owed.date")
def ask_date(request: Request) -> Reply:
    ref = _about(request)
    with request.reading() as work:
        owed = commitment(work, ref)
        origin = _digest(request, work, request.value, ref) or request.value
    metadata = metadata_of(kind=ref.kind, record=ref.id, origin=origin)
    return Open(commitment_dialogs.date_form(owed, request.t, metadata))


@routes.submission("owed.date")
def submit_date(request: Request) -> Reply:
    form, kept = form_of(request, NewDate), request.metadata
    origin = str(kept.get("origin", ""))
    ref = Ref(kept["kind"], kept["record"])

    def postpone(work: UnitOfWork) -> Commitment:
        return use.postpone(work, request.member, ref, form.due, reason=form.reason, now=request.now)

    owed = _moved(request, origin, ref, postpone)
    return Done() if _in_digest(origin) else Say(commitment_dialogs.moved(owed, request.t))


def _moved(request: Request, origin: str, ref: Ref, move: Callable[[UnitOfWork], Commitment]) -> Commitment:
    """Settle or move it, and its digest with it. Where somebody was first, the digest shows that, too."""
    try:
        with request.writing() as work:
            moved = move(work)
            use.refresh_digest(work, _digest(request, work, origin, ref))
    except AlreadyDone:
        with request.writing() as work:
            use.refresh_digest(work, _digest(request, work, origin, ref))
        raise
    return moved


def _about(request: Request) -> Ref:
    """The record that an action id names: `owed.done:task:12`."""
    named = Moved.read(request.name)
    return Ref(named.kind, named.record)


def _digest(request: Request, work: UnitOfWork, origin: str, ref: Ref) -> str:
    """The name of the digest that the line stands in; empty where it stands elsewhere.

    Digests of before say only the day: whose they are follows from where they stand. The Home tab says no more either:
    it shows what the reader's own digest does.
    """
    if not _in_digest(origin):
        return ""
    if "@" in origin:
        return origin
    container = request.payload.get("container") or {}
    place = str(container.get("channel_id", "")), str(container.get("message_ts", ""))
    owner = use.whose_digest(work, ref, origin, place)
    return use.digest_name(owner or request.member.user_id, origin)


def _in_digest(origin: str) -> bool:
    return bool(origin) and ":" not in origin


def _answer(request: Request, ref: Ref, origin: str, said: Rendered) -> Reply:
    """A digest shows it by itself, a list is shown anew, elsewhere a sentence says it."""
    if _in_digest(origin):
        return Done()
    if origin.startswith("list:"):
        with request.reading() as work:
            return Say(_list(request, work, ref.kind, origin.removeprefix("list:")), replace=True)
    return Say(said)


def listing(kind: str) -> Callable[[Request, UnitOfWork], Rendered]:
    """`list [mine|channel|overdue]` of a kind that people promise."""
    return lambda request, work: _list(request, work, kind, f"{request.text}@{request.channel_id}")


def _list(request: Request, work: UnitOfWork, kind: str, origin: str) -> Rendered:
    """The list that `origin` names: what was asked for, and where."""
    wanted, _, channel = origin.partition("@")
    which, today = which_list(wanted), request.today(work)
    lines = reminders_of(work, listed(work, kind, which, request.member, channel, today), today)
    things = work.kinds.named(kind).word
    return commitment_lists.listing(lines, request.t, f"list:{origin}", which=which, things=things, kind=kind)
