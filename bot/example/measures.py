"""What is measured: KPIs (T3), and pilots against their baselines (T7)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from bot.example import base as on
from bot.example.base import Loading
from domain.calendars.working_days import calendar_of
from domain.core.bilingual import Bilingual
from domain.kpis.keys import key_from
from domain.kpis.record import Frequency, Kpi
from domain.kpis.values.actions import record_value
from domain.kpis.values.periods import previous_end
from domain.people.record import Member
from domain.pilots.record import Metric, Pilot, PilotProblem, Reading

EAST_CHINA = (
    (Bilingual("Order cycle", "订单处理周期"), "days", "5.0", "≤3.0", "4.2 3.8 3.5 3.2"),
    (Bilingual("Order error rate", "订单错误率"), "%", "8.0", "≤3.0", "6.5 5.0 4.0"),
    (Bilingual("Customer satisfaction", "客户满意度"), "of 100", "85", "≥95", "88 90 92"),
    (Bilingual("Staff proficiency", "员工熟练度"), "of 5", None, "≥4.0", "3.2 3.8 4.2"),
)
"""The worked example T7, and what came later: 3.2 days, 90 % of the way, in the week that has just begun."""
CYCLES = "2.8 2.6 2.9 2.7 2.5 2.8 3.0 2.6 2.7 2.9 2.4 2.7 2.8 2.6 2.9 2.5 2.8 2.7 2.6 2.9"
EXCEPTIONS = "1.5 1.7 1.4 1.6 1.8 1.5 1.3 1.6 1.7 1.4 1.6 1.5 1.8 1.4 1.6 1.7"
RESOLVED = "96 97 96 95 97 96 98 96 95 97 96 96 97 95"
"""T3's values, the newest first, and those before them: enough for a usual range."""
PROBLEMS = (
    Bilingual("System unfamiliar, some steps over time", "系统不熟悉，部分环节超时"),
    Bilingual("Better after training, stock sync still late", "培训后有所改善，库存同步仍滞后"),
    Bilingual("Stock data too rarely updated, interface to improve", "库存数据更新频率低，接口需优化"),
    Bilingual(
        "Still short of the target: more training sessions and a simpler screen follow",
        "仍未达到目标：后续增加培训场次，并简化操作界面",
    ),
)


def load(loading: Loading) -> None:
    _kpis(loading)
    _order_pilot(loading)
    _launch_pilot(loading)


def _kpis(loading: Loading) -> None:
    departments = loading.departments
    defined = (
        (
            Kpi(
                name=Bilingual("Order fulfilment cycle", "订单履约周期"),
                formula="Mean time from receipt to confirmation 从接收订单到签收确认的平均时间",
                source="ERP order log ERP 订单日志",
                frequency=Frequency.DAILY,
                target="≤3 days",
                channel=on.SALES,
                data_owner=on.CLERK,
                process_id=loading.processes["Order fulfilment"],
                departments=(departments["Sales"], departments["Warehouse"]),
            ),
            CYCLES,
        ),
        (
            Kpi(
                name=Bilingual("Process exception rate", "流程异常率"),
                formula="Exceptions / all runs × 100 % 异常次数/总执行次数×100%",
                source="OA records OA 系统记录",
                frequency=Frequency.WEEKLY,
                target="≤2%",
                channel=on.GENERAL,
                data_owner=on.LEAD,
                departments=(departments["Operations"],),
            ),
            EXCEPTIONS,
        ),
        (
            Kpi(
                name=Bilingual("Complaint resolution rate", "客户投诉解决率"),
                formula="First-time resolved / all × 100 % 首次解决数/总投诉数×100%",
                source="CRM",
                frequency=Frequency.MONTHLY,
                target="≥95%",
                channel=on.SERVICE,
                data_owner=on.SERVICE_AGENT,
                process_id=loading.processes["Complaint handling"],
                departments=(departments["Customer service"],),
            ),
            RESOLVED,
        ),
    )
    for kpi, values in defined:
        stored = loading.unit.of(Kpi).add(replace(kpi, key=key_from(kpi.name.text)), by="", at=loading.now)
        owner = Member(user_id=kpi.data_owner)
        for value, day in zip(values.split(), _days(loading, kpi.frequency), strict=False):
            record_value(loading.unit, owner, stored.id, Decimal(value), day, now=loading.now)


def _days(loading: Loading, frequency: Frequency) -> Iterator[date]:
    """A day of this period, of the one before it, and so on."""
    day, calendar = loading.now.date(), calendar_of(loading.unit.workspace.country)
    while True:
        yield day
        day = previous_end(day, frequency, calendar)


def _order_pilot(loading: Loading) -> None:
    """The pilot in the East China sales department, three weeks in."""
    unit, now = loading.unit, loading.now
    starts = loading.monday - timedelta(weeks=3)
    pilot = unit.of(Pilot).add(
        Pilot(
            number=unit.next_number("P"),
            name=Bilingual("Order processing, East China", "华东区销售部订单处理试点"),
            process_id=loading.processes["Sales order processing"],
            site="East China sales department 华东区销售部",
            owner=on.SALES_HEAD,
            channel=on.SALES,
            starts=starts,
            ends=starts + timedelta(weeks=6, days=-1),
            people=(on.CLERK, on.STOCK_KEEPER, on.PLANNER, on.SERVICE_AGENT),
            usergroups=("S0SALES",),
        ),
        by="",
        at=now,
    )
    for metric in EAST_CHINA:
        _metric(loading, pilot, *metric)
    for week, text in enumerate(PROBLEMS, 1):
        problem = PilotProblem(pilot_id=pilot.id, week=week, text=text)
        unit.of(PilotProblem).add(problem, by="", at=now)


def _launch_pilot(loading: Loading) -> None:
    """Five ordinary product launches: 8 days on average against 15 before."""
    unit, now = loading.unit, loading.now
    starts = loading.monday - timedelta(weeks=1)
    pilot = unit.of(Pilot).add(
        Pilot(
            number=unit.next_number("P"),
            name=Bilingual("Ordinary product launches", "普通产品上线试点"),
            process_id=loading.processes["Product launch"],
            owner=on.LEAD,
            channel=on.GENERAL,
            starts=starts,
            ends=starts + timedelta(weeks=4, days=-1),
            people=(on.LEAD, on.PLANNER),
        ),
        by="",
        at=now,
    )
    _metric(loading, pilot, Bilingual("Launch time", "上线周期"), "days", "15", "≤7", "8")
    problem = PilotProblem(
        pilot_id=pilot.id,
        week=1,
        text=Bilingual(
            "5 launches so far. One template field is unclear: adjusted with an example and a guide",
            "已上线 5 个产品。模板中有一个字段不清楚：已补充示例和填写说明",
        ),
    )
    unit.of(PilotProblem).add(problem, by="", at=now)


def _metric(
    loading: Loading, pilot: Pilot, name: Bilingual, unit: str, baseline: str | None, target: str, values: str
) -> None:
    work, now, before = loading.unit, loading.now, None if baseline is None else Decimal(baseline)
    metric = Metric(pilot_id=pilot.id, name=name, unit=unit, baseline=before, target=target)
    stored = work.of(Metric).add(metric, by="", at=now)
    for week, value in enumerate(values.split(), 1):
        reading = Reading(metric_id=stored.id, week=week, value=Decimal(value), by=pilot.owner, at=now)
        work.of(Reading).add(reading, by=pilot.owner, at=now)
