"""The level of a risk: every pair of likelihood and impact, with the worked example T8."""

import pytest

from domain.core import Severity
from domain.risks.record import risk_level

HIGH, MEDIUM, LOW = Severity.HIGH, Severity.MEDIUM, Severity.LOW


@pytest.mark.parametrize(
    "likelihood, impact, level",
    [
        pytest.param(HIGH, HIGH, HIGH, id="both high"),
        pytest.param(HIGH, MEDIUM, HIGH, id="likely, and it hurts"),
        pytest.param(MEDIUM, HIGH, HIGH, id="T8: front-line staff resist the new process"),
        pytest.param(MEDIUM, MEDIUM, MEDIUM, id="T8: urgent orders are not covered"),
        pytest.param(HIGH, LOW, MEDIUM, id="likely, but it hardly hurts"),
        pytest.param(LOW, HIGH, MEDIUM, id="grave, but unlikely"),
        pytest.param(LOW, MEDIUM, MEDIUM, id="T8: data do not fit; the impact is the larger"),
        pytest.param(MEDIUM, LOW, LOW, id="the impact is the smaller"),
        pytest.param(LOW, LOW, LOW, id="both low"),
    ],
)
def test_the_level_of_a_risk(likelihood: Severity, impact: Severity, level: Severity) -> None:
    assert risk_level(likelihood, impact) is level
