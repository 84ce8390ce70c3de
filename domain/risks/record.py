"""A risk of a solution (T8)."""

from dataclasses import dataclass

from domain.core import Bilingual, NumberedRecord, Severity

_POINTS = {Severity.LOW: 0, Severity.MEDIUM: 1, Severity.HIGH: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk(NumberedRecord):
    """A risk of a project (T8) and what is done about it."""

    letter = "R"
    project_id: int
    what: Bilingual
    likelihood: Severity
    impact: Severity
    responses: tuple[Bilingual, ...] = ()
    owner: str = ""

    @property
    def level(self) -> Severity:
        return risk_level(self.likelihood, self.impact)


def risk_level(likelihood: Severity, impact: Severity) -> Severity:
    """Likelihood × impact: high with one high and the other at least medium; low × medium leans to the impact."""
    points = _POINTS[likelihood] + _POINTS[impact]
    if points == 1:
        return impact
    return Severity.HIGH if points > 2 else Severity.MEDIUM if points else Severity.LOW
