"""Projects and the process inventory, as people look them up in both languages."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from bot.example.load import load_example
from domain.core import Bilingual, Record, Severity
from domain.issues.record import Issue
from domain.kpis.record import Kpi
from domain.lifecycle.numbers import next_number
from domain.optimizations.record import Optimization
from domain.people.record import Department
from domain.pilots.record import Metric, Pilot, PilotProblem, Reading
from domain.processes.record import Process, Step
from domain.projects.record import Goal, Project
from domain.risks.record import Risk
from domain.rollouts.record import Rollout
from domain.suggestions.record import Suggestion
from domain.tasks.record import Task
from sandbox.person import Person
from tests.conftest import MONDAY
from tests.office import TEAM, Office
from tests.reading import english_left

pytestmark = pytest.mark.opens_at(MONDAY)  # quarters and deadlines with their years


@pytest.fixture
def example(office: Office) -> Office:
    load_example(office.program, TEAM)
    office.settle(20)
    return office


def asks(office: Office, person: Person, command: str) -> list[str]:
    """What the answer says, line by line."""
    assert person.command(command).ok
    office.settle()
    return [line for text in _texts(person.messages()[-1]["blocks"]) for line in text.splitlines()]


def _texts(part: Any) -> list[str]:
    if isinstance(part, list):
        return [text for one in part for text in _texts(one)]
    if not isinstance(part, dict):
        return []
    own = [part["text"]] if isinstance(part.get("text"), str) else []
    return own + [text for value in part.values() if isinstance(value, dict | list) for text in _texts(value)]


def test_goal_scope_plan_and_risks_are_read_as_the_worked_examples_say(example: Office) -> None:
    said = asks(example, example.clerk, "/gemba project show Sales order processing")
    assert [line for line in said if line.startswith(("•", "▶"))] == [
        "• Order cycle: 5 days → 3 days, *40 % better*, by Jan 3, 2027",
        "• Error rate: 8 % → 3 %, *62.5 % better*, by Jan 3, 2027",
        "• Satisfaction: 85 % → 95 %, *11.8 % better*, by Jan 3, 2027",
        "• Week 1: Goals and team",
        "• Weeks 2–3: Survey",
        "• Weeks 4–5: Design and risks",
        "▶ *Weeks 6–7: Pilot*",
        "• Weeks 8–10: Roll-out",
        "• Weeks 11–12: Summary",
        "• Week 1: Sales",
        "• Week 2: Warehouse",
        "• Week 3: The whole company",
    ]
    assert "Oct 12, 2026 to Jan 3, 2027 · week 7 of 12 · Pilot" in said
    assert said[said.index("*In scope*") + 1] == "Sales, Production, Warehouse"
    assert said[said.index("*Out of scope*") + 1] == "Pricing, Customer acquisition"
    first = said.index("🔴 R-1 *High: Front-line staff resist the new process*")
    assert said[first + 1 : first + 3] == [
        "Likelihood: Medium · Impact: High · <@U0SALESHEAD>",
        "Response: Kick-off, Staff in the design, A contribution award",
    ]
    assert [line for line in said if line.startswith("🟡")] == [
        "🟡 R-2 *Medium: Data of the old and the new system do not fit*",
        "🟡 R-3 *Medium: Urgent orders are not covered*",
    ]


def test_a_chinese_reader_finds_the_same_by_its_chinese_name(example: Office) -> None:
    said = asks(example, example.stock, "/gemba 项目 查看 销售订单处理流程优化")
    assert "• 订单处理周期：5 天 → 3 天， *改善 40%* · 2027年1月3日前" in said
    assert "• 错误率：8% → 3%， *改善 62.5%* · 2027年1月3日前" in said
    assert "▶ *第 6–7 周：试点*" in said and "• 第 3 周：全公司" in said
    assert said[said.index("*优化范围*") + 1 : said.index("*实施计划*")] == [
        "销售部、生产部、仓储部",
        "*不包含范围*",
        "定价、客户开发",
    ]
    assert "🔴 R-1 *高：一线员工抵触新流程*" in said and "可能性：低 · 影响程度：中 · <@U0PLANNER>" in said
    assert english_left([message["blocks"] for message in example.stock.messages()]) == []


def test_steps_limits_training_and_duties_of_a_process_are_read_in_both_languages(example: Office) -> None:
    said = asks(example, example.clerk, "/gemba process show order ful")
    check = said.index("*2. Check stock* · Warehouse / Stock keeper")
    assert said[check + 1] == (
        "Time limit: 2 hours · Deliverable: Stock report · Accepted when: Accuracy at least 99 % · Assisted by: IT"
    )
    assert "Stock is looked up in Excel and error-prone" in said and "Connect to ERP" in said
    batches = ["• Weeks 1–2: Sales (six regions)", "• Weeks 3–4: Production, Warehouse"]
    training = ["Training:", "• Batch 1: Production", "• Batch 2: Purchasing", "• Batch 3: Sales"]
    assert said[(at := said.index(batches[0])) : at + 8] == [
        *batches,
        *training,
        "Handed out: Handbook, Videos",
        "Improvement specialist: trains · IT: configures · Department heads: answer for it",
    ]
    chinese = asks(example, example.stock, "/gemba process 投诉")
    assert "*1. 分派投诉* · 客服部 / 首责部门" in chinese and "完成时限：24小时" in chinese
    assert "V2.0 之前，投诉流转平均耗时 72 小时" in chinese


@pytest.mark.parametrize(
    "typed, lines",
    [
        (
            "618",
            [
                "• Preparation: 45 days → 35 days, *22.2 % better*, by Jun 18, 2027",
                "• Time to answer complaints: *50 % better*, by Jun 18, 2027",
                "Marketing",
                "Technology, Operations, Logistics, Customer service",
            ],
        ),
        ("launch", ["• Whole approval: 15 days → 7 days, *53.3 % better*", "• Parallel review: *≤3 working days*"]),
        (
            "complaint",
            ["• Closed loop: *≤48 hours*", "• Assigned by customer service: *≤24 hours*", "• Satisfaction: *≥90 %*"],
        ),
        ("enter once", ["S-1", "Jan 1, 2027 to Mar 31, 2027 · not begun yet"]),
    ],
)
def test_the_other_projects_tell_their_figures(example: Office, typed: str, lines: list[str]) -> None:
    said = asks(example, example.clerk, f"/gemba project {typed}")
    assert [line for line in lines if line not in said] == []


def test_the_lists_lead_on_by_a_button(example: Office) -> None:
    said = asks(example, example.clerk, "/gemba project")
    assert next(line for line in said if line.startswith("*")) == "*Sales order processing*"  # under way comes first
    listed = example.clerk.messages()[-1]
    example.clerk.press(listed, "command.run", "gemba project show Campaign 618")
    example.settle()
    assert "Campaign 618" in example.clerk.messages()[-1]["text"]
    asks(example, example.clerk, "/gemba process show Sales order processing")
    example.clerk.press(example.clerk.messages()[-1], "command.run:issues")
    example.settle()
    assert "Order approval takes 1.5 days" in str(example.clerk.messages()[-1]["blocks"])


def test_a_name_that_is_not_clear_is_asked_about(example: Office) -> None:
    said = asks(example, example.clerk, "/gemba process show Order fulfillment")
    assert said == [
        "There is no process of that name. Did you mean one of these?",
        "Order fulfillment",
        "Order fulfilment",
    ]
    example.clerk.press(example.clerk.messages()[-1], "command.run:0")
    example.settle()
    assert example.clerk.messages()[-1]["text"] == "Process Order fulfilment"
    assert "Did you mean `/gemba project show 618`?" in asks(example, example.clerk, "/gemba project shwo 618")[0]
    assert "Show the list" in asks(example, example.clerk, "/gemba project nonsense")
    assert asks(example, example.stock, "/gemba project show")[0] == "哪个项目？"


def test_where_there_is_nothing_yet_the_answer_says_so(office: Office) -> None:
    assert "No improvement project is recorded yet." in asks(office, office.clerk, "/gemba project")[0]
    assert "No improvement project is recorded yet." in asks(office, office.clerk, "/gemba project show")[0]
    assert "No processes yet." in asks(office, office.clerk, "/gemba process list")[0]
    with office.store() as work:
        work.of(Process).add(Process(name=Bilingual("Bare")), by="", at=office.clock.now())
        work.of(Project).add(Project(name=Bilingual("Bare")), by="", at=office.clock.now())
    assert "No steps are recorded yet." in " ".join(asks(office, office.clerk, "/gemba process Bare"))
    said = " ".join(asks(office, office.clerk, "/gemba project Bare"))
    assert "no dates yet" in said and "No goal with a figure is set yet." in said


def test_long_lists_are_cut_and_say_by_how_much(office: Office) -> None:
    at = office.clock.now()
    with office.store() as work:
        for number in range(14):
            work.of(Project).add(Project(name=Bilingual(f"Project {number:02}")), by="", at=at)
        goals = tuple(Goal(Bilingual(f"Goal {number}"), after=Decimal(number)) for number in range(13))
        long = work.of(Project).add(Project(name=Bilingual("Endless"), goals=goals), by="", at=at)
        for number in range(12):
            what, low = Bilingual(f"Risk {number}"), Severity.LOW
            work.of(Risk).add(
                Risk(number=next_number(work, Risk), project_id=long.id, what=what, likelihood=low, impact=low),
                by="",
                at=at,
            )
        steps = tuple(Step(Bilingual(f"Step {number}")) for number in range(40))
        work.of(Process).add(Process(name=Bilingual("Long"), steps=steps), by="", at=at)
    assert "… and 5 more" in asks(office, office.clerk, "/gemba project")
    assert [line for line in asks(office, office.clerk, "/gemba project endless") if "more" in line] == [
        "… and 3 more",
        "… and 2 more",
    ]
    assert "… and 25 more" in asks(office, office.clerk, "/gemba process long")


def test_what_people_write_in_a_project_is_never_markup(office: Office) -> None:
    evil = "<!channel> *bold* `code`"
    with office.store() as work:
        project = Project(
            name=Bilingual(evil),
            background=Bilingual(evil),
            goals=(Goal(Bilingual(evil), after=Decimal(3)),),
            in_scope=(Bilingual(evil),),
        )
        work.of(Project).add(project, by="", at=office.clock.now())
    assert office.clerk.command("/gemba project channel").ok
    office.settle()
    message = office.clerk.messages()[-1]
    assert "<!channel>" not in message["text"]
    sections = [block for block in message["blocks"] if block["type"] == "section"]
    assert "<!channel>" not in str(sections) and "&lt;!channel&gt;" in str(sections)


def test_the_example_holds_every_record_of_the_worked_examples(example: Office) -> None:
    wanted: dict[type[Record], int] = {
        Department: 9,
        Process: 5,
        Kpi: 3,
        Pilot: 2,
        Metric: 5,
        PilotProblem: 5,
        Reading: 14,
        Issue: 3,
        Task: 4,
        Optimization: 1,
        Suggestion: 1,
        Project: 5,
        Risk: 3,
        Rollout: 2,
    }
    with example.records() as work:
        assert {kind: work.of(kind).count() for kind in wanted} == wanted
        cycle = work.of(Metric).one(name="Order cycle")
        assert cycle is not None
        later = work.of(Reading).one(metric_id=cycle.id, week=4)
        assert later is not None and later.value == Decimal("3.2")


@pytest.mark.parametrize(
    "now, starts, campaign",
    [
        (datetime(2027, 1, 5, 8, tzinfo=UTC), date(2027, 4, 1), date(2027, 6, 18)),
        (datetime(2027, 6, 18, 8, tzinfo=UTC), date(2027, 7, 1), date(2027, 6, 18)),
        (datetime(2027, 12, 31, 8, tzinfo=UTC), date(2028, 1, 1), date(2028, 6, 18)),
    ],
    ids=["in the first days of a year", "on the day itself", "on the last day of a year"],
)
def test_next_quarter_and_the_campaign_lie_ahead_whenever_the_example_is_loaded(
    office: Office, now: datetime, starts: date, campaign: date
) -> None:
    office.clock.travel_to(now)
    load_example(office.program, TEAM)
    with office.records() as work:
        focus, event = work.of(Project).one(suggestion_id=1), work.of(Project).one(name="Campaign 618")
        assert focus is not None and event is not None
        assert (focus.starts, event.ends) == (starts, campaign)
