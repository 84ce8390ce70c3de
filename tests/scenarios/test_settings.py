"""Settings: each kind saved, effective at once, in both languages, and refused to who may not."""

import json
import re
from datetime import time
from typing import Any
from urllib.request import Request, urlopen

import pytest

from domain.cards.messages import Given
from domain.core import Activity, Bilingual, Ref
from domain.people.record import Department, Member, Notice, OverdueMode, Role, TeamChannel
from domain.processes.record import Process, Step
from domain.schedules.record import Schedule
from sandbox.person import Person
from tests.business_day import MONDAY, chinese, day, english
from tests.office import Office, texts

pytestmark = pytest.mark.opens_at(MONDAY)
CHANNEL = {
    "notices": ["issues", "sync"],
    "sync_day": "0",
    "sync_time": "09:00",
    "timezone": "Europe/Berlin",
    "overdue": "escalation",
}


def open_part(person: Person, part: str, channel: str | None = None) -> dict[str, Any]:
    assert person.command(f"/gemba settings {part}", channel).ok
    view = person.modal()
    assert view is not None
    return view


def words(view: Any) -> str:
    """All that a person reads in a modal or on the Home tab, line by line."""

    def inside(value: Any) -> list[str]:
        if isinstance(value, dict):
            own = [value["text"]] if isinstance(value.get("text"), str) else []
            return own + [text for item in value.values() for text in inside(item)]
        return [text for item in value for text in inside(item)] if isinstance(value, list) else []

    return "\n".join(inside(view["blocks"]))


def control(office: Office, method: str, path: str, **body: Any) -> None:
    """Change the sandbox's workspace itself."""
    data = json.dumps(body).encode()
    address = f"{office.sandbox.url}/sandbox/api/{path}"
    urlopen(Request(address, data, {"Content-Type": "application/json"}, method=method)).close()


def test_the_menu_of_everything_opens_what_its_buttons_say(office: Office) -> None:
    office.clerk.command("/gemba", "C0SALES")
    (menu,) = office.clerk.messages("C0SALES")
    assert menu["is_ephemeral"]
    office.clerk.press(menu, "home.issue")
    assert office.clerk.modal()["title"]["text"] == "File an issue"  # type: ignore[index]
    office.clerk.close()
    office.clerk.press(menu, "command.run:gemba-settings")
    assert office.clerk.modal()["title"]["text"] == "Settings"  # type: ignore[index]


def test_a_person_changes_language_and_digest_and_is_answered_in_the_new_language(office: Office) -> None:
    view = open_part(office.clerk, "me")
    given = {"language": "zh_CN", "digest_time": "07:45", "quiet_days": ["4", "5", "6"], "deputy": ["U0SALESHEAD"]}
    assert office.clerk.submit(view, given).ok
    answer = words(office.clerk.modal())
    assert "已保存" in answer and chinese(day(1)) in answer and "07:45" in answer and "<@U0SALESHEAD>" in answer
    with office.records() as work:
        member = work.of(Member).one(user_id="U0CLERK")
        assert member is not None and member.quiet_days == (4, 5, 6) and member.digest_time == time(7, 45)
        schedule = work.of(Schedule).one(job="overdue-reminders", subject="U0CLERK")
        assert schedule is not None and schedule.rule == "daily 07:45"
        assert work.of(Member).one(user_id="U0SALESHEAD") is not None  # known, though they never wrote
        change = work.of(Activity).find(subject="members", verb="changed", subject_id=member.id)[-1]
        assert change.by == "U0CLERK" and change.before["language"] == "" and change.after["language"] == "zh_CN"
    office.clerk.press(office.clerk.modal(), "settings.menu")
    assert office.clerk.modal()["title"]["text"] == "设置"  # type: ignore[index]


