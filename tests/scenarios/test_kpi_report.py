"""The monthly KPI report: in its channel, in both languages, with its thread; KPIs on the Home tab and as a file."""

import csv
import io
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from urllib.request import urlopen

import pytest
from openpyxl import load_workbook

from domain.core import Bilingual
from domain.kpis.imports.rows import raw_values
from domain.kpis.record import Frequency, Kpi
from domain.kpis.values.actions import Value, upsert_values
from domain.people.record import Department, Notice, TeamChannel
from domain.processes.record import Process
from domain.schedules.actions import schedule_channel
from domain.schedules.record import Schedule
from sandbox.person import Person
from tests.conftest import MONDAY
from tests.office import Office, texts
from tests.reading import english_left

pytestmark = pytest.mark.opens_at(MONDAY)  # months and quarters with their names
SALES, BEFORE = "C0SALES", datetime(2026, 10, 30, 8, tzinfo=UTC)
OCTOBER = date(2026, 10, 31)


def channel(office: Office, language: str = "en", **fields: Any) -> None:
    """A team channel, set up on a Friday in October."""
    with office.store() as work:
        made = TeamChannel(channel_id=SALES, language=language, timezone="Europe/Berlin", **fields)
        schedule_channel(work, work.of(TeamChannel).add(made, by="", at=BEFORE), now=BEFORE)


def watched(office: Office, name: str, *months: object, name_zh: str = "", **fields: Any) -> Kpi:
    """A monthly KPI; `months` are its values, the last of them for October."""
    given = {
        "name": Bilingual(name, name_zh),
        "target": "≤3 days",
        "frequency": Frequency.MONTHLY,
        "channel": SALES,
        **fields,
    }
    with office.store() as work:
        kpi = work.of(Kpi).add(Kpi(**{"key": name.casefold(), **given}), by="U0LEAD", at=BEFORE)
        ends = [OCTOBER]
        while len(ends) < len(months):
            ends.append(ends[-1].replace(day=1) - timedelta(days=1))
        segment = kpi.segments[0] if kpi.segments else ""
        values = [Value(segment, end, Decimal(str(value))) for end, value in zip(ends, reversed(months), strict=False)]
        upsert_values(work, kpi, values, by="", via="program", now=BEFORE)
    office.settle()
    return kpi


def entered(office: Office, kpi: Kpi, period: date, value: int) -> None:
    with office.store() as work:
        upsert_values(work, kpi, [Value("", period, Decimal(value))], by="", via="program", now=office.clock.now())


def reports(office: Office) -> list[dict[str, Any]]:
    said = [message for message in office.lead.messages(SALES) if not message.get("is_ephemeral")]
    return [message for message in said if "PI report" in str(message["blocks"]) or "月度" in str(message["blocks"])]


def rows(message: dict[str, Any]) -> list[list[str]]:
    (table,) = [block for block in message["blocks"] if block["type"] == "table"]
    return [[cell["text"] for cell in row] for row in table["rows"]]


def run(office: Office) -> None:
    """As if it were the 2nd of November."""
    office.program.runner.run_by_hand("kpi-report", office.clock.now())
    office.settle()
    assert office.undelivered() == {}


def test_each_kpi_is_told_with_value_target_status_change_and_trend(office: Office) -> None:
    channel(office)
    watched(office, "Cycle", *range(1, 11), 4)
    watched(office, "Returns", 1, "1.5", target="≤2 %")
    run(office)

    (told,) = reports(office)
    assert told["blocks"][0]["text"]["text"] == "KPI report, October 2026"
    assert rows(told) == [
        ["KPI", "Value", "Target", "Status", "Change on the month before", "Trend"],
        ["Cycle", "4 days", "≤3 days", "🚨 Off target", "−6 days", "▁▁▂▃▄▄▅▆▇█▃ getting worse"],
        ["Returns", "1.5 %", "≤2 %", "✅ On target", "+0.5 percentage points", "▁█ no clear trend"],
    ]
    assert "2 KPIs · 1 off target" in told["text"]
    assert "*Returns* · 1.5 % · target ≤2 % · ✅ On target · +0.5 percentage points" in told["text"], (
        "all of it as a text, too"
    )
    assert [block["type"] for block in told["blocks"]].count("data_visualization") == 1, "a chart of what is off"

    run(office)
    assert len(reports(office)) == 1


def test_it_comes_on_the_first_working_day_and_up_to_a_week_late(office: Office) -> None:
    channel(office)
    kpi = watched(office, "Cycle", 2, 2)
    entered(office, kpi, date(2026, 11, 30), 2)
    office.program.runner.run_due()  # three weeks after the 2nd of November
    office.settle()
    assert reports(office) == [], "too late to be of use"

    office.travel(days=8)  # Tuesday, 1 December
    assert [told["blocks"][0]["text"]["text"] for told in reports(office)] == ["KPI report, November 2026"]


