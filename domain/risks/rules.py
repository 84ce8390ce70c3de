"""How grave a risk is, by how likely it is and what it would do."""

from domain.core.severity import Severity

_POINTS = {Severity.LOW: 0, Severity.MEDIUM: 1, Severity.HIGH: 2}


def risk_level(likelihood: Severity, impact: Severity) -> Severity:
    """Likelihood × impact: high with one high and the other at least medium; low × medium leans to the impact."""
    match _POINTS[likelihood] + _POINTS[impact]:
        case 3 | 4:
            return Severity.HIGH
        case 2:
            return Severity.MEDIUM
        case 1 if impact is Severity.MEDIUM:
            return Severity.MEDIUM
    return Severity.LOW