def test_settings_can_be_changed_back(office: Office) -> None:
    office.stock.submit(open_part(office.stock, "me"), {"language": "en", "quiet_days": [], "deputy": ["U0WAREHEAD"]})
    assert "Saved." in words(office.stock.modal())
    office.stock.submit(open_part(office.stock, "me"), {"language": "slack", "quiet_days": ["5", "6"], "deputy": []})
    assert "已保存" in words(office.stock.modal())
    with office.records() as work:
        member = work.of(Member).one(user_id="U0STOCK")
        assert member is not None and (member.language, member.deputy, member.quiet_days) == ("", "", (5, 6))


def test_nobody_is_her_own_deputy(office: Office) -> None:
    outcome = office.clerk.submit(open_part(office.clerk, "me"), {"deputy": ["U0CLERK"]})
    assert list(outcome.errors) == ["deputy"]


def test_a_channel_is_set_up_and_says_what_happens_next(office: Office) -> None:
    with office.store() as work:
        sales = work.of(Department).add(Department(name=Bilingual("Sales", "销售部")), by="", at=office.clock.now())
        order = work.of(Process).add(Process(name=Bilingual("Order fulfilment")), by="", at=office.clock.now())
    view = open_part(office.lead, "channel", "C0SALES")
    given = {**CHANNEL, "department": str(sales.id), "processes": [str(order.id)], "language": "both"}
    assert office.lead.submit(view, given).ok
    answer = words(office.lead.modal())
    assert f"Next weekly sync: {english(day(7))}, 09:00 (Europe/Berlin)." in answer
    assert "only when it is escalated" in answer and "English and Chinese" in answer
    with office.records() as work:
        channel = work.of(TeamChannel).one(channel_id="C0SALES")
        assert channel is not None and (channel.name, channel.language) == ("sales", "both")
        assert channel.notices == (Notice.ISSUES, Notice.SYNC) and channel.overdue is OverdueMode.ESCALATION
        assert {schedule.job for schedule in work.of(Schedule).find(subject="C0SALES")} == {
            "weekly-sync",
            "sync-asks",
            "overdue-reminders",
            "kpi-report",
        }
        assert work.of(Department).get(sales.id).channel == "C0SALES"
        assert work.of(Process).get(order.id).channel == "C0SALES"

    office.lead.submit(open_part(office.lead, "channel", "C0SALES"), {"processes": [], "notices": ["kpis"]})
    assert "No weekly sync here." in words(office.lead.modal())
    with office.records() as work:
        assert work.of(Process).get(order.id).channel == ""


def test_the_settings_of_a_channel_show_in_what_is_posted_there(office: Office) -> None:
    office.lead.submit(open_part(office.lead, "channel", "C0SALES"), {**CHANNEL, "language": "zh_CN"})
    office.clerk.command("/issue Broken scale", "C0SALES")
    office.clerk.submit(office.clerk.modal())
    office.settle()
    card = office.sponsor.messages("C0SALES")[0]
    assert "待处理" in card["text"]


def test_without_a_channel_at_hand_it_is_chosen_first_and_zones_are_searched(office: Office) -> None:
    view = open_part(office.lead, "channel")
    assert office.lead.submit(view, {"channel": ["C0WAREHOUSE"]}).ok
    form = office.lead.modal()
    assert form is not None and "<#C0WAREHOUSE>" in words(form)
    found = [option["value"] for option in office.lead.options(form, "settings.zone", "new york")]
    assert found == ["America/New_York"]
    office.lead.submit(form, {**CHANNEL, "timezone": "Asia/Shanghai", "sync_day": "1", "sync_time": "10:30"})
    assert f"{english(day(1))}, 10:30 (Asia/Shanghai)" in words(office.lead.modal())


def test_chinese_readers_find_a_zone_by_its_city(office: Office) -> None:
    with office.store() as work:
        work.of(Department).add(
            Department(name=Bilingual("Warehouse"), head="U0WAREHEAD"), by="", at=office.clock.now()
        )
    form = open_part(office.warehouse_head, "频道", "C0WAREHOUSE")
    found = office.warehouse_head.options(form, "settings.zone", "上海")
    assert [option["value"] for option in found] == ["Asia/Shanghai"]


