"""KPIs from our own records, each figure by hand: on SQLite and on PostgreSQL."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from domain.core import Bilingual, UnitOfWork
from domain.issues.record import Issue, IssueStatus
from domain.kpis.record import Derived, Frequency, Kpi, KpiReading
from domain.kpis.sources.derived import derive_values, figure_for
from domain.people.record import Department
from domain.pilots.record import Feedback, Pilot
from domain.processes.record import Process
from domain.suggestions.record import Suggestion, SuggestionMode, SuggestionState
from storage.unit_of_work import Database
from tests.conftest import MONDAY

WEEK_END = date(2026, 11, 22)  # a Sunday; in Shanghai its week begins at 16:00 UTC on Sunday the 15th


def at(day: int, hour: int = 4) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def issue(work: UnitOfWork, number: int, filed: datetime, closed: datetime | None, due: int, **more: object) -> Issue:
    new = Issue(number=number, title=str(number), filed_at=filed, due=date(2026, 11, due), **more)  # type: ignore[arg-type]
    stored = work.of(Issue).add(new, by="U1", at=filed)
    if closed is None:
        return stored
    return (
        work.of(Issue)
        .change(stored, by="U1", at=closed, verb="closed", status=IssueStatus.CLOSED, finished_at=closed)
        .record
    )


@pytest.fixture
def furnished(database: Database) -> Database:
    """A week in Shanghai with two processes, of two departments."""
    with database.writing("T1") as work:
        work.set_workspace(by="", at=MONDAY, timezone="Asia/Shanghai", feedback_minimum=2)
        sales = work.of(Department).add(Department(name=Bilingual("Sales")), by="", at=MONDAY)
        orders = work.of(Process).add(Process(name=Bilingual("Orders"), department_id=sales.id), by="", at=MONDAY)
        other = work.of(Process).add(Process(name=Bilingual("Claims")), by="", at=MONDAY)
        issue(work, 1, at(16), at(18), due=18, process_id=orders.id)  # 2 days, in time
        issue(work, 2, at(12), at(19), due=18, process_id=orders.id)  # 7 days, late
        issue(work, 3, at(16), at(16, 16), due=17, process_id=other.id)  # half a day; closed on the 17th there
        issue(work, 4, at(10), at(15, 15), due=20, process_id=orders.id)  # closed in the week before
        issue(work, 5, at(10), None, due=19, process_id=orders.id)  # overdue at the end
        issue(work, 6, at(10), None, due=22, process_id=other.id)  # due that day: not overdue yet
        issue(work, 7, at(22, 17), None, due=23, process_id=orders.id)  # filed after its end
        again = issue(work, 8, at(9), at(17), due=30, process_id=orders.id)
        work.of(Issue).change(again, by="U1", at=at(20), verb="open", status=IssueStatus.OPEN, finished_at=None)
        rejected = issue(work, 9, at(9), None, due=30, process_id=orders.id)
        work.of(Issue).change(
            rejected, by="U1", at=at(20), verb="rejected", status=IssueStatus.REJECTED, finished_at=at(20)
        )
    return database


@pytest.mark.parametrize(
    "figure, scope, expected",
    [
        pytest.param(Derived.ISSUE_CYCLE_TIME, "all", "3.2", id="(2 + 7 + 0.5) / 3 = 3.17 days"),
        pytest.param(Derived.ISSUE_CYCLE_TIME, "process", "4.5", id="of the process: (2 + 7) / 2"),
        pytest.param(Derived.ISSUE_CYCLE_TIME, "department", "4.5", id="of the department's processes"),
        pytest.param(Derived.CLOSED_IN_TIME, "all", "66.7", id="two of three; the day is the one in Shanghai"),
        pytest.param(Derived.OVERDUE_RATE, "all", "33.3", id="one of three that were open at the end"),
        pytest.param(Derived.REOPEN_RATE, "all", "25.0", id="one of four closings"),
        pytest.param(Derived.PILOT_SATISFACTION, "all", None, id="nobody answered"),
        pytest.param(Derived.RESPONSE_TIME, "all", None, id="no suggestion"),
    ],
)
def test_each_figure_by_hand(furnished: Database, figure: Derived, scope: str, expected: str | None) -> None:
    with furnished.reading("T1") as work:
        process, department = work.of(Process).find(name="Orders")[0].id, work.of(Department).find()[0].id
        kpi = Kpi(
            name=Bilingual("x"),
            target="≤3 days",
            derived=figure,
            frequency=Frequency.WEEKLY,
            process_id=process if scope == "process" else None,
            departments=(department,) if scope == "department" else (),
        )
        assert figure_for(work, kpi, WEEK_END) == (Decimal(expected) if expected else None)


def test_satisfaction_needs_enough_answers(furnished: Database) -> None:
    kpi = Kpi(name=Bilingual("x"), target="≥4", derived=Derived.PILOT_SATISFACTION, frequency=Frequency.WEEKLY)
    with furnished.writing("T1") as work:
        pilot = Pilot(number=1, name=Bilingual("p"), starts=date(2026, 11, 2), ends=date(2026, 12, 2))
        pilot = work.of(Pilot).add(pilot, by="", at=MONDAY)
        found = []
        for member, week, rating in (("U1", 16, 5), ("U2", 9, 1), ("U2", 16, 4)):
            answer = Feedback(pilot_id=pilot.id, member=member, week=date(2026, 11, week), rating=rating, at=MONDAY)
            work.of(Feedback).add(answer, by=member, at=MONDAY)
            found.append(figure_for(work, kpi, WEEK_END))
    assert found == [None, None, Decimal("4.5")]


def test_the_first_decision_on_a_suggestion_counts(furnished: Database) -> None:
    kpi = Kpi(name=Bilingual("x"), target="≤3 days", derived=Derived.RESPONSE_TIME, frequency=Frequency.WEEKLY)
    with furnished.writing("T1") as work:
        for number, on, decided in ((1, 10, 13), (2, 16, 17), (3, 12, 20), (4, 12, 24)):
            new = Suggestion(number=number, text="x", mode=SuggestionMode.NAMED, on=date(2026, 11, on))
            one = work.of(Suggestion).add(new, by="U1", at=at(on))
            one = work.of(Suggestion).change(one, by="U2", at=at(decided), state=SuggestionState.CLASSIFIED).record
            work.of(Suggestion).change(one, by="U2", at=at(decided) + timedelta(days=6), state=SuggestionState.PLANNED)
        assert figure_for(work, kpi, WEEK_END) == Decimal("4.5"), "(1 + 8) / 2; the others are of other weeks"


def test_values_come_once_a_period_for_the_periods_that_have_ended(furnished: Database) -> None:
    new = Kpi(
        key="c", name=Bilingual("Cycle"), target="≤3 days", derived=Derived.ISSUE_CYCLE_TIME, frequency=Frequency.WEEKLY
    )
    with furnished.writing("T1") as work:
        work.of(Kpi).add(new, by="", at=MONDAY)
        assert [derive_values(work, now=MONDAY), derive_values(work, now=MONDAY)] == [2, 0]
        found = [(str(one.period), str(one.value), one.via) for one in work.of(KpiReading).find(order="period")]
    assert found == [("2026-11-15", "5.5", "derived"), ("2026-11-22", "3.2", "derived")]
