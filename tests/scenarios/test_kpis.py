"""KPIs (T3): values recorded by people and programs, alerts once and back, in both languages."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text

from domain.core import Bilingual
from domain.issues.record import Issue
from domain.kpis.queries import facts_of
from domain.kpis.record import Frequency, Kpi, KpiReading, KpiState
from domain.kpis.values.actions import record_value
from domain.people.record import Member
from domain.processes.record import Process
from jobs.kpi_alerts import JOB
from tests.business_day import MONDAY, chinese, day, english
from tests.office import TEAM, Office, texts

pytestmark = pytest.mark.opens_at(MONDAY)
FRIDAY = day(-3)


def cycle(office: Office, **fields: Any) -> Kpi:
    """The first row of T3."""
    given = {
        "name": Bilingual("Order fulfilment cycle", "订单履约周期"),
        "source": "ERP order log",
        "target": "≤3 days",
        "frequency": Frequency.DAILY,
        "channel": "C0SALES",
        "data_owner": "U0CLERK",
    }
    with office.store() as work:
        return work.of(Kpi).add(Kpi(**{**given, **fields}), by="", at=office.clock.now())


def public(office: Office, channel: str = "C0SALES") -> list[dict[str, Any]]:
    return [message for message in office.lead.messages(channel) if not message.get("is_ephemeral")]


def private(office: Office) -> str:
    """The newest private answer to the clerk."""
    return texts([m for m in office.clerk.messages("C0SALES") if m.get("is_ephemeral")])[-1]


def test_t3_is_quiet_until_3_4_days_come_and_is_updated_when_2_9_come(office: Office) -> None:
    cycle(office)
    cycle(office, name=Bilingual("Process exception rate", "流程异常率"), target="≤2%", frequency=Frequency.WEEKLY)
    cycle(office, name=Bilingual("Complaint resolution rate"), target="≥95%", frequency=Frequency.MONTHLY)
    office.clerk.command(f"/gemba kpi record Order fulfilment cycle 2.8 days {day(-3)}", "C0SALES")
    assert private(office) == f"✅ *Order fulfilment cycle*: 2.8 days for {english(day(-3))}, on target ≤3 days"
    office.clerk.command("/gemba kpi record Process exception rate 1.5 %", "C0SALES")
    office.clerk.command("/gemba kpi record Complaint resolution rate 96", "C0SALES")
    office.tick()
    assert public(office) == []

    office.clerk.command(f"/gemba kpi record Order fulfilment cycle 3.4 {day(-2):%d.%m.}", "C0SALES")
    office.tick()
    (alert,) = public(office)
    assert alert["text"].startswith("Order fulfilment cycle is 3.4 days, beyond its target of ≤3 days.")
    office.clerk.command("/gemba kpi record Order fulfilment cycle 3.6 yesterday", "C0SALES")
    office.tick()
    assert len(public(office)) == 1

    office.clerk.command("/gemba kpi record Order fulfilment cycle 2.9 days", "C0SALES")
    office.settle()
    (alert,) = public(office)
    assert alert["text"] == "Order fulfilment cycle is back on target with 2.9 days (≤3 days)."
    assert "kpi.enter" not in str(alert["blocks"])
    thread = texts(office.lead.messages("C0SALES", thread=alert["ts"]))[1:]
    assert thread == [
        f"3.6 days for {english(day(-1))}: still off target (≤3 days).",
        f"✅ 2.9 days for {english(day(0))}: back on target (≤3 days) after 2 days.",
    ]
    assert office.undelivered() == {}


def test_a_row_that_another_program_wrote_is_judged(office: Office) -> None:
    kpi = cycle(office)
    row = "INSERT INTO kpi_readings (team_id, kpi_id, period, value) VALUES (:team, :kpi, :period, '3.4')"
    with office.program.database.engine.begin() as connection:
        for kpi_id in (kpi.id + 1, kpi.id):  # a row of a KPI that is not there holds nothing up
            connection.execute(text(row), {"team": TEAM, "kpi": kpi_id, "period": FRIDAY.isoformat()})
    outcomes = office.program.runner.run_by_hand(JOB.name, office.clock.now())
    office.settle()
    assert outcomes[0].note.startswith("2 judged")
    assert len(public(office)) == 1
    with office.records() as work:
        assert facts_of(work, kpi).worst.state is KpiState.BREACHED
        assert work.of(KpiReading).count(judged_at=None) == 0


def test_another_unit_is_refused_and_percent_stays_percent(office: Office) -> None:
    kpi = cycle(office)
    rate = cycle(office, name=Bilingual("Exception rate"), target="≤2%")
    office.clerk.command("/gemba kpi record Order fulfilment cycle 20 hours", "C0SALES")
    assert "is in hours, but this figure is kept in days" in private(office)
    assert "Order fulfilment cycle 20 hours" in str(office.clerk.messages("C0SALES")[-1]["blocks"])
    office.clerk.command("/gemba kpi record Exception rate 2 %", "C0SALES")
    with office.records() as work:
        assert work.of(KpiReading).count(kpi_id=kpi.id) == 0
        reading = work.of(KpiReading).one(kpi_id=rate.id)
        assert reading is not None and reading.value == Decimal(2)


def test_a_misspelt_name_is_offered_and_nothing_typed_is_lost(office: Office) -> None:
    cycle(office)
    office.clerk.command(f"/gemba kpi record Order fulfillment cycel 2,8 days {day(-3):%d.%m.}", "C0SALES")
    asked = office.clerk.messages("C0SALES")[-1]
    assert "Did you mean one of these?" in asked["text"]
    office.clerk.press(asked, "command.run:0")
    office.settle()
    assert f"2.8 days for {english(day(-3))}, on target" in private(office)
    office.clerk.command("/gemba kpi record Turnover 5", "C0SALES")
    assert "There is no KPI “Turnover”" in private(office)


def test_a_date_that_can_be_read_in_two_ways_is_asked_about(office: Office) -> None:
    cycle(office)
    office.clerk.command("/gemba kpi record Order fulfilment cycle 2.8 days 11/10", "C0SALES")
    asked = office.clerk.messages("C0SALES")[-1]
    with office.records() as work:
        assert work.of(KpiReading).count() == 0
    november = date(day(0).year - (day(0) < date(day(0).year, 11, 10)), 11, 10)
    office.clerk.press(asked, f"command.run:{november}")
    office.settle()
    assert f"2.8 days for {english(november)}" in private(office)
    office.clerk.command(f"/gemba kpi record Order fulfilment cycle 2.8 {day(7)}", "C0SALES")
    assert "still to come" in private(office)


def test_a_value_is_recorded_and_read_in_chinese(office: Office) -> None:
    cycle(office, data_owner="U0STOCK", channel="C0WAREHOUSE")
    office.stock.command("/gemba 指标 记录 订单履约周期 ３．４天 昨天", "C0WAREHOUSE")
    office.stock.command("/gemba kpi", "C0WAREHOUSE")
    office.stock.command("/gemba kpi show 订单履约周期", "C0WAREHOUSE")
    answer, listed, shown = (str(m["blocks"]) for m in office.stock.messages("C0WAREHOUSE") if m.get("is_ephemeral"))
    assert f"🚨 *订单履约周期* ：{chinese(day(-1))} 3.4 天，未达标（目标值 ≤3 天）" in answer
    assert "订单履约周期" in listed and "kpi.enter" in listed
    assert "ERP order log" in shown
    with office.records() as work:
        assert [str(reading.period) for reading in work.of(KpiReading).find()] == [str(day(-1))]


def test_a_missing_value_is_asked_for_once_and_the_question_says_thank_you(office: Office) -> None:
    kpi = cycle(office)
    with office.store() as work:
        record_value(work, Member(user_id="U0CLERK"), kpi.id, Decimal(2), day(-5), now=office.clock.now())
    office.travel(minutes=2)
    assert office.clerk.messages() == [], "not before people work"
    office.travel(minutes=30)
    office.travel(minutes=2)
    (question,) = office.clerk.messages()
    assert "has not come yet" in question["text"]
    office.clerk.press(question, "kpi.enter")
    modal = office.clerk.modal()
    outcome = office.clerk.submit(modal, {"value": "about three"})
    assert list(outcome.errors) == ["value"]
    outcome = office.clerk.submit(office.clerk.modal(), {"value": "20 h"})
    assert "days" in outcome.errors["value"]
    assert office.clerk.submit(office.clerk.modal(), {"value": "2.8"}).ok and office.clerk.modal() is None
    office.settle()
    (thanks,) = office.clerk.messages()
    assert thanks["text"] == f"Thank you: *Order fulfilment cycle* is 2.8 days for {english(day(-4))}."
    office.travel(minutes=2)
    assert len(office.clerk.messages()) == 1


def test_a_new_kpi_that_never_got_a_value_is_asked_for_too(office: Office) -> None:
    cycle(office, frequency=Frequency.WEEKLY)
    office.travel(days=8, hours=1)
    assert office.clerk.messages() == []  # two working days of grace after Sunday
    office.travel(days=3)
    assert english(day(6)) in texts(office.clerk.messages())[0]


def test_the_alert_leads_to_a_value_and_to_an_issue(office: Office) -> None:
    cycle(office)
    office.clerk.command(f"/gemba kpi record 订单履约周期 3.4 {day(-3)}", "C0SALES")
    office.settle()
    (alert,) = public(office)
    office.sales_head.press(alert, "kpi.enter")
    assert "Only its data owner" in office.sales_head.messages("C0SALES")[-1]["text"]
    office.sales_head.press(alert, "kpi.issue")
    office.sales_head.submit(office.sales_head.modal())
    with office.records() as work:
        issue = work.of(Issue).one(number=1)
        assert issue is not None and issue.title == "Order fulfilment cycle is off target: 3.4 days (≤3 days)"
    office.settle()
    linked = texts(office.lead.messages("C0SALES", thread=alert["ts"]))[1]
    assert "I-1" in linked, "the alert's thread leads to the issue"

    office.clerk.press(alert, "kpi.enter")
    office.clerk.submit(office.clerk.modal(), {"value": "2.9", "day": str(day(-3))})
    assert "it was 3.4 days before" in str((office.clerk.modal() or {})["blocks"])  # the reading is echoed
    office.settle()
    alert = next(message for message in public(office) if message["ts"] == alert["ts"])
    thread = texts(office.lead.messages("C0SALES", thread=alert["ts"]))[1:]
    assert thread[1:] == [f"✅ Corrected to 2.9 days for {english(day(-3))}: on target (≤3 days)."]


def test_a_kpi_is_added_by_who_may_with_its_target_as_people_write_it(office: Office) -> None:
    office.clerk.command("/gemba kpi add", "C0SALES")
    assert "Only process owners" in private(office)
    with office.store() as work:
        process = work.of(Process).add(
            Process(name=Bilingual("Complaints"), owner="U0CLERK"), by="", at=office.clock.now()
        )
    office.clerk.command("/gemba kpi add", "C0SALES")
    typed = {"name": "First-time rate", "target": "95 %", "process": str(process.id), "channel": ["C0SALES"]}
    outcome = office.clerk.submit(office.clerk.modal(), typed)
    assert list(outcome.errors) == ["target"]
    outcome = office.clerk.submit(office.clerk.modal(), {"target": "at least 95 %"})
    assert outcome.ok and "≥95 %" in str((office.clerk.modal() or {})["blocks"])
    office.clerk.command("/gemba kpi add", "C0SALES")
    outcome = office.clerk.submit(office.clerk.modal(), {**typed, "name": "first-time  RATE", "target": "≥1"})
    assert list(outcome.errors) == ["name"]
    with office.records() as work:
        (kpi,) = work.of(Kpi).find()
        assert (kpi.data_owner, kpi.target, kpi.process_id) == ("U0CLERK", "at least 95 %", process.id)


def test_nothing_named_and_nothing_there_say_what_to_do(office: Office) -> None:
    office.clerk.command("/gemba kpi", "C0SALES")
    assert "/gemba kpi add" in private(office)
    cycle(office)
    office.clerk.command("/gemba kpi record", "C0SALES")
    assert "Which KPI?" in private(office)
    office.clerk.command("/gemba kpi recrod Order fulfilment cycle 2.8", "C0SALES")
    assert "kpi record Order fulfilment cycle 2.8" in private(office)
    office.clerk.command("/gemba kpi record Order fulfilment cycle", "C0SALES")
    assert (office.clerk.modal() or {})["callback_id"] == "kpi.enter"
