"""Risks: what could go wrong in a project, and what is done about it."""

from datetime import datetime

from domain.cards.actions import confirm, give
from domain.core import Bilingual, Severity, UnitOfWork
from domain.lifecycle.numbers import next_number
from domain.people.actions import can_own
from domain.people.record import Member
from domain.risks.form import RiskForm
from domain.risks.record import Risk

GRAVEST_FIRST = (Severity.HIGH, Severity.MEDIUM, Severity.LOW)


def add_risk(work: UnitOfWork, member: Member, form: RiskForm, channel: str, now: datetime) -> Risk:
    """Keep a risk of a project. Its owner is told; who adds it is told its number in `channel`.

    Raises NotFound for a project that is not there.
    """
    can_own(work, form.owner)
    work.of(work.kinds.named("project").record).get(form.project)
    new = Risk(
        number=next_number(work, Risk),
        project_id=form.project,
        what=Bilingual(form.what),
        likelihood=form.likelihood,
        impact=form.impact,
        responses=tuple(map(Bilingual, form.responses)),
        owner=form.owner,
    )
    risk = work.of(Risk).add(new, by=member.user_id, at=now)
    confirm(work, risk, "added", to=member.user_id, channel=channel)
    if risk.owner not in ("", member.user_id):
        give(work, risk, "given", to=risk.owner)
    return risk


def risks_of(work: UnitOfWork, project_id: int | None = None) -> list[Risk]:
    """Of one project, or of all, the gravest first."""
    risks = work.of(Risk).find() if project_id is None else work.of(Risk).find(project_id=project_id)
    return sorted(risks, key=lambda risk: GRAVEST_FIRST.index(risk.level))
