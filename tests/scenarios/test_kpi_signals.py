"""A KPI's values change: it is said once, in plain words, and people look at the chart and set its range anew."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from domain.core import Bilingual
from domain.kpis.actions import change_kpi
from domain.kpis.charts.queries import chart_of
from domain.kpis.forms import KpiChange
from domain.kpis.record import Frequency, Kpi, KpiBaseline, KpiReading, Signals
from domain.kpis.values.actions import Value, upsert_values
from domain.people.record import Member, TeamChannel
from domain.processes.record import Process
from tests.conftest import MONDAY
from tests.office import Office, texts

pytestmark = pytest.mark.opens_at(MONDAY)  # half a year of weeks with their names
SALES = "C0SALES"
LAST = date(2026, 11, 22)  # a Sunday: the end of the week before the office's Monday
STEADY = (9, 11, 9, 11, 10, 9, 11, 10, 9, 11, 10, 10)


def watched(office: Office, **fields: Any) -> Kpi:
    known = {"name": Bilingual("Order cycle", "订单周期"), "target": "≤20 days", "frequency": Frequency.WEEKLY}
    with office.store() as work:
        kpi = Kpi(**{**known, "key": "order-cycle", "channel": SALES, "owner": "U0SALESHEAD", **fields})
        return work.of(Kpi).add(kpi, by="U0LEAD", at=office.clock.now())


def values(office: Office, kpi: Kpi, *given: object, until: date = LAST, segment: str = "") -> None:
    """Weekly values, the last of them for the week that ends on `until`."""
    weeks = [until - timedelta(weeks=back) for back in range(len(given) - 1, -1, -1)]
    brought = [Value(segment, week, Decimal(str(value))) for week, value in zip(weeks, given, strict=True)]
    with office.store() as work:
        upsert_values(work, work.of(Kpi).get(kpi.id), brought, by="", via="program", now=office.clock.now())
    office.settle()


def said(office: Office, channel: str = SALES) -> list[dict[str, Any]]:
    return [message for message in office.lead.messages(channel) if not message.get("is_ephemeral")]


def private(office: Office) -> dict[str, Any]:
    return [message for message in office.clerk.messages(SALES) if message.get("is_ephemeral")][-1]


def test_a_run_below_the_usual_middle_is_told_once_as_better_since_its_first_week(office: Office) -> None:
    kpi = watched(office)
    values(office, kpi, *STEADY, *[9] * 7)
    assert said(office) == []

    values(office, kpi, 9, until=LAST + timedelta(weeks=1))
    (told,) = said(office)
    assert "Better than usual since the week up to Sun, Oct 11" in told["text"]
    assert "8 values in a row lie below 9.6 days, its usual middle." in told["text"]

    values(office, kpi, 9, until=LAST + timedelta(weeks=2))
    assert len(said(office)) == 1, "it goes on: not said again"
    assert office.undelivered() == {}


def test_a_value_outside_the_usual_range_is_worse_where_lower_is_better(office: Office) -> None:
    kpi = watched(office)
    values(office, kpi, *STEADY, 15)

    (told,) = said(office)
    assert "Worse than usual: the week up to Sun, Nov 22." in told["text"]
    assert "15 days lies outside its usual range of 6.4 days to 13.6 days." in told["text"]
    assert any(block["type"] == "data_visualization" for block in told["blocks"])


def test_where_no_side_is_better_something_changed(office: Office) -> None:
    values(office, watched(office, target="5–25 days"), *STEADY, 15)

    assert "Something changed around the week up to Sun, Nov 22." in said(office)[0]["text"]


def test_signals_that_are_off_are_silent(office: Office) -> None:
    values(office, watched(office, signals=Signals.OFF), *STEADY, 15)

    assert said(office) == []


def test_old_values_alone_are_no_news(office: Office) -> None:
    values(office, watched(office), *STEADY, 15, until=LAST - timedelta(weeks=30))

    assert said(office) == []


def test_off_target_and_unusual_is_one_message_in_the_channel(office: Office) -> None:
    values(office, watched(office, target="≤12 days"), *STEADY, 15)

    (card,) = said(office)
    assert "beyond its target" in card["text"]
    replies = [message["text"] for message in office.lead.messages(SALES, card["ts"])]
    assert any("Worse than usual" in text for text in replies)


def test_a_corrected_value_takes_the_signal_back_where_it_stands(office: Office) -> None:
    kpi = watched(office)
    values(office, kpi, *STEADY, 15)
    values(office, kpi, 10)

    (told,) = said(office)
    assert "within its usual range after all" in told["text"]


def test_what_was_taken_back_stands_again_where_it_stood(office: Office) -> None:
    kpi = watched(office)
    values(office, kpi, *STEADY, 15)
    values(office, kpi, 10)
    values(office, kpi, 15)

    (told,) = said(office)
    assert "Worse than usual" in told["text"]


def test_a_change_that_goes_on_is_one_message_that_is_kept_up_to_date(office: Office) -> None:
    kpi = watched(office)
    values(office, kpi, *STEADY, *[9] * 8)
    assert "8 values in a row lie below" in said(office)[0]["text"]
    values(office, kpi, 9, until=LAST + timedelta(weeks=1))

    (told,) = said(office)
    assert "Values have stayed below" in told["text"]


def test_an_import_tells_each_recent_change_and_not_only_that_of_the_newest_value(office: Office) -> None:
    values(office, watched(office), *STEADY, 15, 10, 5, 10)

    assert sorted(text.splitlines()[1] for text in texts(said(office))) == [
        "Better than usual: the week up to Sun, Nov 15.",
        "Worse than usual: the week up to Sun, Nov 1.",
    ]


def test_more_than_five_changes_at_once_are_one_message_which_is_kept_up_to_date(office: Office) -> None:
    kpis = [watched(office, name=Bilingual(f"Rate {name}"), key=f"rate-{name.lower()}") for name in "ABCDEF"]
    weeks = [LAST - timedelta(weeks=back) for back in range(len(STEADY), -1, -1)]
    with office.store() as work:
        for place, kpi in enumerate(kpis):
            newest = 5 if place else 15
            for week, value in zip(weeks, (*STEADY, newest), strict=True):
                work.of(KpiReading).add_all([KpiReading(kpi_id=kpi.id, period=week, value=Decimal(value))])
    office.travel(minutes=2)

    (told,) = said(office)
    assert told["text"] == "6 KPIs are not as usual"
    assert "📉 *Rate A*\nWorse than usual" in str(told["blocks"]).replace("\\n", "\n")
    assert str(told["blocks"]).count("Better than usual") == 5
    values(office, kpis[0], 10)
    (told,) = said(office)
    assert told["text"] == "5 KPIs are not as usual"
    assert "*Rate A* is within its usual range after all" in str(told["blocks"])
    office.clerk.press(told, "kpi.chart")
    office.settle()
    assert "Rate A" in private(office)["text"]
    assert office.undelivered() == {}


def test_old_changes_in_an_import_are_silent_beside_new_ones(office: Office) -> None:
    values(office, watched(office), *STEADY, 15, *[10] * 8, 15)

    (told,) = said(office)
    assert "Nov 22" in told["text"]


def test_the_range_stays_that_of_the_first_values_after_years(office: Office) -> None:
    kpi = watched(office)
    values(office, kpi, *[9, 11] * 10, *[11, 13] * 210, until=LAST)

    with office.records() as work:
        spans = chart_of(work, work.of(Kpi).get(kpi.id)).chart.spans
    assert [span.limits.centre for span in spans if span.limits] == [10]


def test_each_segment_has_its_own_chart(office: Office) -> None:
    kpi = watched(office, segments=("East", "West"))
    values(office, kpi, *STEADY, 15, segment="East")
    values(office, kpi, *STEADY, 10, segment="West")

    (told,) = said(office)
    assert "East" in told["text"]


def test_the_chart_button_shows_the_chart_to_who_asks_and_posts_it_as_a_picture(office: Office) -> None:
    values(office, watched(office), *STEADY, 15)
    office.clerk.press(said(office)[0], "kpi.chart")
    office.settle()

    shown = private(office)
    chart = next(block for block in shown["blocks"] if block["type"] == "data_visualization")
    assert [series["name"] for series in chart["chart"]["series"]] == ["Value", "Target"]
    assert "Order cycle" in shown["text"] and "▁" in shown["text"]

    assert office.clerk.press(shown, "kpi.picture").ok
    office.settle()
    posted = said(office)[-1]
    image = next(block for block in posted["blocks"] if block["type"] == "image")
    assert image["alt_text"].startswith("Order cycle: line of 13 values, target ≤20 days.")
    assert office.undelivered() == {}

    office.clerk.press(shown, "kpi.picture")
    office.settle()
    assert len(said(office)) == 2, "the same picture is not posted twice"


def test_a_workspace_that_refuses_charts_gets_the_picture_instead(office: Office) -> None:
    office.lead.inject({"where": "chat.postMessage", "kind": "refuse", "error": "invalid_blocks", "times": 1})
    try:
        values(office, watched(office), *STEADY, 15)
    finally:
        office.lead.mend()

    (told,) = said(office)
    kinds = [block["type"] for block in told["blocks"]]
    assert kinds.count("image") == 1 and "data_visualization" not in kinds
    assert office.undelivered() == {}


def test_its_owner_sets_the_range_anew_and_the_reason_stands_on_the_signal(office: Office) -> None:
    kpi = watched(office)
    values(office, kpi, *STEADY, *[15] * 12)
    (told,) = said(office)

    office.sales_head.press(told, "kpi.rebase")
    outcome = office.sales_head.submit(office.sales_head.modal(), {"since": "2026-12-24", "reason": "New system"})
    assert "There is no value from this day on yet" in outcome.errors["since"]
    outcome = office.sales_head.submit(office.sales_head.modal(), {"since": "2026-09-01", "reason": "New system"})
    assert outcome.ok, outcome
    office.settle()
    (told,) = said(office)
    assert "within its usual range after all" in told["text"]
    with office.records() as work:
        (base,) = work.of(KpiBaseline).find(kpi_id=kpi.id)
        assert (base.since, base.reason, base.by) == (date(2026, 9, 6), "New system", "U0SALESHEAD")


def test_who_may_not_set_the_range_anew_is_told_who_may(office: Office) -> None:
    values(office, watched(office), *STEADY, 15)
    (told,) = said(office)

    office.clerk.press(told, "kpi.rebase")
    assert any("Only its owner" in text for text in texts(office.clerk.messages(SALES)))


def test_in_a_chinese_channel_it_is_said_in_chinese(office: Office) -> None:
    with office.store() as work:
        work.of(TeamChannel).add(TeamChannel(channel_id="C0WAREHOUSE", language="zh_CN"), by="", at=office.clock.now())
    values(office, watched(office, channel="C0WAREHOUSE"), *STEADY, 15)

    (told,) = said(office, "C0WAREHOUSE")
    assert "订单周期" in told["text"] and "比平时差" in told["text"]


def test_a_process_owner_may_too(office: Office) -> None:
    with office.store() as work:
        process = work.of(Process).add(
            Process(name=Bilingual("Orders"), owner="U0CLERK"), by="U0LEAD", at=office.clock.now()
        )
    values(office, watched(office, process_id=process.id), *STEADY, 15)

    office.clerk.press(said(office)[0], "kpi.rebase")
    assert office.clerk.modal()["callback_id"] == "kpi.rebase"


def test_show_tells_where_the_newest_value_stands_and_draws_it(office: Office) -> None:
    values(office, watched(office), *STEADY)
    office.clerk.command("/gemba kpi show Order cycle", SALES)
    office.settle()

    shown = str(private(office)["blocks"])
    assert "Within its usual range of 6.4 days to 13.6 days." in shown and "data_visualization" in shown


def test_show_says_when_the_target_is_missed_at_this_pace(office: Office) -> None:
    values(office, watched(office), *range(5, 18))
    office.clerk.command("/gemba kpi show Order cycle", SALES)
    office.settle()

    assert "At this pace it misses the target on" in str(private(office)["blocks"])
    assert "(by its last 13 values)" in str(private(office)["blocks"])


def test_a_kpi_without_values_has_nothing_to_draw(office: Office) -> None:
    kpi = watched(office)
    values(office, kpi, 10)
    office.clerk.command("/gemba kpi show Order cycle", SALES)
    office.settle()

    assert "Its usual range is known after 11 more values." in str(private(office)["blocks"])


def test_the_text_and_the_picture_name_the_target_of_the_newest_values_time(office: Office) -> None:
    kpi = watched(office)
    values(office, kpi, *STEADY)
    with office.store() as work:
        form = KpiChange(
            name=kpi.name.text, name_zh=kpi.name.text_zh, target="≤15 days", channel=SALES, owner="U0SALESHEAD"
        )
        change_kpi(work, Member(user_id="U0LEAD", roles=("lead",)), kpi.id, form, now=office.clock.now())
    office.clerk.command("/gemba kpi show Order cycle", SALES)
    office.clerk.press(private(office), "kpi.chart")
    assert "Target ≤20 days then, ≤15 days now" in private(office)["text"]
    office.clerk.press(private(office), "kpi.picture")
    office.settle()
    image = next(block for block in said(office)[-1]["blocks"] if block["type"] == "image")
    assert "target ≤20 days then, ≤15 days now" in image["alt_text"]


def test_a_chart_that_shows_something_new_is_posted_again(office: Office) -> None:
    kpi = watched(office)
    values(office, kpi, *STEADY, *[15] * 12)
    office.sales_head.press(said(office)[0], "kpi.chart")
    chart = [message for message in office.sales_head.messages(SALES) if message.get("is_ephemeral")][-1]
    office.sales_head.press(chart, "kpi.picture")
    office.settle()
    posted = len(said(office))
    office.sales_head.press(said(office)[0], "kpi.rebase")
    office.sales_head.submit(office.sales_head.modal(), {"since": "2026-09-01", "reason": "New system"})
    office.sales_head.press(chart, "kpi.picture")
    office.settle()
    assert len(said(office)) == posted + 1, "its range is another one"
    values(office, kpi, 14, until=LAST - timedelta(weeks=3))
    office.sales_head.press(chart, "kpi.picture")
    office.settle()
    assert len(said(office)) == posted + 2, "an older value was corrected"
    office.sales_head.press(chart, "kpi.picture")
    office.settle()
    assert len(said(office)) == posted + 2
