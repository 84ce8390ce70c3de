"""Facts that reports are made of, by hand: on SQLite and on PostgreSQL."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from domain.cards.messages import Card
from domain.core import Bilingual, Ref, UnitOfWork, Urgency
from domain.kpis.alerts.quality import AlertQuality, alert_quality
from domain.kpis.queries import export_rows
from domain.kpis.record import AlertClosing, Frequency, Kpi, KpiAlert, KpiReading, KpiState, KpiVersion
from domain.kpis.report import report_of
from domain.people.record import Department, TeamChannel
from domain.processes.record import Process
from storage.unit_of_work import Database
from tests.conftest import MONDAY

OCTOBER = date(2026, 10, 1)


def kpi(work: UnitOfWork, name: str, **fields: object) -> Kpi:
    given = {"key": name, "target": "≤3 days", "channel": "C1", "frequency": Frequency.MONTHLY, **fields}
    return work.of(Kpi).add(Kpi(name=Bilingual(name), **given), by="", at=MONDAY)  # type: ignore[arg-type]


def alert(work: UnitOfWork, of: Kpi, segment: str, days_ago: float, **fields: object) -> KpiAlert:
    made = KpiAlert(
        kpi_id=of.id,
        segment=segment,
        opened_by=1,
        opened_at=MONDAY - timedelta(days=days_ago),
        **{"card": f"card:{segment}", **fields},
    )  # type: ignore[arg-type]
    return work.of(KpiAlert).add(made, by="", at=MONDAY)


def test_alert_quality_counts_what_was_told_in_four_weeks_and_what_people_did(database: Database) -> None:
    with database.writing("T1") as work:
        ours, other = kpi(work, "a"), kpi(work, "b", channel="C2")
        five = {"acknowledged_at": MONDAY - timedelta(days=2, hours=-5)}
        alert(work, ours, "1", 2, **five)
        alert(work, ours, "2", 2, acknowledged_at=MONDAY - timedelta(days=2, hours=-7), closed_at=MONDAY)
        alert(work, ours, "3", 3, closed_at=MONDAY, closing=AlertClosing.DISMISSED)
        alert(work, ours, "4", 27)
        alert(work, ours, "5", 29, **five)  # before
        alert(work, ours, "6", 0)  # not before the end
        alert(work, ours, "7", 5, card="")  # over before anybody knew
        alert(work, other, "", 2, **five)
    with database.reading("T1") as work:
        assert alert_quality(work, lambda one: one.channel == "C1", MONDAY) == AlertQuality(4, 2, 1, Decimal(6))
        assert alert_quality(work, lambda one: one.channel == "C3", MONDAY) is None
        assert alert_quality(work, lambda one: True, MONDAY - timedelta(days=90)) is None


def test_an_alert_that_nobody_has_told_of_on_slack_yet_is_no_issue_source(database: Database) -> None:
    with database.writing("T1") as work:
        of = kpi(work, "a")
        made = alert(work, of, "", 1)
        work.outbox.say(Card(Ref("alert", made.id)), to="C1", once=made.card, urgency=Urgency.ALERT)
    with database.reading("T1") as work:
        assert alert_quality(work, lambda one: True, MONDAY) == AlertQuality(1, 0, 0, None)


def test_a_month_is_judged_by_what_was_known_of_it_and_the_target_of_its_time(database: Database) -> None:
    with database.writing("T1") as work:
        process = work.of(Process).add(Process(name=Bilingual("Orders")), by="", at=MONDAY)
        work.of(TeamChannel).add(TeamChannel(channel_id="C1", processes=(process.id,)), by="", at=MONDAY)
        tight = kpi(work, "tight", target="≤1 days", channel="", process_id=process.id)
        quarterly = kpi(work, "quarterly", frequency=Frequency.QUARTERLY)
        kpi(work, "elsewhere", channel="C2")
        kpi(work, "broken", target="nonsense")
        kpi(work, "empty")
        then = {"kpi_id": tight.id, "by": "", "at": MONDAY}
        work.of(KpiVersion).add(KpiVersion(since=date.min, target="≤3 days", **then), by="", at=MONDAY)
        work.of(KpiVersion).add(KpiVersion(since=date(2026, 11, 30), target="≤1 days", **then), by="", at=MONDAY)
        for of, period, value in (
            (tight, date(2026, 9, 30), 1),
            (tight, date(2026, 10, 31), 2),
            (tight, date(2026, 11, 30), 9),
            (quarterly, date(2026, 9, 30), 4),
        ):
            reading = KpiReading(kpi_id=of.id, period=period, value=Decimal(value))
            work.of(KpiReading).add_all([reading])
    with database.reading("T1") as work:
        lines = {line.of.kpi.name.text: line for line in report_of(work, "C1", OCTOBER).lines}
    assert list(lines) == ["quarterly", "empty", "tight"], "what needs somebody comes first"
    of = lines["tight"]
    assert (of.state, of.rules.goal.value, of.given, of.off) == (KpiState.OK, 3, 1, 0)
    assert of.latest is not None and (of.latest.value, of.before and of.before.value) == (2, 1)
    assert [goal.value for goal in of.of.goals] == [3, 3], "its chart draws the target of their time"
    assert (lines["quarterly"].state, lines["quarterly"].given) == (KpiState.BREACHED, 0), "none is due in October"
    assert lines["empty"].state is KpiState.STALE


def test_the_table_has_a_row_for_each_series_that_is_watched(database: Database) -> None:
    with database.writing("T1") as work:
        sales = work.of(Department).add(Department(name=Bilingual("Sales")), by="", at=MONDAY)
        of = kpi(work, "b", segments=("East", "West"), departments=(sales.id, 99))
        kpi(work, "a")
        kpi(work, "gone", archived_at=datetime(2026, 1, 1, tzinfo=UTC))
        readings = [
            KpiReading(kpi_id=of.id, segment="West", period=date(2026, month, 28), value=Decimal(month))
            for month in (9, 8)
        ]
        work.of(KpiReading).add_all(readings)
    with database.reading("T1") as work:
        rows = export_rows(work)
    told = [(row.kpi.name.text, row.segment, row.latest and row.latest.value, len(row.departments)) for row in rows]
    assert told == [("a", "", None, 0), ("b", "East", None, 1), ("b", "West", Decimal(9), 1)]
