"""When an issue is due if nobody says, and how late it is."""

from datetime import date, timedelta

import pytest

from domain.calendars.working_days import calendar_of
from domain.commitments.due_dates import default_due, due_days
from domain.commitments.ladder import EscalationLevel, Lateness, days_overdue, lateness, level
from domain.core import Severity
from domain.people.record import Workspace

WORKSPACE, CHINA = Workspace(), Workspace(country="CN")
MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    "severity, workspace, filed, due",
    [
        pytest.param(Severity.HIGH, WORKSPACE, MONDAY, "2026-11-26", id="high: 3 working days"),
        pytest.param(Severity.MEDIUM, WORKSPACE, MONDAY, "2026-12-07", id="medium: 10"),
        pytest.param(Severity.LOW, WORKSPACE, MONDAY, "2026-12-21", id="low: 20"),
        pytest.param(Severity.HIGH, WORKSPACE, date(2026, 11, 28), "2026-12-02", id="filed on a Saturday"),
        pytest.param(Severity.HIGH, CHINA, date(2026, 9, 30), "2026-10-10", id="China: over the holiday, made-up day"),
        pytest.param(Severity.HIGH, Workspace(due_days_high=1), MONDAY, "2026-11-24", id="a setting changes it"),
    ],
)
def test_an_issue_is_due_by_its_severity(severity: Severity, workspace: Workspace, filed: date, due: str) -> None:
    assert default_due(severity, filed, workspace) == date.fromisoformat(due)


def test_every_severity_has_its_days() -> None:
    assert {severity: due_days(severity, WORKSPACE) for severity in Severity} == {
        Severity.HIGH: 3,
        Severity.MEDIUM: 10,
        Severity.LOW: 20,
    }


@pytest.mark.parametrize(
    "country, due, today, expected",
    [
        pytest.param("", "2026-11-26", "2026-11-23", Lateness.LATER, id="three working days before"),
        pytest.param("", "2026-11-25", "2026-11-23", Lateness.SOON, id="two working days before"),
        pytest.param("", "2026-11-30", "2026-11-27", Lateness.SOON, id="Monday is soon on Friday"),
        pytest.param("", "2026-11-23", "2026-11-23", Lateness.TODAY, id="on the day"),
        pytest.param("", "2026-11-22", "2026-11-23", Lateness.OVERDUE, id="the day after, were it a Sunday"),
        pytest.param("CN", "2026-10-09", "2026-09-30", Lateness.SOON, id="over a holiday of a week"),
        pytest.param("", "2026-10-09", "2026-09-30", Lateness.LATER, id="the same where there is no holiday"),
    ],
)
def test_how_near_the_due_day_is(country: str, due: str, today: str, expected: Lateness) -> None:
    assert lateness(date.fromisoformat(due), date.fromisoformat(today), calendar_of(country)) is expected


@pytest.mark.parametrize(
    "country, due, today, days",
    [
        pytest.param("", "2026-11-20", "2026-11-23", 1, id="Friday is one day overdue on Monday"),
        pytest.param("", "2026-11-20", "2026-11-22", 0, id="and none on Sunday"),
        pytest.param("", "2026-11-23", "2026-11-20", 0, id="not due yet"),
        pytest.param("CN", "2026-09-18", "2026-09-20", 1, id="China: a Sunday that is made up counts"),
    ],
)
def test_overdue_is_counted_in_working_days(country: str, due: str, today: str, days: int) -> None:
    assert days_overdue(date.fromisoformat(due), date.fromisoformat(today), calendar_of(country)) == days


@pytest.mark.parametrize(
    "overdue, told",
    [
        (0, EscalationLevel.OWNER),
        (1, EscalationLevel.OWNER),
        (4, EscalationLevel.OWNER),
        (5, EscalationLevel.HEAD),
        (9, EscalationLevel.HEAD),
        (10, EscalationLevel.SPONSOR),
        (99, EscalationLevel.SPONSOR),
    ],
)
def test_the_ladder_goes_from_the_owner_to_the_head_to_the_sponsor(overdue: int, told: EscalationLevel) -> None:
    assert level(overdue, WORKSPACE) is told


def test_the_ladder_follows_the_settings() -> None:
    assert level(2, Workspace(escalate_days=2)) is EscalationLevel.HEAD
    assert level(3, Workspace(escalate_days=2, sponsor_days=3)) is EscalationLevel.SPONSOR


def test_lateness_never_goes_back_as_days_pass() -> None:
    steps = [lateness(date(2026, 10, 9), date(2026, 9, 25) + timedelta(days=n), calendar_of("CN")) for n in range(20)]
    assert steps == sorted(steps, key=list(Lateness).index)
