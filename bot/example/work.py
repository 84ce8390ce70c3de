"""What is being worked on: the pain points (T6) as issues, and tasks that somebody owes."""

from datetime import date, timedelta

from bot.example import base as on
from bot.example.base import Loading
from domain.calendars.working_days import calendar_of
from domain.core.severity import Severity
from domain.issues.actions import file_issue
from domain.issues.form import IssueForm, Source
from domain.issues.record import Category, Dimension
from domain.people.record import Member
from domain.tasks.record import Task


def load(loading: Loading) -> None:
    _pain_points(loading)
    _tasks(loading)


def _pain_points(loading: Loading) -> None:
    process = loading.processes["Sales order processing"]
    pain_points = (
        (
            on.CLERK,
            on.SALES,
            IssueForm(
                title="Order approval takes 1.5 days",
                process=process,
                severity=Severity.HIGH,
                what="Approval takes 1.5 days on average: 30 % of the whole order cycle.",
                category=Category.REDUNDANT_STEP,
                dimensions=(Dimension.EFFICIENCY,),
                data_source="Order system",
            ),
        ),
        (
            on.CLERK,
            on.SALES,
            IssueForm(
                title="Documents are submitted twice",
                process=process,
                severity=Severity.MEDIUM,
                what="The same papers are handed in twice: 20 minutes more an order, and 15 % of them are rework.",
                category=Category.REDUNDANT_STEP,
                dimensions=(Dimension.EFFICIENCY, Dimension.COST),
                data_source="Survey, sales figures",
                minutes=20,
            ),
        ),
        (
            on.STOCK_KEEPER,
            on.WAREHOUSE,
            IssueForm(
                title="库存与订单不同步",
                severity=Severity.HIGH,
                owner=on.WAREHOUSE_HEAD,
                what="库存数据与订单不同步，10% 的订单因此取消。",
                category=Category.INFORMATION_GAP,
                dimensions=(Dimension.QUALITY, Dimension.RISK),
                data_source="仓储系统、订单系统",
            ),
        ),
    )
    for reporter, channel, form in pain_points:
        member = loading.unit.of(Member).one(user_id=reporter)
        file_issue(loading.unit, member, form, Source(channel=channel), now=loading.now)


def _tasks(loading: Loading) -> None:
    """From the pilot: more training and a simpler screen; one of them is late already."""
    today = loading.now.date()
    calendar = calendar_of("CN")
    owed = (
        ("Hold another training session for East China", on.CLERK, calendar.before(today, 1), on.SALES),
        ("Simplify the order screen", on.CLERK, calendar.after(today, 2), on.SALES),
        ("优化库存数据接口", on.STOCK_KEEPER, today, on.WAREHOUSE),
        ("Interface test of the old and the new system", on.PLANNER, calendar.before(today, 6), on.PRODUCTION),
    )
    for title, owner, due, channel in owed:
        _task(loading, title, owner, due, channel)


def _task(loading: Loading, title: str, owner: str, due: date, channel: str) -> None:
    unit = loading.unit
    created = loading.now - timedelta(days=14)
    task = Task(
        number=unit.next_number("T"),
        title=title,
        owner=owner,
        due=due,
        channel=channel,
        created_by=on.LEAD,
        created_at=created,
    )
    unit.of(Task).add(task, by=on.LEAD, at=created)
