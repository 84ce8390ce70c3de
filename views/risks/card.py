"""How risks look: one, a list, a line in its project, and what is said when one is added."""

from collections.abc import Sequence
from typing import NamedTuple

from domain.core import Bilingual, Command, Severity
from domain.risks.record import Risk
from views.core import Language, Mrkdwn, blocks as b, bold, join, lines, person, said
from views.core.lists import left_out

LEVEL_SIGN = {Severity.HIGH: "🔴", Severity.MEDIUM: "🟡", Severity.LOW: "🟢"}
SHOWN, TEXT, ANSWERS = 10, 200, 800


class RiskFacts(NamedTuple):
    risk: Risk
    project: Bilingual


def card(facts: RiskFacts, t: Language) -> b.Rendered:
    """One risk, with the way to its project."""
    risk = facts.risk
    rows = (
        (t("Level"), f"{LEVEL_SIGN[risk.level]} {t.label(risk.level)}"),
        (t("Owner"), person(risk.owner) if risk.owner else t("nobody's yet")),
        (t("Likelihood"), t.label(risk.likelihood)),
        (t("Impact"), t.label(risk.impact)),
        (t("Project"), t.name(facts.project)),
    )
    answers = [t.format(one) for one in risk.responses] or [t("no response yet")]
    blocks = [
        b.header(f"{risk.reference} · {t.format(risk.what)}"),
        b.facts(rows),
        b.section(bold(t("Response"))),
        b.bullets(answers),
        b.actions(b.button(t("Show the project"), "command.run", f"gemba project show {facts.project}")),
    ]
    return b.Rendered(_what(risk, t), blocks)


def listing(risks: Sequence[RiskFacts], t: Language) -> b.Rendered:
    """A private list, the gravest first, cut after ten."""
    if not risks:
        return b.sentence(t.markup("No risks here. Add one with {command}.", command=Command("gemba risk add")))
    rows = [b.section(lines(line(one.risk, t), said(t.name(one.project)))) for one in risks[:SHOWN]]
    return b.Rendered(t("Risks"), [b.header(t("Risks")), *rows, *left_out(len(risks) - SHOWN, t)])


def line(risk: Risk, t: Language) -> Mrkdwn:
    """Its level first: `🔴 R-1 High: staff resist the new process`, what it follows from, what is done about it."""
    parts = [t("Likelihood: {likelihood}", likelihood=risk.likelihood), t("Impact: {impact}", impact=risk.impact)]
    parts += [person(risk.owner)] if risk.owner else []
    answer = b.cut(t.listed([t.format(one) for one in risk.responses]), ANSWERS) or t("no response yet")
    return lines(_what(risk, t), join(" · ", parts), said(t("Response: {response}", response=answer)))


def receipt(facts: RiskFacts, t: Language) -> b.Rendered:
    """To who added it: the number first."""
    risk = facts.risk
    text = t.markup("Added as {number} to {project}.", number=bold(risk.reference), project=t.name(facts.project))
    return b.sentence(lines(text, line(risk, t)))


def given(facts: RiskFacts, t: Language) -> b.Rendered:
    """To its owner, where somebody else added it."""
    risk = facts.risk
    text = t.markup("You answer for risk {number} of {project}.", number=risk.reference, project=t.name(facts.project))
    return b.sentence(lines(text, line(risk, t)))


def _what(risk: Risk, t: Language) -> Mrkdwn:
    level_and_risk = t("{level}: {risk}", level=risk.level, risk=b.cut(t.format(risk.what), TEXT))
    return Mrkdwn(f"{LEVEL_SIGN[risk.level]} {said(risk.reference)} {bold(level_and_risk)}")
