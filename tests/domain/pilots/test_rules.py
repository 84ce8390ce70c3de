"""How far pilot metrics have come, and when participants are asked."""

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from domain.calendars.working_days import calendar_of
from domain.core import UserError
from domain.measures.improvement import improvement
from domain.measures.targets import target
from domain.pilots.feedback_asks import Asking, asking_at
from domain.pilots.form import MetricLine, metric_lines
from domain.pilots.record import MetricStatus
from domain.pilots.status import metric_status

MET, NEARLY, NOT_FULLY, NOT_MET, NO_DATA = (
    MetricStatus.MET,
    MetricStatus.NEARLY_MET,
    MetricStatus.NOT_FULLY_MET,
    MetricStatus.NOT_MET,
    MetricStatus.NO_DATA,
)
WEEKEND = (5, 6)


@pytest.mark.parametrize(
    ("baseline", "values", "goal", "expected"),
    [
        pytest.param("5.0", ["4.2", "3.8", "3.5"], "≤3.0", NOT_FULLY, id="T7: order cycle, 75 % of the way"),
        pytest.param("8.0", ["6.5", "5.0", "4.0"], "≤3.0", NOT_FULLY, id="T7: order error rate, 80 % of the way"),
        pytest.param("85", ["88", "90", "92"], "≥95", NOT_MET, id="T7: customer satisfaction, 70 % of the way"),
        pytest.param(
            None, ["3.2", "3.8", "4.2"], "≥4.0", NEARLY, id="T7: proficiency, reached in the latest week only"
        ),
        pytest.param("5.0", ["4.2", "3.8", "3.2"], "≤3.0", NOT_FULLY, id="later: 90 % of the way"),
        pytest.param("5.0", ["3.5", "3.1"], "≤3.0", NEARLY, id="95 % of the way"),
        pytest.param("5.0", ["3.0", "2.9"], "≤3.0", MET, id="held for two weeks"),
        pytest.param("5.0", ["2.9"], "≤3.0", MET, id="reached in the only week"),
        pytest.param("5.0", ["2.9", "3.4", "3.0"], "≤3.0", NEARLY, id="reached, lost, reached again"),
        pytest.param("5.0", ["5.6"], "≤3.0", NOT_MET, id="worse than before"),
        pytest.param("5.0", [], "≤3.0", NO_DATA, id="no value yet"),
        pytest.param(None, ["3.0"], "≥4.0", NOT_FULLY, id="new metric at three quarters of its target"),
    ],
)
def test_status_of_a_pilot_metric(baseline: str | None, values: list[str], goal: str, expected: MetricStatus) -> None:
    before = None if baseline is None else Decimal(baseline)
    assert metric_status(before, [Decimal(value) for value in values], target(goal)) is expected


def test_eight_days_after_fifteen_are_47_percent_shorter() -> None:
    assert improvement(Decimal(15), Decimal(8), lower_is_better=True, step=Decimal(1)) == 47


@pytest.mark.parametrize(
    ("moment", "quiet", "country", "expected"),
    [
        pytest.param("2026-11-26 13:59", WEEKEND, "", None, id="Thursday, not yet two o'clock"),
        pytest.param("2026-11-26 14:00", WEEKEND, "", Asking.ASK, id="Thursday at two"),
        pytest.param("2026-11-26 16:59", WEEKEND, "", Asking.ASK, id="Thursday just before five"),
        pytest.param("2026-11-26 17:00", WEEKEND, "", None, id="Thursday at five: people go home"),
        pytest.param("2026-11-25 15:00", WEEKEND, "", None, id="Wednesday is too early"),
        pytest.param("2026-11-27 10:00", WEEKEND, "", Asking.NUDGE, id="Friday morning: the reminder"),
        pytest.param("2026-11-27 12:00", WEEKEND, "", None, id="Friday noon: nothing any more"),
        pytest.param("2026-11-25 15:00", (4, 5, 6), "", Asking.ASK, id="who is off on Fridays is asked on Wednesday"),
        pytest.param("2026-11-26 15:00", (4, 5, 6), "", None, id="and not again on Thursday afternoon"),
        pytest.param("2026-11-26 10:30", (4, 5, 6), "", Asking.NUDGE, id="but reminded on Thursday morning"),
        pytest.param("2026-11-25 15:00", (3, 5, 6), "", Asking.ASK, id="who is off on Thursdays is asked on Wednesday"),
        pytest.param("2026-11-26 15:00", (4, 5), "", Asking.ASK, id="who works Sunday to Thursday: Thursday"),
        pytest.param("2026-11-29 10:00", (4, 5), "", Asking.NUDGE, id="and reminded on Sunday, still the same week"),
        pytest.param("2026-11-24 15:00", (0, 2, 3, 4, 5, 6), "", Asking.ASK, id="who works on Tuesdays only: once"),
        pytest.param("2026-11-24 10:30", (0, 2, 3, 4, 5, 6), "", None, id="and is never reminded"),
        pytest.param("2026-11-26 15:00", tuple(range(7)), "", None, id="all days quiet: never"),
        pytest.param("2026-11-26 15:00", WEEKEND, "US", None, id="Thanksgiving: nobody is asked on a holiday"),
        pytest.param("2026-11-25 15:00", WEEKEND, "US", Asking.ASK, id="but the day before"),
    ],
)
def test_when_a_participant_is_asked(
    moment: str, quiet: tuple[int, ...], country: str, expected: Asking | None
) -> None:
    zone = ZoneInfo("Asia/Shanghai")
    now = datetime.fromisoformat(moment).replace(tzinfo=zone)
    assert asking_at(now, zone, quiet, calendar_of(country)) is expected


def test_metrics_are_read_from_lines_in_either_punctuation() -> None:
    assert metric_lines("Order cycle; days; 5.0; ≤3.0\n\n员工熟练度；of 5；-；不低于4") == (
        MetricLine(name="Order cycle", unit="days", baseline=Decimal("5.0"), target="≤3.0"),
        MetricLine(name="员工熟练度", unit="of 5", baseline=None, target="不低于4"),
    )


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        pytest.param("Order cycle; days; ≤3.0", 1, "write name;", id="a part is missing"),
        pytest.param("Cycle; days; 5; ≤3\nErrors; %; 8; 3", 2, "has no direction", id="a target without a direction"),
        pytest.param("Cycle; days; 5 hours; ≤3", 1, "is in {written}", id="a value in another unit"),
        pytest.param("Cycle; days; 5; ≤72 h", 1, "target is in {written}", id="a target in another unit"),
        pytest.param("\u200b; days; 5; ≤3", 1, "write name;", id="a name that nobody can see"),
        pytest.param("Cycle; days; often; ≤3", 1, "is not a number", id="no number"),
        pytest.param("Cycle; days; 5; ≤3\ncycle; days; 5; ≤3", 2, "is there twice", id="the same name twice"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(text: str, line: int, why: str) -> None:
    with pytest.raises(UserError) as caught:
        metric_lines(text)
    assert caught.value.words.values["line"] == line
    assert why in caught.value.words.values["problem"].message
