"""Records in their tables: stored, changed, found by each kind of condition, with the activity of each change."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text

from domain.core import Activity, Before, NotFound, Present, Severity, Since, UnitOfWork
from domain.issues.record import Category, Dimension, Issue, IssueStatus
from domain.kpis.record import KpiReading
from domain.people.record import Member
from storage.unit_of_work import Database

TEAM, OTHER = "T1", "T2"
NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)


def issue(number: int, **fields: object) -> Issue:
    return Issue(**{"number": number, "title": f"Issue {number}", "filed_at": NOW, **fields})  # type: ignore[arg-type]


def store(database: Database, *issues: Issue, team: str = TEAM) -> list[Issue]:
    with database.writing(team) as work:
        return [work.of(Issue).add(one, by="U1", at=NOW, verb="filed") for one in issues]


def test_a_record_comes_back_as_it_was_stored(database: Database) -> None:
    (stored,) = store(database, issue(1, severity=Severity.HIGH, dimensions=(Dimension.COST, Dimension.RISK)))
    assert stored.id > 0
    with database.reading(TEAM) as work:
        assert work.of(Issue).get(stored.id) == stored
        assert work.of(Issue).one(number=1) == stored


def test_what_is_not_there_is_not_found(database: Database) -> None:
    with database.reading(TEAM) as work:
        assert work.of(Issue).one(number=1) is None and work.of(Issue).find() == [] and work.of(Issue).count() == 0
        for number in (1, 10**30):
            with pytest.raises(NotFound):
                work.of(Issue).get(number)


def test_a_change_is_stored_and_returned(database: Database) -> None:
    (stored,) = store(database, issue(1))
    with database.writing(TEAM) as work:
        changed = work.of(Issue).change(stored, by="U2", at=NOW, owner="U3", status=IssueStatus.PLANNED).record
    assert (changed.owner, changed.status, changed.title) == ("U3", IssueStatus.PLANNED, "Issue 1")
    with database.reading(TEAM) as work:
        assert work.of(Issue).get(stored.id) == changed


def test_every_change_has_its_activity_with_before_and_after(database: Database) -> None:
    (stored,) = store(database, issue(1, severity=Severity.LOW, times=Decimal("2.50"), due=date(2026, 11, 26)))
    later = NOW + timedelta(hours=1)
    with database.writing(TEAM) as work:
        work.of(Issue).change(stored, by="U2", at=later, verb="moved", due=date(2026, 12, 1), severity=Severity.HIGH)
    with database.reading(TEAM) as work:
        filed, moved = work.of(Activity).find(subject="issues", subject_id=stored.id)
    assert (filed.by, filed.verb, filed.at, filed.before) == ("U1", "filed", NOW, {})
    assert filed.after.items() >= {"number": 1, "severity": "low", "times": "2.50", "due": "2026-11-26"}.items()
    assert (moved.by, moved.verb, moved.at) == ("U2", "moved", later)
    assert moved.before == {"due": "2026-11-26", "severity": "low"}
    assert moved.after == {"due": "2026-12-01", "severity": "high"}


def test_what_slack_told_of_somebody_is_no_activity(database: Database) -> None:
    with database.writing(TEAM) as work:
        met = work.of(Member).add(Member(user_id="U1", name="Ana"), by="", at=NOW, verb="met")
        work.of(Member).change(met, by="", at=NOW, verb="seen", name="Anna")
        work.of(Member).change(met, by="U1", at=NOW, verb="settings", language="en")
    with database.reading(TEAM) as work:
        assert [one.verb for one in work.of(Activity).find()] == ["settings"]


FOUND = [
    pytest.param({}, [1, 2, 3, 4, 5], id="no condition: all"),
    pytest.param({"owner": "UA"}, [1, 2], id="a value"),
    pytest.param({"due": None}, [5], id="None: has no value"),
    pytest.param({"due": Present()}, [1, 2, 3, 4], id="Present: has one"),
    pytest.param({"owner": ("UA", "UC")}, [1, 2, 4], id="a tuple: any of"),
    pytest.param({"owner": ()}, [], id="an empty tuple: none of them"),
    pytest.param({"status": (IssueStatus.OPEN, IssueStatus.PLANNED)}, [1, 2, 4, 5], id="any of some words"),
    pytest.param({"due": (date(2026, 11, 24), date(2026, 11, 26))}, [2, 4], id="any of some days"),
    pytest.param({"times": (Decimal("10"), Decimal("1.5"))}, [1, 4], id="any of some decimals"),
    pytest.param({"filed_at": (NOW, NOW + timedelta(minutes=2))}, [1, 3], id="any of some instants"),
    pytest.param({"due": Before(date(2026, 11, 25))}, [1, 2], id="Before: earlier, and those without are not"),
    pytest.param({"due": Since(date(2026, 11, 25))}, [3, 4], id="Since: that day or later"),
    pytest.param({"filed_at": Before(NOW + timedelta(minutes=2))}, [1, 2], id="Before an instant"),
    pytest.param({"filed_at": Since(NOW + timedelta(minutes=2))}, [3, 4, 5], id="Since an instant"),
    pytest.param({"number": Since(4)}, [4, 5], id="Since a number"),
    pytest.param({"owner": "UA", "due": Before(date(2026, 11, 24))}, [1], id="both conditions"),
    pytest.param({"category": Category.MISSING_TOOL}, [3], id="a word of an enumeration"),
    pytest.param({"title": "Issue 1' OR '1'='1"}, [], id="text is never SQL"),
]


@pytest.fixture
def five(database: Database) -> Database:
    store(
        database,
        issue(1, owner="UA", due=date(2026, 11, 23), times=Decimal("1.5")),
        issue(2, owner="UA", due=date(2026, 11, 24), filed_at=NOW + timedelta(minutes=1)),
        issue(
            3,
            owner="UB",
            due=date(2026, 11, 25),
            filed_at=NOW + timedelta(minutes=2),
            status=IssueStatus.CLOSED,
            category=Category.MISSING_TOOL,
        ),
        issue(
            4,
            owner="UC",
            due=date(2026, 11, 26),
            filed_at=NOW + timedelta(minutes=3),
            times=Decimal("10"),
            status=IssueStatus.PLANNED,
        ),
        issue(5, filed_at=NOW + timedelta(minutes=4)),
    )
    store(database, issue(1, owner="UA", due=date(2026, 11, 23)), team=OTHER)
    return database


@pytest.mark.parametrize("conditions, numbers", FOUND)
def test_records_are_found_and_counted(five: Database, conditions: dict[str, Any], numbers: list[int]) -> None:
    with five.reading(TEAM) as work:
        assert [one.number for one in work.of(Issue).find(**conditions)] == numbers
        assert work.of(Issue).count(**conditions) == len(numbers)


def test_they_are_sorted_and_cut(five: Database) -> None:
    with five.reading(TEAM) as work:
        assert [one.number for one in work.of(Issue).find(order="-number", limit=2)] == [5, 4]
        assert [one.number for one in work.of(Issue).find(order="due", limit=3, due=Present())] == [1, 2, 3]
        assert [one.number for one in work.of(Issue).find(order="filed_at", owner=("UA", "UB"))] == [1, 2, 3]


def test_another_workspace_is_never_seen_and_never_changed(database: Database) -> None:
    (theirs,) = store(database, issue(1, title="Secret"), team=OTHER)
    with database.writing(TEAM) as work:
        assert work.of(Issue).find() == [] and work.of(Issue).count() == 0 and work.of(Activity).find() == []
        with pytest.raises(NotFound):
            work.of(Issue).get(theirs.id)
        with pytest.raises(NotFound):
            work.of(Issue).change(theirs, by="U1", at=NOW, title="Mine")
    with database.reading(OTHER) as work:
        assert [one.title for one in work.of(Issue).find()] == ["Secret"]


def test_the_same_number_may_be_in_two_workspaces_but_not_twice_in_one(database: Database) -> None:
    store(database, issue(1))
    store(database, issue(1), team=OTHER)
    with pytest.raises(Exception, match=r"(?i)unique"):
        store(database, issue(1))


def test_an_error_of_the_database_does_not_repeat_what_people_typed(database: Database) -> None:
    store(database, issue(1))
    with pytest.raises(Exception, match=r"(?i)unique") as raised:
        store(database, issue(1, title="my salary is 100"))
    assert "salary" not in str(raised.value)


def test_workspaces_with_rows_are_known(database: Database) -> None:
    for team in (TEAM, OTHER):
        with database.writing(team) as work:
            work.set_workspace(by="", at=NOW, name=team)
    assert sorted(database.teams()) == [TEAM, OTHER]


def test_settings_of_a_workspace_are_those_of_a_new_one_until_somebody_sets_them(database: Database) -> None:
    with database.writing(TEAM) as work:
        assert (work.workspace.id, work.workspace.due_days_high) == (0, 3)
        set_once = work.set_workspace(by="U1", at=NOW, due_days_high=2)
        assert work.workspace == set_once and set_once.salt
    with database.writing(TEAM) as work:
        changed = work.set_workspace(by="U1", at=NOW, country="CN")
    assert (changed.due_days_high, changed.country, changed.salt) == (2, "CN", set_once.salt)


def _close(work: UnitOfWork, number: int) -> None:
    found = work.of(Issue).one(number=number)
    assert found is not None
    work.of(Issue).change(found, by="U1", at=NOW, status=IssueStatus.CLOSED)


def test_what_a_unit_of_work_writes_it_reads_itself(database: Database) -> None:
    store(database, issue(1))
    with database.writing(TEAM) as work:
        _close(work, 1)
        found = work.of(Issue).one(number=1)
        assert found is not None and found.status is IssueStatus.CLOSED


def test_another_program_may_write_a_value_with_the_four_columns_it_knows(database: Database) -> None:
    statement = text("INSERT INTO kpi_readings (team_id, kpi_id, period, value) VALUES ('T1', 7, '2026-11-22', '3.4')")
    with database.engine.begin() as connection:
        connection.execute(statement)
    with database.reading(TEAM) as work:
        (reading,) = work.of(KpiReading).find(judged_at=None)
    assert (reading.kpi_id, reading.period, reading.value) == (7, date(2026, 11, 22), Decimal("3.4"))
    assert (reading.by, reading.recorded_at, reading.judged_at) == ("", None, None)
