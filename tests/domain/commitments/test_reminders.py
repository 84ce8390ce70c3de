"""Who is reminded on which day, and what became of what was named."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.calendars.working_days import calendar_of
from domain.commitments.actions import snoozed_until
from domain.commitments.digests import Became, became
from domain.commitments.ladder import EscalationLevel, Lateness, days_overdue, lateness, level
from domain.commitments.queries import Commitment
from domain.core import Ref
from domain.people.record import WEEKEND, Workspace
from domain.people.working_hours import works_on

D = date.fromisoformat
NO_COUNTRY, CHINA, GERMANY = calendar_of(""), calendar_of("CN"), calendar_of("DE")


@pytest.mark.parametrize(
    "day, quiet, calendar, expected",
    [
        pytest.param("2026-11-23", WEEKEND, NO_COUNTRY, True, id="a Monday"),
        pytest.param("2026-11-22", WEEKEND, NO_COUNTRY, False, id="a Sunday"),
        pytest.param("2026-11-27", (4, 5, 6), NO_COUNTRY, False, id="a Friday that the person keeps free"),
        pytest.param("2026-11-28", (6,), NO_COUNTRY, True, id="a Saturday that the person works"),
        pytest.param("2026-10-01", WEEKEND, CHINA, False, id="National Day in China"),
        pytest.param("2026-10-01", WEEKEND, GERMANY, True, id="the same day in Germany"),
        pytest.param("2026-10-10", WEEKEND, CHINA, True, id="a make-up Saturday, for who keeps the usual weekend"),
        pytest.param("2026-10-10", (4, 5, 6), CHINA, False, id="a make-up Saturday, for who chose other quiet days"),
    ],
)
def test_the_days_on_which_a_person_works(day: str, quiet: tuple[int, ...], calendar: object, expected: bool) -> None:
    assert works_on(D(day), quiet, calendar) is expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "today, expected, overdue, told",
    [
        pytest.param("2026-11-23", Lateness.LATER, 0, EscalationLevel.OWNER, id="three working days before"),
        pytest.param("2026-11-24", Lateness.SOON, 0, EscalationLevel.OWNER, id="two working days before"),
        pytest.param("2026-11-26", Lateness.TODAY, 0, EscalationLevel.OWNER, id="on the day"),
        pytest.param("2026-11-27", Lateness.OVERDUE, 1, EscalationLevel.OWNER, id="one day overdue"),
        pytest.param("2026-11-29", Lateness.OVERDUE, 1, EscalationLevel.OWNER, id="a weekend does not count"),
        pytest.param("2026-12-02", Lateness.OVERDUE, 4, EscalationLevel.OWNER, id="four days overdue"),
        pytest.param("2026-12-03", Lateness.OVERDUE, 5, EscalationLevel.HEAD, id="five: the head of department"),
        pytest.param("2026-12-09", Lateness.OVERDUE, 9, EscalationLevel.HEAD, id="nine: still the head"),
        pytest.param("2026-12-10", Lateness.OVERDUE, 10, EscalationLevel.SPONSOR, id="ten: the sponsor"),
    ],
)
def test_the_ladder_of_something_due_on_a_thursday(
    today: str, expected: Lateness, overdue: int, told: EscalationLevel
) -> None:
    due, day = D("2026-11-26"), D(today)
    assert lateness(due, day, NO_COUNTRY) is expected
    assert days_overdue(due, day, NO_COUNTRY) == overdue
    assert level(overdue, Workspace()) is told


def line(**changes: Any) -> Commitment:
    item = Commitment(
        ref=Ref("issue", 1),
        reference="I-1",
        title="Scale is broken",
        owner="U1",
        due=D("2026-11-20"),
        channel="C1",
        process_id=None,
        snoozed_until=None,
        severity=None,
        card="",
        finished=False,
    )
    return replace(item, **changes)


@pytest.mark.parametrize(
    "changes, expected",
    [
        pytest.param({}, Became.OPEN, id="nothing happened"),
        pytest.param({"finished": True, "owner": "U2"}, Became.DONE, id="done, by whomever"),
        pytest.param({"owner": "U2"}, Became.HANDED_OVER, id="handed over"),
        pytest.param({"owner": "U2", "was_owner": ""}, Became.OPEN, id="a channel does not mind who owns it"),
        pytest.param({"due": D("2026-11-26")}, Became.MOVED, id="due later than the digest looks"),
        pytest.param({"due": D("2026-11-25")}, Became.OPEN, id="moved, but still within what the digest shows"),
        pytest.param({"due": None}, Became.MOVED, id="no due day any more"),
        pytest.param({"snoozed_until": D("2026-11-24")}, Became.SNOOZED, id="snoozed"),
        pytest.param({"snoozed_until": D("2026-11-23")}, Became.OPEN, id="the snooze ends today"),
    ],
)
def test_what_became_of_a_line(changes: dict[str, Any], expected: Became) -> None:
    given = {"was_owner": "U1"} | changes
    was_owner = given.pop("was_owner")
    now = became(line(**given), D("2026-11-23"), last_due=D("2026-11-25"), was_owner=was_owner)
    assert now is expected


@pytest.mark.parametrize(
    "until, today, expected",
    [
        ("tomorrow", "2026-11-23", "2026-11-24"),
        ("monday", "2026-11-23", "2026-11-30"),
        ("monday", "2026-11-29", "2026-11-30"),
    ],
)
def test_snoozing_until(until: str, today: str, expected: str) -> None:
    assert snoozed_until(until, D(today)) == D(expected)
