"""What is typed behind a command, however it is typed, and what the buttons of menus lead to."""

import pytest

from bot.example.load import load_example
from tests.office import TEAM, Office
from tests.scenarios.test_home import home_of, owe
from tests.scenarios.test_settings import words


def title_of(office: Office) -> str:
    """The text of the first field of the form that is open."""
    view = office.clerk.modal()
    return next(block["element"].get("initial_value", "") for block in view["blocks"] if block["type"] == "input")  # type: ignore[index]


@pytest.mark.parametrize(
    "command",
    [
        "/issue help desk answers too late",
        "/issue top shelf is too high",
        "/issue 帮助台太慢了 换人",
        "/suggest help newcomers find their way",
        "/issue A & B < C",
    ],
)
def test_a_text_that_begins_like_a_subcommand_is_a_text(office: Office, command: str) -> None:
    office.clerk.command(command, "C0SALES")
    assert title_of(office) == command.partition(" ")[2]


@pytest.mark.parametrize("sent, typed", [("A &amp; B &lt; C", "A & B < C"), ("A & B is &amp;", "A & B is &amp;")])
def test_what_slack_escapes_is_read_as_it_was_typed(office: Office, sent: str, typed: str) -> None:
    office.clerk.command(f"/issue {sent}", "C0SALES")
    assert title_of(office) == typed


def test_words_behind_optimize_become_the_background(office: Office) -> None:
    office.clerk.command("/optimize Orders were pushed by hand", "C0SALES")
    view = office.clerk.modal()
    background = next(block for block in view["blocks"] if block["block_id"] == "background")  # type: ignore[index]
    assert background["element"]["initial_value"] == "Orders were pushed by hand"


@pytest.mark.parametrize(
    "typed", ["/gemba 任务　列表", "/gemba task\tlist", "/gemba task\nlist mine", "/gemba  task  list"]
)
def test_any_space_parts_words(office: Office, typed: str) -> None:
    outcome = office.clerk.command(typed, "C0SALES")
    assert "You have no open tasks" in outcome.response["text"]


def test_a_word_that_nobody_knows_leads_to_the_help_alone(office: Office) -> None:
    outcome = office.clerk.command("/gemba xyzzy foo", "C0SALES")
    (button,) = outcome.response["blocks"][-1]["elements"]
    assert button["value"] == "gemba help"


def test_the_settings_that_were_meant_are_those_of_this_channel(office: Office) -> None:
    office.lead.command("/gemba setings channel", "C0SALES")
    office.lead.press(office.lead.messages("C0SALES")[-1], "command.run", "gemba settings channel")
    view = office.lead.modal()
    assert "<#C0SALES>" in words(view)


def test_the_report_from_the_home_tab_asks_for_a_channel_and_silences_nobody(office: Office) -> None:
    office.clerk.press(home_of(office.clerk), "command.run:gemba")
    office.clerk.press(office.clerk.modal(), "command.run:gemba-report")
    assert "Type this in a team's channel" in words(office.clerk.modal())
    office.settle()
    assert office.undelivered() == {}


def test_done_in_a_list_from_the_home_tab_brings_the_list_up_to_date(office: Office) -> None:
    owe(office, "U0CLERK", office.clock.now().date(), issues=0)
    office.clerk.press(home_of(office.clerk), "command.run:gemba")
    office.clerk.press(office.clerk.modal(), "command.run:gemba-task-list")
    shown = office.clerk.modals()
    office.clerk.press(shown[-1], "owed.done:task:1")
    assert len(office.clerk.modals()) == len(shown)
    assert "Call the supplier" not in words(office.clerk.modal())


def test_the_way_from_the_home_tab_never_ends_at_the_third_modal(office: Office) -> None:
    load_example(office.program, TEAM)
    office.settle(10)
    office.lead.press(home_of(office.lead), "command.run:gemba")
    office.lead.press(office.lead.modal(), "command.run:gemba-pilot")
    office.lead.press(office.lead.modal(), "command.run", "gemba pilot show P-1")
    outcome = office.lead.press(office.lead.modal(), "pilot.enter")
    assert outcome.ok and office.lead.modal()["callback_id"] == "pilot.enter"  # type: ignore[index]
    assert "went wrong" not in words(office.lead.modal())


