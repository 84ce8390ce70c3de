"""The optimization log: what was changed, and what it brought."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.cards.actions import confirm, post_card
from domain.core import Activity, AlreadyDone, Command, Ref, UnitOfWork, words
from domain.issues.queries import process_by_name
from domain.issues.record import Issue
from domain.lifecycle.moves import changeable, move
from domain.lifecycle.numbers import next_number, number_in
from domain.optimizations.form import OptimizationForm
from domain.optimizations.record import Optimization
from domain.people.record import Member, Notice
from domain.people.routing import channel_for, link_to, process_of
from domain.pilots.record import Pilot
from domain.processes.record import Process
from domain.text.likeness import likeness, tokens

LISTED = 50
LINKS_LOOKED_AT, LINKS_SHOWN = 500, 30


@dataclass(frozen=True, slots=True)
class OptimizationFacts:
    """An optimization with what it names. `link` is the address of its card, `issue_link` that of its issue's."""

    optimization: Optimization
    process: Process | None = None
    issue: Issue | None = None
    pilot: Pilot | None = None
    link: str = ""
    issue_link: str = ""


def log_optimization(
    work: UnitOfWork, member: Member, form: OptimizationForm, channel: str, *, now: datetime
) -> Optimization:
    """Record it, and show it in the process's channel, or where it was typed (`channel`)."""
    made = work.of(Optimization).add(
        Optimization(
            number=next_number(work, Optimization),
            channel=channel_for(work, process_of(work, form.process), channel, Notice.OPTIMIZATIONS),
            by=member.user_id,
            **_typed(form, member),
        ),
        by=member.user_id,
        at=now,
        verb="logged",
    )
    card = post_card(work, made, made.channel)
    confirm(work, made, "logged", to=member.user_id, channel=channel, card=card)
    return made


def mend_optimization(
    work: UnitOfWork, member: Member, optimization_id: int, form: OptimizationForm, version: int, *, now: datetime
) -> Optimization:
    """Write the record anew. Raises AlreadyDone when it is no longer as it was at `version`."""
    optimization = changeable(work, member, Optimization, optimization_id)
    if version_of(work, optimization) != version:
        raise AlreadyDone(
            "Somebody else changed {reference} in the meantime. Copy what you need from here, close the form "
            "and open it again.",
            reference=optimization.reference,
        )
    return move(work, optimization, by=member.user_id, now=now, verb="mended", **_typed(form, member)).record


def version_of(work: UnitOfWork, optimization: Optimization) -> int:
    """The last change of a record: its activity's id."""
    last = work.of(Activity).find(subject="optimizations", subject_id=optimization.id, order="-id", limit=1)
    return last[0].id if last else 0


def optimizations_for(work: UnitOfWork, process: str) -> list[Optimization]:
    """The newest first; of one process where it is named. Raises NotFound for an unknown one."""
    if not process.strip():
        return work.of(Optimization).find(order="-date", limit=LISTED)
    unknown = words(
        "There is no process “{name}”. Type {command} to see them all.",
        name=process.strip(),
        command=Command("optimize list"),
    )
    chosen = process_by_name(work, process, unknown)
    return work.of(Optimization).find(process_id=chosen.id, order="-date", limit=LISTED)


def issues_to_link(work: UnitOfWork, typed: str) -> list[Issue]:
    """Issues that an optimization may answer, open or closed: by number, by words, else the newest."""
    recent = work.of(Issue).find(order="-id", limit=LINKS_LOOKED_AT)
    number = number_in(typed, Issue)
    if number is not None:
        return [issue for issue in recent if str(issue.number).startswith(str(number))][:LINKS_SHOWN]
    wanted, folded = tokens(typed), typed.strip().casefold()
    if not folded:
        return recent[:LINKS_SHOWN]
    matches = [issue for issue in recent if folded in issue.title.casefold() or likeness(wanted, tokens(issue.title))]
    return matches[:LINKS_SHOWN]


def facts_of(work: UnitOfWork, optimization: Optimization) -> OptimizationFacts:
    issue, pilot = optimization.issue_id, optimization.pilot_id
    return OptimizationFacts(
        optimization,
        process_of(work, optimization.process_id),
        work.of(Issue).one(id=issue) if issue else None,
        work.of(Pilot).one(id=pilot) if pilot else None,
        link_to(work, Ref("optimization", optimization.id).card),
        link_to(work, Ref("issue", issue).card) if issue else "",
    )


def _typed(form: OptimizationForm, member: Member) -> dict[str, Any]:
    """What goes from the form into the record. Who logs it owns it unless somebody is named."""
    return {name: getattr(form, name) for name in ("date", "background", "measures", "effects", "remarks")} | {
        "process_id": form.process,
        "owner": form.owner or member.user_id,
        "issue_id": form.issue,
        "pilot_id": form.pilot,
    }