@pytest.mark.parametrize("part", ["departments", "processes", "workspace", "roles"])
def test_who_may_not_is_told_who_may_and_nothing_opens(office: Office, part: str) -> None:
    office.clerk.command(f"/gemba settings {part}", "C0SALES")
    assert office.clerk.modal() is None
    assert "Only" in texts(office.clerk.messages("C0SALES"))[-1]


def test_who_cannot_change_a_channel_sees_how_it_is_set_up_and_whom_to_ask(office: Office) -> None:
    with office.store() as work:
        sales = Department(name=Bilingual("Sales", "销售部"), head="U0SALESHEAD", deputy="U0SPONSOR")
        sales = work.of(Department).add(sales, by="", at=office.clock.now())
    given = {**CHANNEL, "department": str(sales.id), "sync_day": "2", "sync_time": "14:30", "language": "both"}
    office.lead.submit(open_part(office.lead, "channel", "C0SALES"), given)
    view = open_part(office.clerk, "channel", "C0SALES")
    assert not view.get("submit") and not any(block["type"] == "input" for block in view["blocks"])
    for expected in (
        "*Department or team*\nSales",
        "Wednesday, 14:30 (Europe/Berlin)",
        "Issues, Weekly sync",
        "English and Chinese",
        "ask one of them: <@U0SALESHEAD>, <@U0SPONSOR>, <@U0LEAD>",
    ):
        assert expected in words(view), expected
    office.clerk.press(view, "settings.menu")
    menu = office.clerk.modal()
    assert "<#C0SALES>" in words(menu) and "Show: Team channel" in str(menu)
    office.clerk.close(clear=True)

    stock = open_part(office.stock, "channel", "C0GENERAL")
    assert "还没有人设置" in words(stock) and "<@U0LEAD>" in words(stock) and "周例会" in words(stock)
    assert "Change: Team channel" in str(open_part(office.sales_head, "", "C0SALES"))


def test_a_head_sets_up_the_channel_of_her_own_department_only(office: Office) -> None:
    with office.store() as work:
        own = work.of(Department).add(
            Department(name=Bilingual("Sales"), head="U0SALESHEAD"), by="", at=office.clock.now()
        )
        other = work.of(Department).add(Department(name=Bilingual("Production")), by="", at=office.clock.now())
    view = open_part(office.sales_head, "channel", "C0SALES")
    refused = office.sales_head.submit(view, {**CHANNEL, "department": str(other.id)})
    assert "head of the department" in str(refused.errors)
    assert office.sales_head.submit(view, {**CHANNEL, "department": str(own.id)}).errors is None


def test_departments_are_added_and_changed_in_one_modal(office: Office) -> None:
    view = open_part(office.lead, "departments")
    assert "No departments yet" in words(view)
    office.lead.press(view, "settings.department", "new")
    given = {
        "name": "Sales",
        "name_zh": "销售部",
        "head": ["U0SALESHEAD"],
        "channel": ["C0SALES"],
        "members": ["U0CLERK", "U0SALESHEAD"],
    }
    assert office.lead.submit(office.lead.modal(), given).ok
    listed = office.lead.modal()
    assert "✅ Saved: Sales" in words(listed) and "<@U0SALESHEAD>" in words(listed) and "2 members" in words(listed)
    assert listed is not None
    office.lead.press(listed, "settings.department", "1")
    assert office.lead.submit(office.lead.modal(), {"head": [], "deputy": ["U0CLERK"]}).ok
    office.lead.press(office.lead.modal(), "settings.department", "new")
    outcome = office.lead.submit(office.lead.modal(), {"name": "Sales"})
    assert "already" in outcome.errors["name"]
    with office.records() as work:
        (department,) = work.of(Department).find()
        assert (department.head, department.deputy, department.name.text_zh) == ("", "U0CLERK", "销售部")
        assert [each.verb for each in work.of(Activity).find(subject="departments")] == ["added", "changed"]


