"""KPI alerts: the card and its buttons, silences, escalation, many at once."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from domain.core import Bilingual
from domain.kpis.queries import facts_of
from domain.kpis.record import AlertClosing, AlertSeverity, Frequency, Kpi, KpiAlert, KpiReading, KpiState, Signals
from domain.people.record import Department
from domain.processes.record import Process
from tests.business_day import MONDAY, day, english
from tests.office import Office, texts

pytestmark = pytest.mark.opens_at(MONDAY)
SALES = "C0SALES"


def watch(office: Office, **fields: Any) -> Kpi:
    given = {
        "name": Bilingual("Cycle"),
        "target": "≤3 days",
        "frequency": Frequency.DAILY,
        "channel": SALES,
        "data_owner": "U0CLERK",
        "owner": "U0CLERK",
    }
    with office.store() as work:
        return work.of(Kpi).add(Kpi(**{**given, **fields}), by="", at=office.clock.now())


def record(office: Office, value: str, period: date, name: str = "Cycle") -> None:
    office.clerk.command(f"/gemba kpi record {name} {value} {period}", SALES)
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
        (found,) = work.of(KpiAlert).find()
        return found


def test_a_warning_gets_worse_and_is_over_after_two_good_values(office: Office) -> None:
    kpi = watch(office, warning="≤2.5 days", good_periods=2)
    record(office, "2.6", day(-7))
    assert "⚠️ Near its limit: Cycle" in str(card(office)["blocks"])
    record(office, "3.4", day(-6))
    worse = f"🚨 3.4 days for {english(day(-6))}: now beyond the target (≤3 days), no warning any more."
    assert thread(office) == [f"{worse} <@U0CLERK>"]
    record(office, "2.4", day(-5))
    assert "inside its target of ≤3 days again" in card(office)["text"]
    assert (
        thread(office)[1]
        == f"2.4 days for {english(day(-5))}: on target (≤3 days).\nThe alert closes when it stays there."
    )
    with office.records() as work:
        assert facts_of(work, kpi).worst.state is KpiState.RECOVERING
    record(office, "2.4", day(-4))
    assert "✅ Back on target: Cycle" in str(card(office)["blocks"])
    assert thread(office) == [
        worse,
        f"2.4 days for {english(day(-5))}: on target (≤3 days).",
        f"✅ 2.4 days for {english(day(-4))}: back on target (≤3 days) after 3 days.",
    ]
    assert alert(office).severity is AlertSeverity.BREACH and alert(office).closing is AlertClosing.RECOVERED


def test_a_late_value_moves_the_story_and_a_corrected_one_ends_it(office: Office) -> None:
    watch(office)
    record(office, "3.4", day(-5))
    record(office, "3.6", day(-7))
    assert len(cards(office)) == 1
    assert thread(office) == [f"3.4 days for {english(day(-5))}: still off target (≤3 days)."], (
        "it began two days before"
    )
    record(office, "2", day(-7))
    assert alert(office).closed_at is None
    overtaken = "☑️ This is no longer so: a value came late or was corrected. The message above shows how it stands."
    assert thread(office) == [overtaken]
    record(office, "2.9", day(-5))
    assert "☑️ Data corrected: Cycle" in str(card(office)["blocks"])
    assert thread(office) == [overtaken, f"✅ Corrected to 2.9 days for {english(day(-5))}: on target (≤3 days)."]
    record(office, "4", day(-4))
    assert len(cards(office)) == 2


def test_somebody_takes_it_on_and_what_was_promised_lapses(office: Office) -> None:
    watch(office)
    record(office, "3.4", day(-3))
    office.stock.press(card(office), "kpi.acknowledge")
    outcome = office.stock.submit(office.stock.modal(), {"next_step": "Count again", "until": str(day(-3))})
    assert "until" in outcome.errors
    office.stock.submit(office.stock.modal(), {"until": str(day(1))})
    office.settle()
    assert "🙋" in str(card(office)["blocks"]) and "Count again" in str(card(office)["blocks"])
    assert thread(office) == [f"🙋 <@U0STOCK> takes it on until {english(day(1))}. Next step: Count again"]
    office.travel(days=1)
    assert alert(office).acknowledged_by == "U0STOCK"
    office.travel(days=1, hours=2)
    assert alert(office).acknowledged_by == "" and alert(office).acknowledged_at is not None
    assert thread(office)[1] == "<@U0STOCK> The day for the next step has come, and it is still off target."


def test_of_two_who_take_it_on_the_second_is_told(office: Office) -> None:
    watch(office)
    record(office, "3.4", day(-3))
    for person in (office.stock, office.lead):
        person.press(card(office), "kpi.acknowledge")
    typed = {"next_step": "Ask", "until": str(day(1))}
    assert office.stock.submit(office.stock.modal(), typed).ok
    outcome = office.lead.submit(office.lead.modal(), typed)
    assert "Somebody has taken this on meanwhile" in str(outcome.errors)
    assert alert(office).acknowledged_by == "U0STOCK"


def test_a_snoozed_alert_is_silent_until_the_next_value_and_shows_it(office: Office) -> None:
    watch(office)
    record(office, "3.4", day(-5))
    office.stock.press(card(office), "kpi.snooze")
    assert "只有负责人、数据负责人" in private(office.stock)
    office.clerk.press(card(office), "kpi.snooze")
    assert office.clerk.submit(office.clerk.modal(), {"kind": "next"}).ok
    office.settle()
    assert "💤 Snoozed until the next value" in str(card(office)["blocks"])
    office.clerk.command("/gemba kpi list", SALES)
    assert "💤" in str(office.clerk.messages(SALES)[-1]["blocks"])
    record(office, "3.3", day(-6))
    assert "💤" in str(card(office)["blocks"]) and len(thread(office)) == 1
    record(office, "3.5", day(-4))
    assert "💤" not in str(card(office)["blocks"])
    values = [f"3.4 days for {english(day(-5))}", f"3.5 days for {english(day(-4))}"]
    assert thread(office)[1:] == ["\n".join(f"{value}: still off target (≤3 days)." for value in values)]


def test_a_snooze_until_a_day_ends_on_that_day(office: Office) -> None:
    watch(office)
    record(office, "3.4", day(-3))
    office.clerk.press(card(office), "kpi.snooze")
    outcome = office.clerk.submit(office.clerk.modal(), {"kind": "day", "until": str(day(0))})
    assert list(outcome.errors) == ["until"]
    office.clerk.submit(office.clerk.modal(), {"until": str(day(3))})
    office.settle()
    record(office, "3.5", day(-1))
    assert thread(office) == [f"💤 Snoozed by <@U0CLERK> until {english(day(3))}."]
    office.travel(days=3, hours=2)
    assert "The snooze is over, and it is still off target." in thread(office)
    assert alert(office).snoozed_until is None


def test_no_problem_closes_it_with_the_reason_until_it_has_been_on_target(office: Office) -> None:
    watch(office)
    record(office, "3.4", day(-7))
    office.clerk.press(card(office), "kpi.dismiss")
    outcome = office.clerk.submit(office.clerk.modal(), {})
    assert list(outcome.errors) == ["reason"]
    office.clerk.submit(office.clerk.modal(), {"reason": "Inventory week, as *every* year"})
    office.settle()
    assert "☑️ Not a problem: Cycle" in str(card(office)["blocks"])
    record(office, "3.6", day(-6))
    assert len(cards(office)) == 1
    record(office, "2", day(-5))
    record(office, "3.6", day(-4))
    assert len(cards(office)) == 2


def test_what_is_over_meanwhile_is_told(office: Office) -> None:
    watch(office)
    record(office, "3.4", day(-5))
    office.lead.press(card(office), "kpi.dismiss")
    record(office, "2", day(-4))
    outcome = office.lead.submit(office.lead.modal(), {"reason": "Late"})
    assert "This alert of Cycle is over: Back on target." in str(outcome.errors)
    assert alert(office).closing is AlertClosing.RECOVERED


def test_nobody_takes_it_on_so_it_goes_up_the_ladder_in_working_hours(office: Office) -> None:
    now = office.clock.now()
    with office.store() as work:
        department = work.of(Department).add(Department(name=Bilingual("Sales"), head="U0SALES"), by="", at=now)
        process = Process(name=Bilingual("Orders"), owner="U0LEAD", department_id=department.id)
        process = work.of(Process).add(process, by="", at=now)
        work.set_workspace(by="", at=now, sponsor="U0ADMIN")
    watch(office, process_id=process.id)
    record(office, "3.4", day(-3))
    office.travel(hours=2)
    for _ in range(14):
        office.travel(days=1)
    asked = [text.split()[0] for text in thread(office) if "Nobody has taken this on" in text]
    assert asked == ["<@U0CLERK>", "<@U0LEAD>", "<@U0SALES>", "<@U0ADMIN>"]
    office.travel(days=7)
    assert len([text for text in thread(office) if "Nobody has taken" in text]) == 4, "each once"


def test_who_has_taken_it_on_is_left_in_peace(office: Office) -> None:
    watch(office)
    record(office, "3.4", day(-3))
    office.clerk.press(card(office), "kpi.acknowledge")
    office.clerk.submit(office.clerk.modal(), {"next_step": "Ask", "until": str(day(38))})
    office.travel(days=20, hours=2)
    assert [text for text in thread(office) if "Nobody" in text] == []


def test_more_than_five_at_once_are_one_message_that_leads_to_each(office: Office) -> None:
    names = [f"Rate {letter}" for letter in "ABCDEF"]
    for name in names:
        watch(office, name=Bilingual(name))
    with office.store() as work:
        for kpi in work.of(Kpi).find():
            office_reading(work, kpi, "9", day(-3), office)
    office.travel(minutes=2)
    table = card(office)
    assert "6 KPIs are off target" in table["text"]
    office.lead.press(table, "kpi.alert")
    assert "🚨 Off target: Rate" in str(office.lead.messages(SALES)[-1]["blocks"])
    record(office, "2", day(-2), name="Rate C")
    assert "5 KPIs are off target" in card(office)["text"]
    assert thread(office) == [f"*Rate C* ✅ 2 days for {english(day(-2))}: back on target (≤3 days) after 1 day."]


def test_in_the_thread_of_many_one_reply_names_all_that_are_back_with_the_same_value_day(office: Office) -> None:
    for letter in "ABCDEF":
        watch(office, name=Bilingual(f"Rate {letter}"))
    for value, period in (("9", day(-3)), ("2", day(-2))):
        with office.store() as work:
            for kpi in work.of(Kpi).find():
                office_reading(work, kpi, value, period, office)
        office.travel(minutes=2)
    assert "✅ 0 KPIs are off target" in str(card(office)["blocks"])
    (reply,) = thread(office)
    assert [line.split(" ✅ ")[0] for line in reply.splitlines()] == [f"*Rate {letter}*" for letter in "ABCDEF"]
    record(office, "8", day(-2), name="Rate B")
    assert "*Rate B*" not in thread(office)[0] and "*Rate C*" in thread(office)[0]
    assert thread(office)[1].startswith(f"*Rate B* 🚨 8 days for {english(day(-2))} did not end it")


def test_what_a_late_value_opens_again_is_told_and_its_end_too(office: Office) -> None:
    watch(office, good_periods=2)
    for value, period in (("3.4", day(-7)), ("2", day(-6)), ("2", day(-4)), ("4", day(-5))):
        record(office, value, period)
    overtaken = "☑️ This is no longer so: a value came late or was corrected. The message above shows how it stands."
    again = f"🚨 2 days for {english(day(-4))} did not end it: a value before it came late or was corrected."
    assert thread(office)[1:] == [overtaken, f"{again} <@U0CLERK>"]
    assert "🚨 Off target: Cycle" in str(card(office)["blocks"])
    record(office, "2", day(-3))
    assert thread(office)[2:] == [again, f"✅ 2 days for {english(day(-3))}: back on target (≤3 days) after 4 days."]
    assert thread(office)[0].splitlines()[-1] == f"2 days for {english(day(-4))}: on target (≤3 days)."


def test_a_long_time_off_target_is_one_reply_with_its_last_ten_values(office: Office) -> None:
    kpi = watch(office, signals=Signals.OFF)
    with office.store() as work:
        for number in range(1, 20):
            office_reading(work, kpi, f"3.{number}", day(number - 23), office)
    office.travel(minutes=2)
    (reply,) = thread(office)
    assert reply.splitlines()[0] == "… after 8 values before them" and len(reply.splitlines()) == 11
    assert reply.splitlines()[-1] == f"3.19 days for {english(day(-4))}: still off target (≤3 days)."


def office_reading(work: Any, kpi: Kpi, value: str, period: date, office: Office) -> None:
    """As another program writes it."""
    from decimal import Decimal

    work.of(KpiReading).add_all([KpiReading(kpi_id=kpi.id, period=period, value=Decimal(value))])


def test_segments_have_alerts_of_their_own(office: Office) -> None:
    kpi = watch(office, segments=("East", "West"))
    with office.store() as work:
        from decimal import Decimal

        from domain.kpis.values.actions import Value, upsert_values

        values = [Value("East", day(-3), Decimal("3.4")), Value("West", day(-3), Decimal(2))]
        upsert_values(work, kpi, values, by="U0CLERK", via="slack", now=office.clock.now())
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
    record(office, "3.4", day(-3))
    office.travel(days=3)
    office.settle()
    assert alert(office).closed_at is None
    with office.records() as work:
        assert facts_of(work, kpi).worst.state is KpiState.BREACHED
    assert "⏳ No newer value" in str(card(office)["blocks"])


def test_an_open_card_says_that_nothing_newer_came_also_where_nobody_can_be_asked(office: Office) -> None:
    watch(office, data_owner="", owner="")
    with office.store() as work:
        office_reading(work, work.of(Kpi).find()[0], "3.4", day(-3), office)
    office.travel(minutes=2)
    for days, late in ((1, False), (1, True), (1, True)):
        office.travel(days=days)
        assert ("No newer value" in str(card(office)["blocks"])) is late
    assert f"that for {english(day(1))} is late" in str(card(office)["blocks"]), "each day the newest"
    assert len(cards(office)) == 1 and thread(office) == []
    with office.store() as work:
        office_reading(work, work.of(Kpi).find()[0], "3.5", day(3), office)
    office.travel(minutes=2)
    assert "No newer value" not in str(card(office)["blocks"])


def test_what_lapses_on_a_weekend_is_told_when_people_work_again(office: Office) -> None:
    watch(office)
    record(office, "3.4", day(-3))
    office.stock.press(card(office), "kpi.acknowledge")
    office.stock.submit(office.stock.modal(), {"next_step": "Count again", "until": str(day(4))})
    office.settle()
    office.travel(days=5, hours=3)  # Saturday noon
    assert alert(office).acknowledged_by == "U0STOCK" and len(thread(office)) == 1
    office.travel(days=1, hours=20)  # Monday, before eight
    assert len(thread(office)) == 1
    office.travel(hours=3)
    assert alert(office).acknowledged_by == "" and "still off target" in thread(office)[1]


def test_an_alert_that_a_late_value_shows_to_be_none_does_not_say_that_data_were_wrong(office: Office) -> None:
    watch(office, periods=2)
    record(office, "3.4", day(-6))
    record(office, "3.5", day(-4))
    assert "🚨 Off target: Cycle" in str(card(office)["blocks"])
    record(office, "2", day(-5))
    told = str(card(office)["blocks"])
    assert "☑️ Taken back: Cycle" in told and "corrected: Cycle" not in told
    assert "no alert after all. A value came late or was corrected" in card(office)["text"]


def test_an_old_value_that_is_corrected_does_not_hide_that_the_newest_is_missing(office: Office) -> None:
    kpi = watch(office, data_owner="")
    record(office, "2.8", day(-6))
    record(office, "2.8", day(-5))
    office.travel(minutes=2)
    with office.records() as work:
        assert facts_of(work, kpi).worst.state is KpiState.STALE
    record(office, "2.9", day(-6))
    with office.records() as work:
        assert facts_of(work, kpi).worst.state is KpiState.STALE
    record(office, "2.9", day(0))
    with office.records() as work:
        assert facts_of(work, kpi).worst.state is KpiState.OK


def test_nobody_is_asked_for_a_value_at_night(office: Office) -> None:
    watch(office)
    record(office, "2.8", day(0))
    for _ in range(96):
        office.travel(hours=1)
        if office.clerk.messages():
            break
    (asked,) = office.clerk.messages()
    assert "has not come yet" in asked["text"]
    with office.records() as work:
        zone = ZoneInfo(work.workspace.timezone)
    assert office.clock.now().astimezone(zone).hour in range(9, 18)


def test_the_button_of_a_segments_alert_asks_for_that_segment(office: Office) -> None:
    watch(office, segments=("East", "West"))
    record(office, "4", day(-3), "Cycle/West")
    office.clerk.press(card(office), "kpi.enter")
    assert "'initial_option': {'text': {'type': 'plain_text', 'text': 'West'" in str(office.clerk.modal()["blocks"])


def test_an_alert_that_another_target_shows_to_be_none_does_not_say_that_data_were_wrong(office: Office) -> None:
    watch(office)
    record(office, "3.4", day(-3))
    office.travel(hours=1)
    office.clerk.command("/gemba kpi edit Cycle", SALES)
    office.clerk.submit(office.clerk.modal(), {"target": "≤4 days", "holds": "all"})
    office.clerk.submit(office.clerk.modal())
    office.settle()
    assert "☑️ Taken back: Cycle" in str(card(office)["blocks"])
    assert "or the target was changed" in thread(office)[-1]


def test_what_is_snoozed_does_not_lapse_before_the_silence_is_over(office: Office) -> None:
    watch(office)
    record(office, "3.4", day(-3))
    office.clerk.press(card(office), "kpi.acknowledge")
    office.clerk.submit(office.clerk.modal(), {"next_step": "Call", "until": str(day(1))})
    office.clerk.press(card(office), "kpi.snooze")
    office.clerk.submit(office.clerk.modal(), {"kind": "day", "until": str(day(4))})
    office.travel(days=2, hours=2)
    assert not any("day for the next step" in text for text in thread(office))
    office.travel(days=2)
    office.travel(minutes=2)
    assert any("day for the next step" in text for text in thread(office))