SAME = """
/issue list mine = /issue 列表 我的 | /issue list open = /issue 列表 待处理 | /issue list overdue = /issue 列表 逾期
/issue show I-1 = /issue 查看 I-1 | /issue top = /issue 损失最大 | /issue help = /issue 帮助 | /issue help = /issue ?
/feedback summary P-1 = /feedback 汇总 P-1
/optimize list = /optimize 列表 | /optimize show O-1 = /optimize 查看 O-1
/suggest list = /suggest 列表 | /suggest status = /suggest 状态 | /suggest box = /suggest 意见箱
/gemba help = /gemba 帮助 | /gemba report = /gemba 报告
/gemba settings me = /gemba 设置 我 | /gemba settings channel = /gemba 设置 频道
/gemba settings departments = /gemba 设置 部门 | /gemba settings processes = /gemba 设置 流程
/gemba settings workspace = /gemba 设置 工作区 | /gemba settings roles = /gemba 设置 角色
/gemba task = /gemba 任务 | /gemba task = /gemba task list mine | /gemba task list mine = /gemba 任务 列表 我的
/gemba task list channel = /gemba 任务 列表 频道 | /gemba task list overdue = /gemba 任务 列表 逾期
/gemba task add Chairs = /gemba 任务 添加 Chairs | /gemba task add Chairs = /gemba 任务 新增 Chairs
/gemba task add Chairs = /gemba 任务 新建 Chairs | /gemba task done T-99 = /gemba 任务 完成 T-99
/gemba kpi = /gemba 指标 | /gemba kpi = /gemba 指标 列表 | /gemba kpi add = /gemba 指标 添加
/gemba kpi add = /gemba 指标 新增 | /gemba kpi add = /gemba 指标 新建 | /gemba kpi import = /gemba 指标 导入
/gemba kpi show Order fulfilment cycle = /gemba 指标 查看 Order fulfilment cycle
/gemba kpi show Order fulfilment cycle = /gemba 指标 Order fulfilment cycle
/gemba kpi record Order fulfilment cycle = /gemba 指标 记录 Order fulfilment cycle
/gemba kpi record Order fulfilment cycle = /gemba 指标 录入 Order fulfilment cycle
/gemba kpi edit Order fulfilment cycle = /gemba 指标 修改 Order fulfilment cycle
/gemba kpi edit Order fulfilment cycle = /gemba 指标 编辑 Order fulfilment cycle
/gemba kpi archive Order fulfilment cycle = /gemba 指标 归档 Order fulfilment cycle
/gemba kpi unarchive nothing = /gemba 指标 取消归档 nothing | /gemba kpi unarchive nothing = /gemba 指标 恢复 nothing
/gemba kpi export = /gemba 指标 导出
/gemba pilot = /gemba 试点 | /gemba pilot = /gemba 试点 列表 | /gemba pilot show P-1 = /gemba 试点 查看 P-1
/gemba pilot show P-1 = /gemba 试点 P-1 | /gemba pilot add Order = /gemba 试点 添加 Order
/gemba pilot add Order = /gemba 试点 新增 Order | /gemba pilot add Order = /gemba 试点 新建 Order
/gemba pilot record P-1 nothing 3 = /gemba 试点 记录 P-1 nothing 3
/gemba pilot record P-1 nothing 3 = /gemba 试点 录入 P-1 nothing 3
/gemba project = /gemba 项目 | /gemba project = /gemba 项目 列表 | /gemba project show 618 = /gemba 项目 查看 618
/gemba process = /gemba 流程 | /gemba process = /gemba 流程 列表 | /gemba process show order = /gemba 流程 查看 order
"""


def test_each_word_means_the_same_in_chinese(office: Office) -> None:
    load_example(office.program, TEAM)
    office.settle(20)
    pairs = [pair.strip().split(" = ") for pair in SAME.replace("\n", "|").split("|") if pair.strip()]
    assert [pair for pair in pairs if answer(office, pair[0]) != answer(office, pair[1])] == []


def answer(office: Office, command: str) -> str:
    """What is shown: the texts of the modal that opens, or of the answer, without what refusals repeat."""
    before = len(office.lead.messages("C0SALES"))
    outcome = office.lead.command(command, "C0SALES")
    view = office.lead.modal()
    if view:
        office.lead.close(view, clear=True)
    assert outcome.ok
    said = [view] if view else office.lead.messages("C0SALES")[before:]
    assert said, command
    return "\n".join(words(one).partition("What you typed:")[0] for one in said)


@pytest.mark.parametrize(
    "typed, meant",
    [
        pytest.param("/gemba tsk list mine", "gemba task list mine", id="a noun"),
        pytest.param("/gemba 任务表 我的", "gemba 任务 我的", id="a noun in Chinese"),
        pytest.param("/gemba task lsit mine", "gemba task list mine", id="a verb"),
        pytest.param("/gemba task ad new chairs for us", "gemba task add new chairs for us", id="long"),
        pytest.param("/gemba task 添加了 新的椅子", "gemba task 添加 新的椅子", id="a verb in Chinese"),
        pytest.param("/gemba task new chairs", "gemba task add new chairs", id="no verb of tasks"),
        pytest.param("/gemba kpi recrod Cycle A 3,2 2026-10", "gemba kpi record Cycle A 3,2 2026-10", id="KPIs"),
        pytest.param("/gemba kpi no such thing", "gemba kpi show no such thing", id="neither verb nor name"),
        pytest.param("/gemba pilot recrod P-1 cycle 3", "gemba pilot record P-1 cycle 3", id="pilots"),
        pytest.param("/gemba project shwo 618", "gemba project show 618", id="projects"),
        pytest.param("/issue lsit mine", "issue list mine", id="a command that takes a text"),
        pytest.param("/gemba hlep", "gemba help", id="help"),
    ],
)
def test_nothing_that_was_typed_is_lost_with_a_mistyped_word(office: Office, typed: str, meant: str) -> None:
    outcome = office.clerk.command(typed, "C0SALES")
    assert outcome.response["blocks"][-1]["elements"][0]["value"] == meant


@pytest.mark.parametrize("title", ["查看慢", "列表不对", "lists of customers are out of date", "汇总表"])
def test_a_title_that_is_like_a_subcommand_is_a_title(office: Office, title: str) -> None:
    office.clerk.command(f"/issue {title}", "C0SALES")
    assert title_of(office) == title