def test_an_owner_changes_her_process_and_its_steps_keep_their_details(office: Office) -> None:
    steps = (
        Step(name=Bilingual("Receive order", "接收订单"), time_limit=Bilingual("30 minutes")),
        Step(name=Bilingual("Check stock")),
    )
    with office.store() as work:
        own = work.of(Process).add(
            Process(name=Bilingual("Order"), owner="U0STOCK", steps=steps), by="", at=office.clock.now()
        )
        work.of(Process).add(Process(name=Bilingual("Complaints"), owner="U0SERVICE"), by="", at=office.clock.now())
    view = open_part(office.stock, "processes")
    assert "Order" in words(view) and "Complaints" not in words(view)
    office.stock.press(view, "settings.process", str(own.id))
    form = office.stock.modal()
    lines = "Receive order | 接收订单\n\nShip｜发货"
    assert office.stock.submit(form, {"version": "V2.1", "steps": lines, "name_zh": "订单"}).ok
    with office.records() as work:
        process = work.of(Process).get(own.id)
        assert process.steps == (steps[0], Step(name=Bilingual("Ship", "发货"))) and process.version == "V2.1"


def test_the_workspace_is_set_and_bad_numbers_are_refused_beside_them(office: Office) -> None:
    view = open_part(office.lead, "workspace")
    outcome = office.lead.submit(view, {"due_days_high": "2,5", "soon_days": "soon", "sponsor_days": "3"})
    assert set(outcome.errors) == {"due_days_high", "soon_days", "sponsor_days"}
    with office.store() as work:
        erp = Schedule(job="kpi-sources", subject="sql:erp", rule="daily 06:00", next_due=office.clock.now())
        work.of(Schedule).add(erp, by="", at=office.clock.now())
    given = {
        "timezone": "Asia/Shanghai",
        "language": "both",
        "country": "CN",
        "triage_channel": ["C0TRIAGE"],
        "due_days_high": "2天",
        "soon_days": "３",
        "sponsor_days": "10",
    }
    assert office.lead.submit(view, given).ok
    assert "<#C0TRIAGE>" in words(office.lead.modal())
    with office.records() as work:
        known = work.workspace
        assert (known.country, known.triage_channel, known.due_days_high, known.soon_days) == ("CN", "C0TRIAGE", 2, 3)
        schedule = work.of(Schedule).one(job="kpi-alerts")
        assert schedule is not None and schedule.timezone == "Asia/Shanghai"
        source = work.of(Schedule).one(job="kpi-sources", subject="sql:erp")
        assert source is not None and source.timezone == "Asia/Shanghai" and source.next_due.hour == 22
    form = open_part(office.lead, "workspace")
    assert office.lead.submit(form, {"country": "none", "triage_channel": []}).ok
    with office.records() as work:
        assert (work.workspace.country, work.workspace.triage_channel) == ("", "")


def test_suggestions_that_waited_are_announced_when_their_channel_is_chosen(office: Office) -> None:
    office.clerk.command("/suggest One form less", "C0SALES")
    office.clerk.submit(office.clerk.modal())
    office.settle()
    assert office.lead.messages("C0TRIAGE") == []
    office.lead.submit(open_part(office.lead, "workspace"), {"triage_channel": ["C0TRIAGE"]})
    office.settle()
    assert len(office.lead.messages("C0TRIAGE")) == 1