def test_a_value_that_comes_later_is_filled_in(office: Office) -> None:
    channel(office)
    office.clock.travel_to(datetime(2026, 12, 1, 9, tzinfo=UTC))
    watched(office, "Cycle", 2, 2)
    kpi = watched(office, "Claims", "2.9", "3.4", 2)
    entered(office, kpi, date(2026, 11, 30), 1)
    run(office)
    (told,) = reports(office)
    assert rows(told)[1][:4] == ["Cycle", "2 days for October 2026", "≤3 days", "⏳ Value missing"]

    office.travel(days=3)
    office.lead.command("/gemba kpi record Cycle 3.5 2026-11-30", SALES)
    office.settle()
    (told,) = reports(office)
    assert rows(told)[1][:5] == ["Cycle", "3.5 days", "≤3 days", "🚨 Off target", "+1.5 days"]


def test_old_months_are_judged_by_the_target_of_their_time_and_count_how_often(office: Office) -> None:
    channel(office)
    daily = watched(office, "Picks", target="≥95 %", frequency=Frequency.DAILY)
    with office.store() as work:
        values = [Value("", date(2026, 10, day), Decimal(90 if day % 2 else 96)) for day in range(1, 31)]
        values += [Value("", date(2026, 11, 2), Decimal(10))]
        upsert_values(work, daily, values, by="", via="program", now=BEFORE)
    run(office)
    assert rows(reports(office)[0])[1][1:5] == ["96 %", "≥95 %", "✅ On target (15 of 30 values)", "–"]


def test_what_it_cuts_is_in_its_thread_and_behind_a_button(office: Office) -> None:
    channel(office)
    for number in range(20):
        watched(office, f"Figure {number:02}", 4 if number == 19 else 2, segments=("East", "West"))
    run(office)

    (told,) = reports(office)
    assert rows(told)[1][0] == "Figure 19 · East", "what is off target comes first"
    assert len(rows(told)) == 16 and "… and 25 more, in the thread." in str(told["blocks"])
    thread = office.lead.messages(SALES, thread=told["ts"])[1:]
    assert [len(rows(message)) for message in thread] == [19, 8]
    names = [row[0] for message in (told, *thread) for row in rows(message)[1:]]
    assert len(set(names)) == 40

    office.clerk.press(told, "kpi.report")
    shown = str(office.clerk.modal())
    assert all(name in shown for name in names)


def test_a_month_without_values_is_one_line_and_a_channel_without_kpis_silent(office: Office) -> None:
    channel(office)
    assert office.program.runner.run_by_hand("kpi-report", BEFORE)[0].outcome == "nothing_to_say"
    watched(office, "Cycle")
    run(office)
    (told,) = texts(office.lead.messages(SALES))
    assert told.startswith("No KPI of this channel had a value in October 2026.")


def test_a_report_without_values_becomes_a_whole_one_with_its_thread_as_they_come(office: Office) -> None:
    channel(office)
    office.clock.travel_to(datetime(2026, 12, 1, 9, tzinfo=UTC))
    kpis = [watched(office, f"Figure {number:02}", 2) for number in range(17)]
    run(office)
    (told,) = office.lead.messages(SALES)
    assert "had a value" in told["text"]
    entered(office, kpis[0], date(2026, 11, 30), 2)
    office.settle()
    (told,) = reports(office)
    assert len(office.lead.messages(SALES, thread=told["ts"])) == 2 and "16 with a value missing" in told["text"]


def test_a_channel_that_hears_nothing_of_kpis_gets_no_report(office: Office) -> None:
    channel(office, notices=(Notice.SYNC,))
    watched(office, "Cycle", 2, 2)
    run(office)
    assert reports(office) == []


def test_in_chinese_and_in_both_languages(office: Office) -> None:
    channel(office, "zh_CN")
    watched(office, "Cycle", *range(1, 11), 4, name_zh="订单周期")
    watched(office, "Claims", "1.5", name_zh="客诉率")
    run(office)
    (told,) = reports(office)
    assert told["blocks"][0]["text"]["text"] == "流程效果月度监控报告，2026年10月"
    assert rows(told)[1] == ["订单周期", "4 天", "≤3 天", "🚨 未达标", "−6 天", "▁▁▂▃▄▄▅▆▇█▃ 正在变差"]
    assert english_left(told) == []


def test_another_country_has_another_first_working_day(office: Office) -> None:
    channel(office)
    office.lead.command("/gemba settings", SALES)
    with office.store() as work:
        (schedule,) = work.of(Schedule).find(job="kpi-report")
        assert schedule.rule == "monthly 09:00"
        work.set_workspace(by="", at=BEFORE, country="DE")
        schedule_channel(work, work.of(TeamChannel).find()[0], now=office.clock.now())
        assert work.of(Schedule).find(job="kpi-report")[0].rule == "monthly 09:00 DE"


# The Home tab


def home(person: Person) -> dict[str, Any]:
    person.open_home()
    return person.wait_for(person.home)


