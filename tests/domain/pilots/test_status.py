"""How far a pilot metric has come: the worked example T7, and the edges of the four words."""

from decimal import Decimal

import pytest

from domain.measures.targets import target
from domain.pilots.record import MetricStatus
from domain.pilots.status import metric_status

MET, NEARLY, NOT_FULLY, NOT, NO_DATA = (
    MetricStatus.MET,
    MetricStatus.NEARLY_MET,
    MetricStatus.NOT_FULLY_MET,
    MetricStatus.NOT_MET,
    MetricStatus.NO_DATA,
)


@pytest.mark.parametrize(
    "baseline, values, goal, status",
    [
        pytest.param("5.0", "4.2 3.8 3.5", "≤3.0", NOT_FULLY, id="T7: order cycle"),
        pytest.param("8.0", "6.5 5.0 4.0", "≤3.0", NOT_FULLY, id="T7: order error rate"),
        pytest.param("85", "88 90 92", "≥95", NOT, id="T7: customer satisfaction"),
        pytest.param(None, "3.2 3.8 4.2", "≥4.0", NEARLY, id="T7: staff proficiency, new, in its first good week"),
        pytest.param("5.0", "4.2 3.8 3.5 3.2", "≤3.0", NOT_FULLY, id="T7, later: 90 % of the way"),
        pytest.param("5", "", "≤3", NO_DATA, id="before the first value"),
        pytest.param("5", "3", "≤3", MET, id="the only value reaches the target"),
        pytest.param("5", "4 3", "≤3", NEARLY, id="reached in the latest period only"),
        pytest.param("5", "4 3 2.9", "≤3", MET, id="held for two periods in a row"),
        pytest.param("5", "3 4 3", "≤3", NEARLY, id="two periods, but not in a row"),
        pytest.param("5", "3 2.9 3.1", "≤3", NEARLY, id="lost again, with 95 % of the way"),
        pytest.param("5", "3.11", "≤3", NOT_FULLY, id="just below 95 % of the way"),
        pytest.param("5", "3.51", "≤3", NOT, id="just below 75 % of the way"),
        pytest.param("5", "5.5", "≤3", NOT, id="worse than before"),
        pytest.param(None, "3.8", "≥4", NEARLY, id="without a baseline: 95 % of the target"),
        pytest.param("2", "4", "≤3", NOT, id="it was there before the pilot, and is not any more"),
        pytest.param("2", "4 3", "≤3", NEARLY, id="it was there before the pilot, and is again"),
        pytest.param(None, "7", "=0", NOT, id="seven defects are not nearly none"),
    ],
)
def test_the_status_of_a_metric(baseline: str | None, values: str, goal: str, status: MetricStatus) -> None:
    given = [Decimal(value) for value in values.split()]
    assert metric_status(None if baseline is None else Decimal(baseline), given, target(goal)) is status