def test_roles_are_given_to_people_the_bot_never_met_and_taken_back(office: Office) -> None:
    given = {"leads": ["U0SALESHEAD"], "triagers": ["U0STOCK", "U0SALESHEAD"], "sponsor": ["U0SPONSOR"]}
    assert office.lead.submit(open_part(office.lead, "roles"), given).ok
    with office.records() as work:
        head = work.of(Member).one(user_id="U0SALESHEAD")
        assert head is not None and set(head.roles) == {Role.LEAD, Role.TRIAGER} and head.timezone == "Europe/Berlin"
        assert work.workspace.sponsor == "U0SPONSOR"
    open_part(office.sales_head, "departments")
    assert office.lead.submit(open_part(office.lead, "roles"), {"leads": [], "triagers": ["U0STOCK"]}).ok
    office.sales_head.command("/gemba settings departments")
    assert "Only leads" in texts(office.sales_head.messages())[-1]


def test_a_form_that_was_open_when_the_role_was_lost_is_refused(office: Office) -> None:
    office.lead.submit(open_part(office.lead, "roles"), {"leads": ["U0SALESHEAD"]})
    view = open_part(office.sales_head, "departments")
    office.sales_head.press(view, "settings.department", "new")
    office.lead.submit(open_part(office.lead, "roles"), {"leads": []})
    outcome = office.sales_head.submit(office.sales_head.modal(), {"name": "Mine"})
    assert "Only leads" in str(outcome.errors)
    with office.records() as work:
        assert work.of(Department).find() == []


def test_who_was_never_met_reads_what_is_sent_to_them_in_their_language_and_is_not_stored(office: Office) -> None:
    office.clerk.command("/issue Broken scale", "C0SALES")
    office.clerk.submit(office.clerk.modal())
    with office.store() as work:
        work.outbox.say(Given(Ref("issue", 1)), to="U0STOCK", once="issue:1:handed:test")
    office.settle()
    with office.records() as work:
        assert work.of(Member).one(user_id="U0STOCK") is None
        assert work.of(Schedule).one(subject="U0STOCK") is None
    assert re.search("[一-鿿]", office.stock.messages()[-1]["text"])


def test_an_unknown_kind_of_settings_is_named_and_a_typo_is_understood(office: Office) -> None:
    open_part(office.lead, "chanel", "C0SALES")
    office.lead.close()
    office.lead.command("/gemba settings colours", "C0SALES")
    assert "colours" in texts(office.lead.messages("C0SALES"))[-1]


def test_help_in_a_direct_message_is_answered_with_the_menu_in_her_language(office: Office) -> None:
    office.stock.say(office.stock.dm, "帮助")
    office.settle()
    answer = office.stock.wait_for(lambda: office.stock.messages()[1:])[0]
    assert "菜单" in words(answer) or "提交问题" in words(answer)
    office.stock.say(office.stock.dm, "The stock list is wrong")
    office.stock.wait_for(lambda: office.stock.messages()[3:])
    assert len(office.stock.messages()) == 4  # nothing answers to the bot itself


def test_a_mention_is_answered_to_the_person_alone(office: Office) -> None:
    office.clerk.say("C0SALES", "<@U0APPBOT> what is this?")
    office.clerk.wait_for(lambda: office.clerk.messages("C0SALES")[1:])
    assert office.clerk.messages("C0SALES")[1]["is_ephemeral"]
    assert len(office.lead.messages("C0SALES")) == 1


def test_a_channel_is_greeted_once_and_can_be_set_up_from_there(office: Office) -> None:
    for remove in (False, True, False):
        control(office, "POST", "channels/C0RANDOM/members", user="U0APPBOT", remove=remove)
    (greeting,) = office.lead.wait_for(lambda: _of_bot(office.lead.messages("C0RANDOM")))
    office.settle()
    assert len(_of_bot(office.lead.messages("C0RANDOM"))) == 1
    office.lead.press(greeting, "settings.channel")
    assert "<#C0RANDOM>" in words(office.lead.modal())
    with office.records() as work:
        assert work.of(Member).one(user_id="U0APPBOT") is None


def _of_bot(messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [message for message in messages if message.get("bot_id")]
