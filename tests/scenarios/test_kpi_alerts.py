"""KPI alerts: the card and its buttons, silences, escalation, many at once."""

from datetime import date
from typing import Any

from domain.enumerations import AlertClosing, AlertSeverity, Frequency, KpiState
from domain.records.kpis import Kpi, KpiAlert
from domain.records.people import Department
from domain.records.processes import Process
from domain.use_cases.kpis import facts_of
from tests.office import Office, texts

SALES = "C0SALES"


def watch(office: Office, **fields: Any) -> Kpi:
    given = {"name": "Cycle", "target": "≤3 days", "frequency": Frequency.DAILY, "channel": SALES,
             "data_owner": "U0CLERK", "owner": "U0CLERK"}  # fmt: skip
    with office.store() as work:
        return work.kpis.add(Kpi(**{**given, **fields}), by="", at=office.clock.now())


def record(office: Office, value: str, day: str, name: str = "Cycle") -> None:
    office.clerk.command(f"/gemba kpi record {name} {value} 2026-11-{day}", SALES)
    office.settle()


def cards(office: Office) -> list[dict[str, Any]]:
    return [message for message in office.lead.messages(SALES) if not message.get("is_ephemeral")]


def card(office: Office) -> dict[str, Any]:
    (found,) = cards(office)
    return found


def thread(office: Office) -> list[str]:
    return texts(office.lead.messages(SALES, thread=card(office)["ts"]))[1:]


def private(person: Any) -> str:
    return texts([message for message in person.messages(SALES) if message.get("is_ephemeral")])[-1]


def alert(office: Office) -> KpiAlert:
    with office.records() as work:
        (found,) = work.kpi_alerts.find()
        return found


def test_a_warning_gets_worse_and_is_over_after_two_good_values(office: Office) -> None:
    kpi = watch(office, warning="≤2.5 days", good_periods=2)
    record(office, "2.6", "16")
    assert "⚠️ Near its limit: Cycle" in str(card(office)["blocks"])
    record(office, "3.4", "17")
    record(office, "2.4", "18")
    assert "inside its target of ≤3 days again" in card(office)["text"]
    with office.records() as work:
        assert facts_of(work, kpi).state is KpiState.RECOVERING
    record(office, "2.4", "19")
    assert "✅ Back on target: Cycle" in str(card(office)["blocks"])
    assert thread(office) == [
        "🚨 3.4 days for Tue, Nov 17: now beyond the target (≤3 days), no warning any more. <@U0CLERK>",
        "2.4 days for Wed, Nov 18: on target (≤3 days). The alert closes when it stays there.",
        "✅ 2.4 days for Thu, Nov 19: back on target (≤3 days) after 3 days.",
    ]
    assert alert(office).severity is AlertSeverity.BREACH and alert(office).closing is AlertClosing.RECOVERED


def test_a_late_value_moves_the_story_and_a_corrected_one_ends_it(office: Office) -> None:
    watch(office)
    record(office, "3.4", "18")
    record(office, "3.6", "16")
    assert len(cards(office)) == 1
    record(office, "2", "16")
    assert alert(office).closed_at is None
    record(office, "2.9", "18")
    assert "☑️ Data corrected: Cycle" in str(card(office)["blocks"])
    assert thread(office) == ["✅ Corrected to 2.9 days for Wed, Nov 18: on target (≤3 days)."]
    record(office, "4", "19")
    assert len(cards(office)) == 2


def test_somebody_takes_it_on_and_what_was_promised_lapses(office: Office) -> None:
    watch(office)
    record(office, "3.4", "20")
    office.stock.press(card(office), "kpi.acknowledge")
    outcome = office.stock.submit(office.stock.modal(), {"next_step": "Count again", "until": "2026-11-20"})
    assert "until" in outcome.errors
    office.stock.submit(office.stock.modal(), {"until": "2026-11-24"})
    office.settle()
    assert "🙋" in str(card(office)["blocks"]) and "Count again" in str(card(office)["blocks"])
    assert thread(office) == ["🙋 <@U0STOCK> takes it on until Tue, Nov 24. Next step: Count again"]
    office.travel(days=1)
    assert alert(office).acknowledged_by == "U0STOCK"
    office.travel(days=1)
    assert alert(office).acknowledged_by == "" and alert(office).acknowledged_at is not None
    assert thread(office)[1] == "<@U0STOCK> The day for the next step has come, and it is still off target."


def test_of_two_who_take_it_on_the_second_is_told(office: Office) -> None:
    watch(office)
    record(office, "3.4", "20")
    for person in (office.stock, office.lead):
        person.press(card(office), "kpi.acknowledge")
    typed = {"next_step": "Ask", "until": "2026-11-24"}
    assert office.stock.submit(office.stock.modal(), typed).ok
    outcome = office.lead.submit(office.lead.modal(), typed)
    assert "Somebody has taken this on meanwhile" in str(outcome.errors)
    assert alert(office).acknowledged_by == "U0STOCK"


def test_a_snoozed_alert_is_silent_until_the_next_value_and_shows_it(office: Office) -> None:
    watch(office)
    record(office, "3.4", "18")
    office.stock.press(card(office), "kpi.snooze")
    assert "只有指标负责人" in private(office.stock)
    office.clerk.press(card(office), "kpi.snooze")
    assert office.clerk.submit(office.clerk.modal(), {"kind": "next"}).ok
    office.settle()
    assert "💤 Snoozed until the next value" in str(card(office)["blocks"])
    office.clerk.command("/gemba kpi list", SALES)
    assert "💤" in str(office.clerk.messages(SALES)[-1]["blocks"])
    record(office, "3.3", "17")
    assert "💤" in str(card(office)["blocks"])
    record(office, "3.5", "19")
    assert "💤" not in str(card(office)["blocks"])
    assert thread(office)[1:] == ["3.5 days for Thu, Nov 19: still off target (≤3 days)."]


