"""Projects: goal and scope with the plan (T5), the risks (T8), an event, and what is next."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from bot.example import base as on
from bot.example.base import Loading
from domain.core.bilingual import Bilingual
from domain.core.severity import Severity
from domain.lifecycle.numbers import next_number
from domain.projects.record import Goal, Project, Stage
from domain.risks.record import Risk
from domain.suggestions.record import Suggestion

WEEKS = 12
PLAN = (
    Stage(1, 1, Bilingual("Goals and team", "明确目标、组建团队")),
    Stage(2, 3, Bilingual("Survey", "现状调研")),
    Stage(4, 5, Bilingual("Design and risks", "方案设计与风险评估")),
    Stage(6, 7, Bilingual("Pilot", "试点")),
    Stage(8, 10, Bilingual("Roll-out", "推广")),
    Stage(11, 12, Bilingual("Summary", "总结")),
)
RISKS = (
    Risk(
        number=0,
        project_id=0,
        what=Bilingual("Front-line staff resist the new process", "一线员工抵触新流程"),
        likelihood=Severity.MEDIUM,
        impact=Severity.HIGH,
        owner=on.SALES_HEAD,
        responses=(
            Bilingual("Kick-off", "召开启动会"),
            Bilingual("Staff in the design", "员工参与方案设计"),
            Bilingual("A contribution award", "设立优化贡献奖"),
        ),
    ),
    Risk(
        number=0,
        project_id=0,
        what=Bilingual("Data of the old and the new system do not fit", "新旧系统数据不兼容"),
        likelihood=Severity.LOW,
        impact=Severity.MEDIUM,
        owner=on.PLANNER,
        responses=(
            Bilingual("Interface test", "接口测试"),
            Bilingual("Manual import as fallback", "手工导入作为备用方案"),
        ),
    ),
    Risk(
        number=0,
        project_id=0,
        what=Bilingual("Urgent orders are not covered", "紧急订单未覆盖"),
        likelihood=Severity.MEDIUM,
        impact=Severity.MEDIUM,
        owner=on.LEAD,
        responses=(Bilingual("Green channel with a director's approval", "开设绿色通道，由总监审批"),),
    ),
)


def load(loading: Loading) -> None:
    project = _add(loading, _sales_orders(loading))
    for risk in RISKS:
        numbered = replace(risk, project_id=project, number=next_number(loading.unit, Risk))
        loading.unit.of(Risk).add(numbered, by="", at=loading.now)
    for other in (_complaints(loading), _launches(loading), _campaign(loading), _next_quarter(loading)):
        _add(loading, other)


def _sales_orders(loading: Loading) -> Project:
    """The worked example T5, in the second week of its pilot."""
    departments, starts = loading.departments, loading.monday - timedelta(weeks=6)
    ends = starts + timedelta(weeks=WEEKS, days=-1)
    return Project(
        name=Bilingual("Sales order processing", "销售订单处理流程优化"),
        process_id=loading.processes["Sales order processing"],
        background=Bilingual(
            "Approval alone takes 30 % of the order cycle, documents are submitted twice, and stock and "
            "orders are out of step.",
            "审批占订单处理周期的 30%，资料重复提交，库存与订单不同步。",
        ),
        goals=(
            Goal(Bilingual("Order cycle", "订单处理周期"), Decimal(5), Decimal(3), "days", by=ends),
            Goal(Bilingual("Error rate", "错误率"), Decimal(8), Decimal(3), "%", by=ends),
            Goal(Bilingual("Satisfaction", "满意度"), Decimal(85), Decimal(95), "%", higher_is_better=True, by=ends),
        ),
        departments=(departments["Sales"], departments["Production"], departments["Warehouse"]),
        out_of_scope=(Bilingual("Pricing", "定价"), Bilingual("Customer acquisition", "客户开发")),
        starts=starts,
        ends=ends,
        plan=PLAN,
        lead_department_id=departments["Sales"],
        lead=on.LEAD,
        business_lead=on.SALES_HEAD,
    )


def _complaints(loading: Loading) -> Project:
    service = loading.departments["Customer service"]
    return Project(
        name=Bilingual("Complaint handling V2.0", "客户投诉处理 V2.0"),
        process_id=loading.processes["Complaint handling"],
        background=Bilingual(
            "Passing a complaint on took 72 hours on average. Customer service is now the first "
            "responsible department, and assigns each within 24 hours.",
            "以前投诉流转平均耗时 72 小时。现在客服部为首责部门，须在 24 小时内分派。",
        ),
        goals=(
            Goal(Bilingual("Closed loop", "投诉闭环时间"), after=Decimal(48), unit="hours"),
            Goal(Bilingual("Assigned by customer service", "客服部分派时间"), after=Decimal(24), unit="hours"),
            Goal(Bilingual("Satisfaction", "满意度"), after=Decimal(90), unit="%", higher_is_better=True),
        ),
        departments=(service,),
        lead_department_id=service,
        lead=on.LEAD,
        business_lead=on.SERVICE_AGENT,
    )


def _launches(loading: Loading) -> Project:
    return Project(
        name=Bilingual("Product launch approvals", "产品上线审批优化"),
        process_id=loading.processes["Product launch"],
        background=Bilingual(
            "Three rounds of approval took 15 days. Departments now review in parallel.",
            "三轮审批共需 15 天，现改为各部门同步审核。",
        ),
        goals=(
            Goal(Bilingual("Whole approval", "审批全程"), Decimal(15), Decimal(7), "days"),
            Goal(Bilingual("Parallel review", "同步审核"), after=Decimal(3), unit="working days"),
        ),
        lead=on.LEAD,
    )


def _campaign(loading: Loading) -> Project:
    """The 18th of June that comes next, prepared in 35 days."""
    departments, today = loading.departments, loading.now.date()
    day = date(today.year + ((today.month, today.day) > (6, 18)), 6, 18)
    return Project(
        name=Bilingual("Campaign 618", "618 大促"),
        lead=on.LEAD,
        lead_department_id=departments["Marketing"],
        background=Bilingual(
            "Preparing took 45 days. Complaints are to be answered in half the time.",
            "以往筹备需要 45 天；投诉响应时间要缩短一半。",
        ),
        goals=(
            Goal(Bilingual("Preparation", "筹备周期"), Decimal(45), Decimal(35), "days", by=day),
            Goal(Bilingual("Time to answer complaints", "投诉响应时间"), percent=Decimal(50), by=day),
        ),
        departments=tuple(departments[name] for name in ("Technology", "Operations", "Logistics", "Customer service")),
        starts=day - timedelta(days=35),
        ends=day,
    )


def _next_quarter(loading: Loading) -> Project:
    """What the suggestion from the box leads to."""
    suggestion, today = loading.unit.of(Suggestion).one(), loading.now.date()
    quarter = (today.month - 1) // 3 + 1
    starts, after = (_first_of_quarter(today.year, quarter + ahead) for ahead in (1, 2))
    return Project(
        name=Bilingual("Enter once, shared by all departments", "一次录入，各部门共享"),
        suggestion_id=suggestion.id if suggestion else None,
        background=Bilingual(
            "Next quarter's focus: customers hand in their papers twice when they return goods.",
            "下季度重点：客户退货时需要重复提交资料。",
        ),
        starts=starts,
        ends=after - timedelta(days=1),
        lead=on.LEAD,
    )


def _first_of_quarter(year: int, quarter: int) -> date:
    return date(year + (quarter - 1) // 4, (quarter - 1) % 4 * 3 + 1, 1)


def _add(loading: Loading, project: Project) -> int:
    stored = loading.unit.of(Project).add(project, by="", at=loading.now).id
    loading.projects[project.name.text] = stored
    return stored
