"""The process inventory (T1) with its steps (T2)."""

from bot.example import base as on
from bot.example.base import Loading
from domain.core.bilingual import Bilingual
from domain.processes.record import Process, Step


def load(loading: Loading) -> None:
    departments = loading.departments
    inventory = (
        Process(
            name=Bilingual("Order fulfilment", "订单履约流程"),
            department_id=departments["Sales"],
            version="V2.1",
            owner=on.SALES_HEAD,
            channel=on.SALES,
            steps=_order_steps(departments),
            problems=(
                Bilingual("Stock is looked up in Excel and error-prone", "库存查询依赖 Excel，容易有误"),
                Bilingual("Scheduling is agreed offline, 8 hours on average", "生产调度需线下沟通，平均耗时 8 小时"),
            ),
            suggestions=(
                Bilingual("Connect to ERP", "对接 ERP 系统"),
                Bilingual("A scheduling module that pushes orders", "增加调度模块，自动推送订单"),
            ),
        ),
        Process(
            name=Bilingual("Sales order processing", "销售订单处理流程"),
            department_id=departments["Sales"],
            owner=on.SALES_HEAD,
            channel=on.SALES,
        ),
        Process(
            name=Bilingual("Production scheduling", "生产调度流程"),
            department_id=departments["Production"],
            owner=on.PLANNER,
            channel=on.PRODUCTION,
        ),
        Process(
            name=Bilingual("Complaint handling", "客户投诉处理流程"),
            department_id=departments["Customer service"],
            version="V2.0",
            owner=on.SERVICE_AGENT,
            channel=on.SERVICE,
            steps=_complaint_steps(departments),
            problems=(
                Bilingual(
                    "Before V2.0, passing a complaint on took 72 hours on average",
                    "V2.0 之前，投诉流转平均耗时 72 小时",
                ),
            ),
        ),
        Process(
            name=Bilingual("Product launch", "产品上线流程"),
            department_id=departments["Operations"],
            owner=on.LEAD,
            channel=on.GENERAL,
            steps=(
                Step(Bilingual("Parallel review", "同步审核"), time_limit=Bilingual("3 working days", "3个工作日")),
            ),
            problems=(Bilingual("Three rounds of approval take 15 days", "三轮审批共耗时 15 天"),),
        ),
    )
    for process in inventory:
        loading.processes[process.name.text] = loading.unit.of(Process).add(process, by="", at=loading.now).id


def _order_steps(departments: dict[str, int]) -> tuple[Step, ...]:
    return (
        Step(
            Bilingual("Receive order", "接收订单"),
            departments["Sales"],
            position=Bilingual("Order clerk", "订单专员"),
            time_limit=Bilingual("30 minutes after receipt", "接收后 30 分钟内"),
            deliverable=Bilingual("Order register", "订单登记表"),
            criteria=Bilingual("Information 100 % complete", "信息完整率 100%"),
        ),
        Step(
            Bilingual("Check stock", "库存检查"),
            departments["Warehouse"],
            position=Bilingual("Stock keeper", "仓库管理员"),
            assistants=Bilingual("IT", "IT 部"),
            time_limit=Bilingual("2 hours", "2小时"),
            deliverable=Bilingual("Stock report", "库存报告"),
            criteria=Bilingual("Accuracy at least 99 %", "准确率 ≥99%"),
        ),
        Step(
            Bilingual("Schedule production", "生产调度"),
            departments["Production"],
            position=Bilingual("Planner", "生产计划员"),
            assistants=Bilingual("Workshop head", "车间主任"),
            time_limit=Bilingual("4 hours", "4小时"),
            deliverable=Bilingual("Production plan", "生产计划表"),
            criteria=Bilingual("100 % of orders answered in time", "订单按时响应率 100%"),
        ),
        Step(Bilingual("Ship", "物流发货")),
        Step(Bilingual("Confirm receipt", "签收确认")),
    )


def _complaint_steps(departments: dict[str, int]) -> tuple[Step, ...]:
    first = Bilingual("First responsible department", "首责部门")
    return (
        Step(
            Bilingual("Assign the complaint", "分派投诉"),
            departments["Customer service"],
            position=first,
            time_limit=Bilingual("24 hours", "24小时"),
        ),
        Step(Bilingual("Close the loop", "闭环"), time_limit=Bilingual("48 hours in all", "全程 48 小时内")),
    )
