"""KPIs defined, changed from a period on, archived: by who may, with old values judged by the target of their time."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bot.example.load import load_example
from domain.core import Bilingual
from domain.kpis.queries import facts_of
from domain.kpis.record import AlertClosing, Frequency, Kpi, KpiAlert, KpiReading, KpiState, KpiVersion
from tests.business_day import MONDAY, day, english
from tests.office import TEAM, Office, texts

pytestmark = pytest.mark.opens_at(MONDAY)
SALES = "C0SALES"


def watch(office: Office, **fields: Any) -> Kpi:
    given = {
        "name": Bilingual("Cycle"),
        "target": "≤3 days",
        "frequency": Frequency.DAILY,
        "channel": SALES,
        "owner": "U0CLERK",
    }
    with office.store() as work:
        return work.of(Kpi).add(Kpi(**{**given, **fields}), by="", at=office.clock.now())


def record(office: Office, value: str, period: date) -> None:
    office.lead.command(f"/gemba kpi record Cycle {value} {period}", SALES)
    office.settle()


def edit(office: Office, typed: dict[str, Any]) -> Any:
    office.clerk.command("/gemba kpi edit Cycle", SALES)
    outcome = office.clerk.submit(office.clerk.modal(), typed)
    office.settle()
    return outcome


def public(office: Office) -> list[dict[str, Any]]:
    return [message for message in office.lead.messages(SALES) if not message.get("is_ephemeral")]


def private(person: Any) -> str:
    return texts([message for message in person.messages(SALES) if message.get("is_ephemeral")])[-1]


def test_a_kpi_is_added_with_what_is_recommended_for_its_frequency(office: Office) -> None:
    office.lead.command("/gemba kpi add", SALES)
    typed = {"name": "Picking time", "target": "10..12 h", "warning": "9..11", "segments": "East\nWest, east"}
    outcome = office.lead.submit(office.lead.modal(), typed)
    assert list(outcome.errors) == ["warning"]
    outcome = office.lead.submit(office.lead.modal(), {"warning": "10.5..11.5 h"})
    assert outcome.ok and "10–12 hours" in str(office.lead.modal())
    office.lead.command("/gemba kpi add", SALES)
    office.lead.submit(office.lead.modal(), {"name": "拣货差错率", "target": "2%以下", "frequency": "monthly"})
    with office.records() as work:
        weekly, monthly = work.of(Kpi).find()
        assert (weekly.key, weekly.segments) == ("picking-time", ("East", "West"))
        assert (weekly.periods, weekly.good_periods, weekly.band) == (2, 2, 5)
        assert (monthly.key, monthly.periods, monthly.good_periods, monthly.band) == (f"kpi-{monthly.id}", 1, 1, 0)


def test_old_values_keep_the_target_of_their_time(office: Office) -> None:
    kpi = watch(office)
    record(office, "2.8", day(-3))
    assert edit(office, {"target": "≤2 days", "periods": "1", "good_periods": "1", "band": "0"}).ok
    with office.records() as work:
        assert work.of(Kpi).get(kpi.id).target == "≤2 days" and facts_of(work, kpi).worst.state is KpiState.OK
        assert [version.since for version in work.of(KpiVersion).find()] == [date.min, day(1)]
    record(office, "2.7", day(0))
    assert public(office) == [], "the new target holds from the next period on"
    assert f"for periods from {english(day(1))} on" in str(office.clerk.modal())
    office.clerk.command("/gemba kpi show Cycle", SALES)
    assert f"2.7 days for {english(day(0))} · target ≤3 days then, ≤2 days now · On target" in private(office.clerk)
    office.travel(days=1)
    record(office, "2.7", day(1))
    (alert,) = public(office)
    assert "2.7 days, beyond its target of ≤2 days" in alert["text"]


def test_before_old_values_are_judged_anew_it_says_what_that_changes(office: Office) -> None:
    watch(office)
    for value, period in (("2.5", day(-5)), ("2.8", day(-4)), ("2.9", day(-3))):
        record(office, value, period)
    office.clerk.command("/gemba kpi edit Cycle", SALES)
    office.clerk.submit(office.clerk.modal(), {"target": "≤2.7 days", "holds": "day"})
    assert "since" in str(office.clerk.modal()), "the day is asked for beside its field"
    office.clerk.submit(office.clerk.modal(), {"since": str(day(-4))})
    preview = str(office.clerk.modal())
    assert "Values that are judged anew: 2." in preview and "Off target among them: 0 → 2." in preview
    assert "Open alerts: 0 → 1." in preview
    with office.records() as work:
        assert work.of(KpiVersion).count() == 0, "nothing has been saved yet"
    office.clerk.submit(office.clerk.modal())
    office.settle()
    (alert,) = public(office)
    assert "2.9 days, beyond its target of ≤2.7 days" in alert["text"]
    with office.records() as work:
        assert [reading.value for reading in work.of(KpiReading).find(id=work.of(KpiAlert).find()[0].opened_by)] == [
            Decimal("2.8")
        ]


def test_a_target_in_another_unit_is_refused_once_there_are_values(office: Office) -> None:
    watch(office)
    assert edit(office, {}).ok, "nothing changed is fine"
    assert edit(office, {"target": "≤72 hours"}).ok
    assert edit(office, {"target": "≤3 days"}).ok
    record(office, "2.8", day(-3))
    outcome = edit(office, {"target": "≤72 hours"})
    assert "Its values are kept in days" in outcome.errors["target"]


def test_only_who_answers_for_it_changes_it(office: Office) -> None:
    watch(office)
    for command in ("edit", "archive", "unarchive"):
        office.stock.command(f"/gemba kpi {command} Cycle", SALES)
        assert "Only its owner" in private(office.stock) or "负责人" in private(office.stock)
    office.clerk.command("/gemba kpi edit Cylce", SALES)
    assert "Did you mean one of these?" in private(office.clerk)
    office.clerk.command("/gemba kpi archive", SALES)
    assert "Which KPI?" in private(office.clerk)


@pytest.mark.parametrize("way", ["command", "button"])
def test_an_archived_kpi_is_asked_for_nothing_and_can_be_brought_back(office: Office, way: str) -> None:
    kpi = watch(office, data_owner="U0STOCK")
    record(office, "3.4", day(-3))
    office.clerk.command("/gemba kpi archive Cycle", SALES)
    assert "1 open alert is closed." in str(office.clerk.modal())
    office.clerk.submit(office.clerk.modal())
    office.settle()
    (alert,) = public(office)
    assert "Archived: Cycle" in str(alert["blocks"])
    office.lead.command("/gemba kpi record Cycle 9", SALES)
    assert "archived" in private(office.lead)
    office.travel(days=5)
    assert office.stock.messages() == []
    office.clerk.command("/gemba kpi list", SALES)
    assert "Cycle" not in str(office.clerk.messages(SALES)[-1]["blocks"])
    with office.records() as work:
        assert work.of(KpiAlert).find()[0].closing is AlertClosing.ARCHIVED
    if way == "command":
        office.clerk.command("/gemba kpi unarchive Cycle", SALES)
    else:
        office.clerk.press(office.clerk.modal(), "kpi.unarchive")
    office.settle()
    assert len(public(office)) == 2, "it is off target still"
    with office.records() as work:
        assert facts_of(work, kpi).worst.state is KpiState.BREACHED


def test_programs_can_name_each_kpi_of_the_example(office: Office) -> None:
    load_example(office.program, TEAM)
    with office.records() as work:
        keys = [kpi.key for kpi in work.of(Kpi).find(order="name")]
    assert keys == ["complaint-resolution-rate", "order-fulfilment-cycle", "process-exception-rate"]


def test_of_changes_that_overlap_the_one_written_last_holds_and_the_other_is_called_replaced(office: Office) -> None:
    watch(office)
    record(office, "2.8", day(-4))
    rules = {"periods": "1", "good_periods": "1", "band": "0"}
    assert edit(office, {"target": "≤2.5 days", **rules}).ok
    office.clerk.close(clear=True)
    assert edit(office, {"target": "≤2.6 days", "holds": "day", "since": str(day(-7))}).ok
    assert office.clerk.submit(office.clerk.modal()).ok
    assert f"for periods from {english(day(-7))} on" in str(office.clerk.modal())
    office.clerk.close(clear=True)
    office.settle()  # an alert is told in the channel too
    office.clerk.command("/gemba kpi show Cycle", SALES)
    shown = str(office.clerk.messages(SALES)[-1]["blocks"])
    assert "≤2.5 days · <@U0CLERK> · replaced by a later change" in shown
    assert "≤2.6 days · <@U0CLERK>\\nFor" in shown, "that one holds"


def test_where_no_old_value_is_judged_anew_a_target_for_all_of_them_is_saved_at_once(office: Office) -> None:
    watch(office)
    assert edit(office, {"target": "≤2 days", "holds": "all"}).ok
    assert "is saved: target ≤2 days for all values" in str(office.clerk.modal())
    office.clerk.close(clear=True)
    office.clerk.command("/gemba kpi show Cycle", SALES)
    assert "For all values: ≤2 days" in str(office.clerk.messages(SALES)[-1]["blocks"])


def test_what_is_archived_says_so_and_can_be_taken_back(office: Office) -> None:
    watch(office)
    record(office, "2.8", day(-3))
    office.clerk.command("/gemba kpi archive Cycle", SALES)
    office.clerk.submit(office.clerk.modal())
    office.clerk.close(clear=True)
    office.clerk.command("/gemba kpi show Cycle", SALES)
    shown = office.clerk.messages(SALES)[-1]
    assert "Archived" in str(shown["blocks"]) and "kpi.enter" not in str(shown["blocks"])
    assert office.clerk.press(shown, "kpi.unarchive").ok
    with office.records() as work:
        assert work.of(Kpi).find()[0].archived_at is None


def test_the_chart_draws_for_each_value_the_target_of_its_time(office: Office) -> None:
    watch(office)
    for value, period in (("2.8", day(-4)), ("2.7", day(-3)), ("2.9", day(0))):
        record(office, value, period)
    assert edit(office, {"target": "≤2.5 days"}).ok
    office.clerk.close(clear=True)
    office.travel(days=1)
    record(office, "2.4", day(1))
    office.clerk.command("/gemba kpi show Cycle", SALES)
    charts = [block for block in office.clerk.messages(SALES)[-1]["blocks"] if block["type"] == "data_visualization"]
    _, wanted = charts[0]["chart"]["series"]
    assert [point["value"] for point in wanted["data"]] == [3, 3, 3, 2.5]


def test_another_unit_is_refused_beside_the_target_also_where_old_values_would_be_judged_anew(office: Office) -> None:
    watch(office)
    record(office, "2.8", day(-3))
    outcome = edit(office, {"target": "≤72 hours", "holds": "all"})
    assert "Its values are kept in days" in outcome.errors["target"], "before anything is shown of what it would change"


def test_the_target_of_a_kpi_without_values_is_mended_at_once(office: Office) -> None:
    watch(office, target="≤30 days")
    assert edit(office, {"target": "≤3 days", "periods": "1", "good_periods": "1", "band": "0"}).ok
    office.clerk.close(clear=True)
    record(office, "3.4", day(0))
    assert "beyond its target of ≤3 days" in public(office)[0]["text"]


def test_a_segment_that_is_no_more_takes_its_alert_with_it(office: Office) -> None:
    watch(office, segments=("East", "West"))
    for segment in ("East", "West"):
        office.lead.command(f"/gemba kpi record Cycle/{segment} 4 {day(-3)}", SALES)
    office.settle()
    assert len(public(office)) == 2
    assert edit(office, {"segments": "West"}).ok
    with office.records() as work:
        assert {one.segment: one.closing for one in work.of(KpiAlert).find()} == {
            "East": AlertClosing.ARCHIVED,
            "West": None,
        }
    assert "Cycle · East is watched no more" in str(public(office))


def test_a_target_that_another_program_made_unreadable_is_listed_and_can_be_mended(office: Office) -> None:
    kpi = watch(office)
    watch(office, name=Bilingual("Other"))
    record(office, "2.8", day(-3))
    with office.store() as work:
        work.of(Kpi).change(kpi, by="", at=office.clock.now(), target="soon")
    office.clerk.command("/gemba kpi list", SALES)
    shown = str(office.clerk.messages(SALES)[-1]["blocks"])
    assert "Cycle" in shown and "soon" in shown and "Other" in shown
    office.clerk.command("/gemba kpi show Cycle", SALES)
    shown = str(office.clerk.messages(SALES)[-1]["blocks"])
    assert "soon" in shown and "kpi.edit" in shown
    assert edit(office, {"target": "≤3 days", "holds": "all"}).ok


def test_a_new_target_for_old_values_tells_what_is_off_target_now_and_not_what_would_have_been(office: Office) -> None:
    watch(office)
    for value, period in (("2.8", day(-7)), ("2.2", day(-6)), ("2.8", day(-5)), ("2.2", day(-4)), ("2.9", day(-3))):
        record(office, value, period)
    rules = {"periods": "1", "good_periods": "1", "band": "0"}
    assert edit(office, {"target": "≤2.5 days", "holds": "all", **rules}).ok
    office.clerk.submit(office.clerk.modal())
    office.clerk.close(clear=True)
    office.settle()
    (alert,) = public(office)
    assert "Cycle is 2.9 days" in alert["text"]
    record(office, "2.4", day(0))
    assert len(public(office)) == 1, "nor with the next value"
    with office.records() as work:
        assert [one.closing for one in work.of(KpiAlert).find(card="untold")] == [AlertClosing.RECOVERED] * 2
    record(office, "2.8", day(-4))
    assert len(public(office)) == 1, "two of them are one by now, and over"
    record(office, "2.9", day(0))
    assert "Cycle is 2.9 days" in public(office)[0]["text"]


def test_what_was_over_before_it_was_told_is_told_when_a_correction_opens_it(office: Office) -> None:
    watch(office)
    for value, period in (("2.8", day(-5)), ("2.2", day(-4))):
        record(office, value, period)
    rules = {"periods": "1", "good_periods": "1", "band": "0"}
    assert edit(office, {"target": "≤2.5 days", "holds": "all", **rules}).ok
    office.clerk.submit(office.clerk.modal())
    office.settle()
    assert public(office) == []
    record(office, "2.7", day(-4))
    (alert,) = public(office)
    assert "2.7 days, beyond its target of ≤2.5 days" in alert["text"]
