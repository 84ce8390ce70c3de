"""The suggestion box: what comes in, and that people hear of it."""

from datetime import UTC, date, datetime, time
from random import SystemRandom

from domain.cards.actions import confirm, post_card
from domain.core import NotFound, UnitOfWork
from domain.lifecycle.numbers import next_number, number_of
from domain.people.record import Member, is_triager
from domain.people.routing import today_of
from domain.suggestions.boxes import refresh_sign
from domain.suggestions.form import Origin, SuggestionForm
from domain.suggestions.record import PIPELINE, Suggestion, SuggestionMode, SuggestionState, WaitingSuggestion
from domain.suggestions.tracking_codes import code_for, code_hash, read_code

LISTED = 50
TAKES_IN = "suggestions"
"""The job that takes in what waits; its schedule says how long that may be."""


def collect(work: UnitOfWork, author: Member, form: SuggestionForm, origin: Origin, *, now: datetime) -> Suggestion:
    """Take a named or confidential suggestion, and tell its author the number."""
    new = Suggestion(
        number=next_number(work, Suggestion),
        text=form.text,
        mode=form.mode,
        author=author.user_id,
        box_id=origin.box,
        on=today_of(author, work.workspace, now),
    )
    suggestion = work.of(Suggestion).add(new, by=author.user_id, at=now, verb="collected")
    _announce(work, suggestion)
    confirm(work, suggestion, "received", to=author.user_id, channel=origin.channel)
    return suggestion


def collect_anonymous(work: UnitOfWork, form: SuggestionForm, origin: Origin, *, request: str, now: datetime) -> str:
    """Take an anonymous suggestion, and return its tracking code, which nothing that is stored can bring back later.

    It waits, without a number and unseen, until `take_in_waiting`: what a person does at the same time leads nowhere.
    Who wrote it is no argument, and what is not given cannot be stored. Of the time the record has only the
    workspace's day: the author's own could tell where they are. `request` is the id of the form that was sent: each
    delivery of it has the same code, and the first one's hash is how a further one is known. It must never be stored,
    not even as a request that was handled: with the salt it leads to the suggestion.
    """
    day = today_of(None, work.workspace, now)
    salt = _salt(work, day)
    code = code_for(request, salt)
    hashed = code_hash(code, salt)
    if work.of(Suggestion).one(code_hash=hashed) or work.of(WaitingSuggestion).one(code_hash=hashed):
        return code
    new = WaitingSuggestion(text=form.text, code_hash=hashed, box_id=origin.box, on=day)
    work.of(WaitingSuggestion).add(new, by="", at=_start_of(day))
    if not minutes_of_waiting(work):
        take_in_waiting(work)
    return code


def minutes_of_waiting(work: UnitOfWork) -> int:
    """How long an anonymous suggestion may wait until somebody sees it: the job that takes them in comes that often."""
    due = dict(work.default_schedules).get(TAKES_IN)
    return int(due.workspace.removeprefix("every ")) if due and due.workspace else 0


def take_in_waiting(work: UnitOfWork) -> int:
    """Number and announce the anonymous suggestions that wait, in random order; returns how many there were."""
    waiting = work.of(WaitingSuggestion).find()
    SystemRandom().shuffle(waiting)
    for one in waiting:
        new = Suggestion(
            number=next_number(work, Suggestion),
            text=one.text,
            mode=SuggestionMode.ANONYMOUS,
            code_hash=one.code_hash,
            box_id=one.box_id,
            on=one.on,
        )
        _announce(work, work.of(Suggestion).add(new, by="", at=_start_of(one.on), verb="collected"))
        work.of(WaitingSuggestion).remove(one.id)
    return len(waiting)


def announce_waiting(work: UnitOfWork) -> None:
    """Say the cards of suggestions that came in before there was a triage channel."""
    for suggestion in work.of(Suggestion).find(state=SuggestionState.COLLECTED):
        _say_card(work, suggestion)


def suggestion_by_code_or_number(work: UnitOfWork, member: Member, typed: str) -> Suggestion | WaitingSuggestion:
    """The suggestion of a tracking code, or of a number (`S-3`) for its author and triagers. Raises NotFound."""
    code = read_code(typed)
    if code:
        hashed = code_hash(code, work.workspace.salt)
        suggestion = work.of(Suggestion).one(code_hash=hashed) or work.of(WaitingSuggestion).one(code_hash=hashed)
        if suggestion is not None:
            return suggestion
    number = number_of(work, Suggestion, typed)
    if number is not None:
        numbered = work.of(Suggestion).one(number=number)
        if numbered is not None and (numbered.author == member.user_id or is_triager(member)):
            return numbered
        raise NotFound(
            "You made no suggestion S-{number} under your name. An anonymous one is found by its code only.",
            number=str(number),
        )
    raise NotFound(
        "No suggestion has this code. A code has ten characters, such as K7QF2-M2XPA; capitals and the dash do "
        "not matter. Please compare it with what you wrote down."
    )


def suggestions_of(work: UnitOfWork, member: Member) -> list[Suggestion]:
    """What a person suggested, named or confidential, the newest first."""
    return work.of(Suggestion).find(author=member.user_id, order="-id", limit=LISTED)


def suggestions_to_triage(work: UnitOfWork) -> list[Suggestion]:
    """Those that wait for a decision, the oldest first; then those under way."""
    waiting = work.of(Suggestion).find(state=SuggestionState.COLLECTED, limit=LISTED)
    return waiting + work.of(Suggestion).find(state=PIPELINE[:-1], limit=LISTED)


def _announce(work: UnitOfWork, suggestion: Suggestion) -> None:
    _say_card(work, suggestion)
    refresh_sign(work, suggestion)


def _say_card(work: UnitOfWork, suggestion: Suggestion) -> None:
    """Without a triage channel nothing is said; `announce_waiting` does it when there is one.

    Where none is known it is asked for anew: another replica may have set one just now, and announced what waited then.
    """
    triage = work.workspace.triage_channel or work.workspace_now().triage_channel
    post_card(work, suggestion, triage)


def _salt(work: UnitOfWork, day: date) -> str:
    return work.workspace.salt or work.set_workspace(by="", at=_start_of(day)).salt


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=UTC)