def test_home_shows_alerts_first_then_missing_values_then_the_rest(office: Office) -> None:
    with office.store() as work:
        process = work.of(Process).add(Process(name=Bilingual("Orders"), owner="U0CLERK"), by="", at=BEFORE)
        head = work.of(Department).add(Department(name=Bilingual("Sales"), head="U0CLERK"), by="", at=BEFORE)
    watched(office, "A good one", 2, 2, process_id=process.id)
    watched(office, "B late", 2, 0, data_owner="U0CLERK", frequency=Frequency.DAILY)
    watched(office, "C off", 2, 9, owner="U0CLERK")
    watched(office, "D of theirs", 2, 2, departments=(head.id,))
    watched(office, "E of others", 2, 2, owner="U0STOCK")
    office.travel(minutes=1)

    view = home(office.clerk)
    seen = str(view)
    assert seen.index("C off") < seen.index("B late") < seen.index("A good one") < seen.index("D of theirs")
    assert "E of others" not in seen and "The value for Thu, Nov 19 is missing." in seen and "|Open the alert>" in seen

    office.clerk.press(view, "kpi.acknowledge")
    assert office.clerk.submit(office.clerk.modal(), {"next_step": "Ask IT"}).ok
    office.clerk.wait_for(lambda: "🙋 <@U0CLERK> until" in str(office.clerk.home()))

    office.clerk.press(office.clerk.home() or {}, "kpi.enter")
    assert office.clerk.submit(office.clerk.modal(), {"value": "2.5"}).ok
    office.clerk.wait_for(lambda: "The value for Thu, Nov 19 is missing." not in str(office.clerk.home()))


def test_home_cuts_a_long_list_and_is_silent_for_who_has_none(office: Office) -> None:
    for number in range(9):
        watched(office, f"Figure {number}", 2, owner="U0CLERK")
    assert "Your KPIs" not in str(home(office.stock)) and "我的指标" not in str(home(office.stock))

    view = home(office.clerk)
    assert "… and 3 more" in str(view)
    assert office.clerk.press(view, "command.run:gemba-kpi").ok


def test_home_is_chinese_for_who_reads_chinese(office: Office) -> None:
    watched(office, "Late", 2, 0, name_zh="准时率", data_owner="U0STOCK", frequency=Frequency.DAILY)
    office.travel(minutes=1)
    view = home(office.stock)
    assert "我的指标" in str(view) and "尚缺" in str(view)
    assert english_left(view) == []


# As a file


def file_of(person: Person) -> tuple[str, bytes]:
    (shown,) = [file for message in person.messages(person.dm) for file in message.get("files", [])]
    with urlopen(shown["url_private"]) as answer:
        return shown["name"], answer.read()


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_all_kpis_come_as_a_file_that_can_be_imported_again(office: Office, kind: str) -> None:
    watched(office, "=cmd|'/c calc'!A1", "-3", segments=("East",), formula="-1+1", source="@erp", key="nasty")
    office.clerk.command(f"/gemba kpi export {kind}", SALES)
    office.settle()
    name, content = file_of(office.clerk)
    assert name == f"KPI monitoring table.{kind}"
    head = [
        "KPI name",
        "Formula",
        "Data source",
        "Monitoring frequency",
        "Target",
        "Actual",
        "Responsible departments",
        "Period",
        "Segment",
    ]
    if kind == "csv":
        first, row = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
        assert first == head and content.startswith(b"\xef\xbb\xbf")
        assert row[:3] == ["'=cmd|'/c calc'!A1", "'-1+1", "'@erp"]
    else:
        cells = list(load_workbook(io.BytesIO(content)).active.rows)
        assert [cell.value for cell in cells[0]] == head
        assert [cell.data_type for cell in cells[1][:3]] == ["s", "s", "s"]
        assert cells[1][0].value == "=cmd|'/c calc'!A1"
    (value,) = raw_values(content)
    assert (value.kpi, value.segment, value.period) == ("=cmd|'/c calc'!A1", "East", "2026-10-31")
    assert value.value == "-3 days"
    assert office.undelivered() == {}


def test_the_file_is_in_the_readers_language(office: Office) -> None:
    watched(office, "Cycle", 2, name_zh="订单周期")
    office.stock.command("/gemba kpi 导出 csv", "C0WAREHOUSE")
    office.settle()
    name, content = file_of(office.stock)
    assert name == "流程监控指标表.csv"
    first, row = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert first[:7] == ["指标名称", "计算公式", "数据来源", "监控频率", "目标值", "实际值", "责任部门"]
    assert row[0] == "订单周期" and row[3:6] == ["月监控", "≤3 天", "2 天"]


def test_where_files_are_refused_it_says_how_to_get_the_table(office: Office) -> None:
    watched(office, "Cycle", 2)
    office.lead.inject(
        {"where": "files.completeUploadExternal", "kind": "refuse", "error": "missing_scope", "times": 1}
    )
    try:
        office.clerk.command("/gemba kpi export", SALES)
        office.settle()
    finally:
        office.lead.mend()
    (told,) = office.clerk.messages(office.clerk.dm)
    assert "files:write" in str(told["blocks"]) and office.undelivered() == {}
