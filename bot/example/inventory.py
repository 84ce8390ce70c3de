"""The process inventory (T1) with its steps (T2)."""

from bot.example import base as on
from bot.example.base import Loading
from domain.core.record import Line
from domain.processes.record import Process, Step


def load(loading: Loading) -> None:
    departments = loading.departments
    inventory = (
        Process(
            name="Order fulfilment",
            name_zh="订单履约流程",
            department_id=departments["Sales"],
            version="V2.1",
            owner=on.SALES_HEAD,
            channel=on.SALES,
            steps=_order_steps(departments),
            problems=(
                Line("Stock is looked up in Excel and error-prone", "库存查询依赖 Excel，容易有误"),
                Line("Scheduling is agreed offline, 8 hours on average", "生产调度需线下沟通，平均耗时 8 小时"),
            ),
            suggestions=(
                Line("Connect to ERP", "对接 ERP 系统"),
                Line("A scheduling module that pushes orders", "增加调度模块，自动推送订单"),
            ),
        ),
        Process(
            name="Sales order processing",
            name_zh="销售订单处理流程",
            department_id=departments["Sales"],
            owner=on.SALES_HEAD,
            channel=on.SALES,
        ),
        Process(
            name="Production scheduling",
            name_zh="生产调度流程",
            department_id=departments["Production"],
            owner=on.PLANNER,
            channel=on.PRODUCTION,
        ),
        Process(
            name="Complaint handling",
            name_zh="客户投诉处理流程",
            department_id=departments["Customer service"],
            version="V2.0",
            owner=on.SERVICE_AGENT,
            channel=on.SERVICE,
            steps=_complaint_steps(departments),
            problems=(
                Line(
                    "Before V2.0, passing a complaint on took 72 hours on average",
                    "V2.0 之前，投诉流转平均耗时 72 小时",
                ),
            ),
        ),
        Process(
            name="Product launch",
            name_zh="产品上线流程",
            department_id=departments["Operations"],
            owner=on.LEAD,
            channel=on.GENERAL,
            steps=(Step("Parallel review", "同步审核", time_limit=Line("3 working days", "3个工作日")),),
            problems=(Line("Three rounds of approval take 15 days", "三轮审批共耗时 15 天"),),
        ),
    )
    for process in inventory:
        loading.processes[process.name] = loading.unit.of(Process).add(process, by="", at=loading.now).id


def _order_steps(departments: dict[str, int]) -> tuple[Step, ...]:
    return (
        Step(
            "Receive order",
            "接收订单",
            departments["Sales"],
            position=Line("Order clerk", "订单专员"),
            time_limit=Line("30 minutes after receipt", "接收后 30 分钟内"),
            deliverable=Line("Order register", "订单登记表"),
            criteria=Line("Information 100 % complete", "信息完整率 100%"),
        ),
        Step(
            "Check stock",
            "库存检查",
            departments["Warehouse"],
            position=Line("Stock keeper", "仓库管理员"),
            assistants=Line("IT", "IT 部"),
            time_limit=Line("2 hours", "2小时"),
            deliverable=Line("Stock report", "库存报告"),
            criteria=Line("Accuracy at least 99 %", "准确率 ≥99%"),
        ),
        Step(
            "Schedule production",
            "生产调度",
            departments["Production"],
            position=Line("Planner", "生产计划员"),
            assistants=Line("Workshop head", "车间主任"),
            time_limit=Line("4 hours", "4小时"),
            deliverable=Line("Production plan", "生产计划表"),
            criteria=Line("100 % of orders answered in time", "订单按时响应率 100%"),
        ),
        Step("Ship", "物流发货"),
        Step("Confirm receipt", "签收确认"),
    )


def _complaint_steps(departments: dict[str, int]) -> tuple[Step, ...]:
    first = Line("First responsible department", "首责部门")
    return (
        Step(
            "Assign the complaint",
            "分派投诉",
            departments["Customer service"],
            position=first,
            time_limit=Line("24 hours", "24小时"),
        ),
        Step("Close the loop", "闭环", time_limit=Line("48 hours in all", "全程 48 小时内")),
    )