def test_a_snooze_until_a_day_ends_on_that_day(office: Office) -> None:
    watch(office)
    record(office, "3.4", "20")
    office.clerk.press(card(office), "kpi.snooze")
    outcome = office.clerk.submit(office.clerk.modal(), {"kind": "day", "until": "2026-11-23"})
    assert list(outcome.errors) == ["until"]
    office.clerk.submit(office.clerk.modal(), {"until": "2026-11-26"})
    office.settle()
    record(office, "3.5", "22")
    assert thread(office) == ["💤 Snoozed by <@U0CLERK> until Thu, Nov 26."]
    office.travel(days=3)
    assert "The snooze is over, and it is still off target." in thread(office)
    assert alert(office).snoozed_until is None


def test_no_problem_closes_it_with_the_reason_until_it_has_been_on_target(office: Office) -> None:
    watch(office)
    record(office, "3.4", "16")
    office.clerk.press(card(office), "kpi.dismiss")
    outcome = office.clerk.submit(office.clerk.modal(), {})
    assert list(outcome.errors) == ["reason"]
    office.clerk.submit(office.clerk.modal(), {"reason": "Inventory week, as *every* year"})
    office.settle()
    assert "☑️ Not a problem: Cycle" in str(card(office)["blocks"])
    record(office, "3.6", "17")
    assert len(cards(office)) == 1
    record(office, "2", "18")
    record(office, "3.6", "19")
    assert len(cards(office)) == 2


def test_what_is_over_meanwhile_is_told(office: Office) -> None:
    watch(office)
    record(office, "3.4", "18")
    office.lead.press(card(office), "kpi.dismiss")
    record(office, "2", "19")
    outcome = office.lead.submit(office.lead.modal(), {"reason": "Late"})
    assert "This alert of Cycle is over: Back on target." in str(outcome.errors)
    assert alert(office).closing is AlertClosing.RECOVERED


def test_nobody_takes_it_on_so_it_goes_up_the_ladder_in_working_hours(office: Office) -> None:
    now = office.clock.now()
    with office.store() as work:
        department = work.departments.add(Department(name="Sales", head="U0SALES"), by="", at=now)
        process = Process(name="Orders", owner="U0LEAD", department_id=department.id)
        process = work.processes.add(process, by="", at=now)
        work.set_workspace(by="", at=now, sponsor="U0ADMIN")
    watch(office, process_id=process.id)
    record(office, "3.4", "20")
    office.travel(hours=2)
    for _ in range(14):
        office.travel(days=1)
    asked = [text.split()[0] for text in thread(office) if "Nobody has taken this on" in text]
    assert asked == ["<@U0CLERK>", "<@U0LEAD>", "<@U0SALES>", "<@U0ADMIN>"]
    office.travel(days=7)
    assert len([text for text in thread(office) if "Nobody has taken" in text]) == 4, "each once"


def test_who_has_taken_it_on_is_left_in_peace(office: Office) -> None:
    watch(office)
    record(office, "3.4", "20")
    office.clerk.press(card(office), "kpi.acknowledge")
    office.clerk.submit(office.clerk.modal(), {"next_step": "Ask", "until": "2026-12-31"})
    office.travel(days=20, hours=2)
    assert [text for text in thread(office) if "Nobody" in text] == []


def test_more_than_five_at_once_are_one_message_that_leads_to_each(office: Office) -> None:
    names = [f"Rate {letter}" for letter in "ABCDEF"]
    for name in names:
        watch(office, name=name)
    with office.store() as work:
        for kpi in work.kpis.find():
            office_reading(work, kpi, "9", date(2026, 11, 20), office)
    office.travel(minutes=2)
    table = card(office)
    assert "6 KPIs are off target" in table["text"]
    office.lead.press(table, "kpi.alert")
    assert "🚨 Off target: Rate" in str(office.lead.messages(SALES)[-1]["blocks"])
    record(office, "2", "21", name="Rate C")
    assert "5 KPIs are off target" in card(office)["text"]
    assert thread(office) == ["*Rate C* ✅ 2 days for Sat, Nov 21: back on target (≤3 days) after 1 day."]


def office_reading(work: Any, kpi: Kpi, value: str, period: date, office: Office) -> None:
    """As another program writes it."""
    from decimal import Decimal

    from domain.records.kpis import KpiReading

    work.kpi_readings.add_all([KpiReading(kpi_id=kpi.id, period=period, value=Decimal(value))])


def test_segments_have_alerts_of_their_own(office: Office) -> None:
    kpi = watch(office, segments=("East", "West"))
    with office.store() as work:
        from decimal import Decimal

        from domain.use_cases.kpi_values import Value, bring

        values = [Value("East", date(2026, 11, 20), Decimal("3.4")), Value("West", date(2026, 11, 20), Decimal(2))]
        bring(work, kpi, values, by="U0CLERK", via="slack", now=office.clock.now())
    office.settle()
    assert "Off target: Cycle · East" in str(card(office)["blocks"])
    assert alert(office).segment == "East"
    with office.records() as work:
        assert [(one.segment, one.state) for one in facts_of(work, kpi).series] == [
            ("East", KpiState.BREACHED),
            ("West", KpiState.OK),
        ]


def test_the_card_says_that_no_newer_value_came_and_stays_open(office: Office) -> None:
    kpi = watch(office)
    record(office, "3.4", "20")
    office.travel(days=3)
    office.settle()
    assert alert(office).closed_at is None
    with office.records() as work:
        assert facts_of(work, kpi).state is KpiState.BREACHED
    assert "⏳ No newer value" in str(card(office)["blocks"])
