"""How grave a risk is, by how likely it is and what it would do."""

from domain.core.severity import Severity

_POINTS = {Severity.LOW: 0, Severity.MEDIUM: 1, Severity.HIGH: 2}


def risk_level(likelihood: Severity, impact: Severity) -> Severity:
    """Likelihood × impact: high with one high and the other at least medium; low × medium leans to the impact."""
    points = _POINTS[likelihood] + _POINTS[impact]
    if points == 1:
        return impact
    return Severity.HIGH if points > 2 else Severity.MEDIUM if points else Severity.LOW
