"""Pilots: started, measured week by week, shown."""

from decimal import Decimal

import pytest

from domain.core import Activity, Bilingual
from domain.pilots.record import Metric, Pilot, PilotProblem, Reading
from tests.business_day import MONDAY, day
from tests.office import Office, texts

pytestmark = pytest.mark.opens_at(MONDAY)
METRICS = (
    ("Order cycle", "订单处理周期", "days", "5.0", "≤3.0", ("4.2", "3.8", "3.5")),
    ("Order error rate", "订单错误率", "%", "8.0", "≤3.0", ("6.5", "5.0", "4.0")),
    ("Customer satisfaction", "客户满意度", "of 100", "85", "≥95", ("88", "90", "92")),
    ("Staff proficiency", "员工熟练度", "of 5", None, "≥4.0", ("3.2", "3.8", "4.2")),
)


@pytest.fixture
def pilot(office: Office) -> Pilot:
    """The East China pilot (T7) in its third week, without values."""
    with office.store() as work:
        stored = work.of(Pilot).add(
            Pilot(
                number=work.next_number("P"),
                name=Bilingual("Order processing, East China", "华东区订单处理试点"),
                owner="U0SALESHEAD",
                channel="C0SALES",
                starts=day(-14),
                ends=day(27),
            ),
            by="",
            at=office.clock.now(),
        )
        for name, chinese, unit, baseline, target, _ in METRICS:
            metric = Metric(
                pilot_id=stored.id,
                name=Bilingual(name, chinese),
                unit=unit,
                target=target,
                baseline=None if baseline is None else Decimal(baseline),
            )
            work.of(Metric).add(metric, by="", at=office.clock.now())
        problem = PilotProblem(pilot_id=stored.id, week=1, text=Bilingual("System unfamiliar", "系统不熟悉"))
        work.of(PilotProblem).add(problem, by="", at=office.clock.now())
    return stored


def test_the_statuses_of_the_worked_example_come_out(office: Office, pilot: Pilot) -> None:
    for name, _, _, _, _, values in METRICS:
        for week, value in enumerate(values, 1):
            assert office.sales_head.command(f"/gemba pilot record P-1 {name} {value} week {week}").ok
    office.sales_head.command("/gemba pilot show P-1", "C0SALES")
    shown = office.sales_head.messages("C0SALES")[-1]
    rows = [block["text"]["text"] for block in shown["blocks"] if block["type"] == "section"][:4]
    assert [row.splitlines()[0] for row in rows] == [
        "*Order cycle*  🟠 Not fully met · 30 % better",
        "*Order error rate*  🟠 Not fully met · 50 % better",
        "*Customer satisfaction*  🔴 Not met · 8 % better",
        "*Staff proficiency*  🟡 Nearly met",
    ]
    assert rows[0].splitlines()[1] == "before 5 days → week 1: 4.2 → week 2: 3.8 → week 3: 3.5 → target ≤3 days"


def test_eight_days_after_fifteen_are_said_to_be_47_percent_better(office: Office) -> None:
    with office.store() as work:
        launch = work.of(Pilot).add(
            Pilot(number=1, name=Bilingual("Launches"), starts=day(-7), ends=day(20)),
            by="",
            at=office.clock.now(),
        )
        metric = Metric(
            pilot_id=launch.id, name=Bilingual("Launch time"), unit="days", baseline=Decimal(15), target="≤7"
        )
        work.of(Metric).add(metric, by="", at=office.clock.now())
    office.planner.command("/gemba pilot record 8天", "C0PRODUCTION")
    answer = office.planner.messages("C0PRODUCTION")[-1]["text"]
    assert "Launch time" in answer and "8" in answer and "47" in answer


def test_a_value_is_echoed_with_its_week_and_what_it_means(office: Office, pilot: Pilot) -> None:
    office.sales_head.command("/gemba pilot record east china order cycle 3.5 days", "C0SALES")
    assert texts(office.sales_head.messages("C0SALES"))[-1].splitlines() == [
        "Recorded for *P-1* Order processing, East China",
        "*Order cycle*: 3.5 days for week 3.",
        "🟠 Not fully met · 30 % better · target ≤3 days",
    ]
    office.sales_head.command("/gemba pilot record P-1 order cycle 3.2", "C0SALES")
    assert "week 3 corrected from 3.5 days to 3.2 days." in texts(office.sales_head.messages("C0SALES"))[-1]
    with office.records() as work:
        (reading,) = work.of(Reading).find()
        assert (reading.week, reading.value, reading.by) == (3, Decimal("3.2"), "U0SALESHEAD")
        verbs = [activity.verb for activity in work.of(Activity).find(subject="pilot_readings")]
        assert verbs == ["added", "corrected"]


