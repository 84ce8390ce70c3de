"""Departments, team channels, roles, and the process inventory (T1, T2)."""

from datetime import time

from bot.example import base as on
from bot.example.base import Loading
from domain.enumerations import Role
from domain.records.people import Department, TeamChannel
from domain.records.processes import Process, Step
from domain.use_cases.schedules import schedule_channel

DEPARTMENTS = (
    Department(name="Sales", name_zh="销售部", head=on.SALES_HEAD, channel=on.SALES,
               members=(on.SALES_HEAD, on.CLERK)),
    Department(name="Warehouse", name_zh="仓储部", head=on.WAREHOUSE_HEAD, channel=on.WAREHOUSE,
               members=(on.WAREHOUSE_HEAD, on.STOCK_KEEPER)),
    Department(name="Production", name_zh="生产部", head=on.PRODUCTION_HEAD, channel=on.PRODUCTION,
               members=(on.PRODUCTION_HEAD, on.PLANNER)),
    Department(name="Customer service", name_zh="客服部", head=on.LEAD, channel=on.SERVICE,
               members=(on.SERVICE_AGENT,)),
    Department(name="Operations", name_zh="运营部", head=on.LEAD, channel=on.GENERAL, members=(on.LEAD,)),
)  # fmt: skip

STEPS = (
    Step("Receive order", "接收订单", position="Order clerk", time_limit="30 minutes after receipt",
         deliverable="Order register 订单登记表", criteria="Information 100 % complete"),
    Step("Check stock", "库存检查", position="Stock keeper", assistants="IT", time_limit="2 hours",
         deliverable="Stock report", criteria="Accuracy at least 99 %"),
    Step("Schedule production", "生产调度", position="Planner", assistants="Workshop head", time_limit="4 hours",
         deliverable="Production plan", criteria="100 % of orders answered in time"),
    Step("Ship", "物流发货"),
    Step("Confirm receipt", "签收确认"),
)  # fmt: skip


def load(loading: Loading) -> None:
    unit, now = loading.unit, loading.now
    unit.set_workspace(
        by="", at=now, timezone="Europe/Berlin", country="CN", triage_channel=on.TRIAGE, sponsor=on.SPONSOR
    )
    lead = unit.members.one(user_id=on.LEAD)
    if lead is not None:
        unit.members.change(lead, by="", at=now, roles=(Role.LEAD, Role.TRIAGER))
    for department in DEPARTMENTS:
        loading.departments[department.name] = unit.departments.add(department, by="", at=now).id
    _processes(loading)
    _channels(loading)


def _processes(loading: Loading) -> None:
    departments = loading.departments
    inventory = (
        Process(name="Order fulfilment", name_zh="订单履约流程", department_id=departments["Sales"], version="V2.1",
                owner=on.SALES_HEAD, channel=on.SALES, steps=STEPS,
                problems=("Stock is looked up in Excel and error-prone",
                          "Scheduling is agreed offline, 8 hours on average"),
                suggestions=("Connect to ERP", "A scheduling module that pushes orders")),
        Process(name="Sales order processing", name_zh="销售订单处理流程", department_id=departments["Sales"],
                owner=on.SALES_HEAD, channel=on.SALES),
        Process(name="Production scheduling", name_zh="生产调度流程", department_id=departments["Production"],
                owner=on.PLANNER, channel=on.PRODUCTION),
        Process(name="Complaint handling", name_zh="客户投诉处理流程", department_id=departments["Customer service"],
                version="V2.0", owner=on.SERVICE_AGENT, channel=on.SERVICE),
        Process(name="Product launch", name_zh="产品上线流程", department_id=departments["Operations"], owner=on.LEAD,
                channel=on.GENERAL),
    )  # fmt: skip
    for process in inventory:
        loading.processes[process.name] = loading.unit.processes.add(process, by="", at=loading.now).id


def _channels(loading: Loading) -> None:
    """Three teams in three time zones and languages; each has its sync on Monday at nine, its time."""
    departments, processes = loading.departments, loading.processes
    channels = (
        TeamChannel(channel_id=on.SALES, name="sales", department_id=departments["Sales"],
                    processes=(processes["Order fulfilment"], processes["Sales order processing"]),
                    timezone="Europe/Berlin", language="en"),
        TeamChannel(channel_id=on.WAREHOUSE, name="仓储-warehouse", department_id=departments["Warehouse"],
                    timezone="Asia/Shanghai", language="zh_CN"),
        TeamChannel(channel_id=on.PRODUCTION, name="生产-production", department_id=departments["Production"],
                    processes=(processes["Production scheduling"],), timezone="Asia/Shanghai", language="both",
                    sync_time=time(9, 30)),
        TeamChannel(channel_id=on.SERVICE, name="customer-service", department_id=departments["Customer service"],
                    processes=(processes["Complaint handling"],), timezone="Asia/Shanghai", language="both"),
    )  # fmt: skip
    for channel in channels:
        stored = loading.unit.channels.add(channel, by="", at=loading.now)
        schedule_channel(loading.unit, stored, now=loading.now)