def test_it_works_in_chinese(office: Office, pilot: Pilot) -> None:
    with office.store() as work:
        work.of(Pilot).change(work.of(Pilot).get(pilot.id), by="", at=office.clock.now(), owner="U0STOCK")
    office.stock.command("/gemba 试点 记录 华东区 订单处理周期3.5天 第2周", "C0WAREHOUSE")
    answer = texts(office.stock.messages("C0WAREHOUSE"))[-1]
    assert "订单处理周期" in answer and "华东区订单处理试点" in answer
    office.stock.command("/gemba 试点 查看 华东区订单处理试点", "C0WAREHOUSE")
    assert "系统不熟悉" in str(office.stock.messages("C0WAREHOUSE")[-1]["blocks"])


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("P-1 order cycle 3.5 hours", "is in hours"),
        ("P-1 order cycle 3.5 week 5", "is in week 3"),
        ("P-1 staff proficiency 42", "from 0 to 5"),
        ("P-1 weather 3", "no metric “weather”"),
        ("P-1 order cycle", "Write the pilot"),
        ("Mars order cycle 3", "There is no pilot of that name"),
    ],
)
def test_what_cannot_be_recorded_says_why_and_shows_what_was_typed(
    office: Office, pilot: Pilot, typed: str, why: str
) -> None:
    with office.store() as work:  # with a second one running, the pilot has to be named
        work.of(Pilot).add(
            Pilot(number=2, name=Bilingual("Launches"), starts=pilot.starts, ends=pilot.ends),
            by="",
            at=office.clock.now(),
        )
    office.sales_head.command(f"/gemba pilot record {typed}", "C0SALES")
    answer = office.sales_head.messages("C0SALES")[-1]
    assert why in answer["text"] and typed in str(answer["blocks"])
    with office.records() as work:
        assert work.of(Reading).count() == 0


def test_only_the_owner_triagers_and_leads_record(office: Office, pilot: Pilot) -> None:
    office.clerk.command("/gemba pilot record P-1 order cycle 3.5", "C0SALES")
    assert "Only its data owner" in texts(office.clerk.messages("C0SALES"))[-1]
    office.lead.command("/gemba pilot record P-1 order cycle 3.5", "C0SALES")
    assert "3.5 days for week 3" in texts(office.lead.messages("C0SALES"))[-1]


def test_a_pilot_is_started_in_a_form_and_its_card_follows_the_values(office: Office) -> None:
    office.lead.command("/gemba pilot add Order processing", "C0SALES")
    filled = {
        "starts": str(day(-7)),
        "ends": str(day(20)),
        "people": ["U0CLERK", "U0STOCK"],
        "group": "@sales · Sales department",
        "channel": "C0SALES",
        "metrics": "Order cycle; days; 5.0; ≤3.0\nProficiency; of 5; -; ≥4",
    }
    found = office.lead.options(office.lead.modal(), "choose.group", "@sal")
    assert [option["text"]["text"] for option in found] == ["@sales · Sales department"]
    wrong = office.lead.submit(office.lead.modal(), filled | {"ends": str(day(-13)), "metrics": "Order cycle; days; 5"})
    assert "after the start" in wrong.errors["ends"] and "Line 1" in wrong.errors["metrics"]
    assert office.lead.submit(office.lead.modal(), filled).ok
    assert "P-1" in str(office.lead.modal()["blocks"])
    office.lead.close()
    office.settle()

    card = office.clerk.messages("C0SALES")[-1]
    assert card["text"] == "Pilot P-1: Order processing"
    outcome = office.lead.press(card, "pilot.enter")
    assert outcome.ok
    form = office.lead.modal()
    inputs = [block["block_id"] for block in form["blocks"] if block["type"] == "input"]
    assert list(office.lead.submit(form, {inputs[0]: "soon"}).errors) == [inputs[0]]
    entered = office.lead.submit(office.lead.modal(), {inputs[0]: "3,5", "problem": "Too few scanners"})
    assert entered.ok and "3.5 days for week 2" in str(office.lead.modal()["blocks"])
    office.settle()

    assert "week 2: 3.5" in str(office.clerk.message("C0SALES", card["ts"])["blocks"])
    with office.records() as work:
        stored = work.of(Pilot).one(number=1)
        assert stored is not None and stored.owner == "U0LEAD"
        assert (stored.people, stored.usergroups, stored.channels) == (
            ("U0CLERK", "U0STOCK"),
            ("S0SALES",),
            ("C0SALES",),
        )
        assert [metric.baseline for metric in work.of(Metric).find()] == [Decimal("5.0"), None]
        assert [(problem.week, problem.text.text) for problem in work.of(PilotProblem).find()] == [
            (2, "Too few scanners")
        ]
    assert office.undelivered() == {}


def test_who_may_not_start_a_pilot_is_told_who_may(office: Office) -> None:
    office.clerk.command("/gemba pilot add Mine", "C0SALES")
    outcome = office.clerk.submit(office.clerk.modal(), {"ends": str(day(20)), "metrics": "Cycle; days; 5; ≤3"})
    assert "leads" in str(outcome.errors) and office.clerk.modal() is not None


def test_pilots_are_listed_with_a_button_each(office: Office, pilot: Pilot) -> None:
    office.clerk.command("/gemba pilot", "C0SALES")
    listed = office.clerk.messages("C0SALES")[-1]
    assert "*P-1* Order processing, East China\nweek 3 of 6" in str(listed["blocks"][1]["text"]["text"])
    office.clerk.press(listed, "command.run")
    assert texts(office.clerk.messages("C0SALES"))[-1] == "Pilot P-1: Order processing, East China"
    office.clerk.command("/gemba pilot shwo P-1", "C0SALES")
    assert "pilot show P-1" in texts(office.clerk.messages("C0SALES"))[-1]
