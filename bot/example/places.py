"""Departments, roles, settings of the workspace."""

from bot.example import base as on
from bot.example.base import Loading
from domain.core.bilingual import Bilingual
from domain.people.record import Department, Member, Role

DEPARTMENTS = (
    Department(
        name=Bilingual("Sales", "销售部"), head=on.SALES_HEAD, channel=on.SALES, members=(on.SALES_HEAD, on.CLERK)
    ),
    Department(
        name=Bilingual("Warehouse", "仓储部"),
        head=on.WAREHOUSE_HEAD,
        channel=on.WAREHOUSE,
        members=(on.WAREHOUSE_HEAD, on.STOCK_KEEPER),
    ),
    Department(
        name=Bilingual("Production", "生产部"),
        head=on.PRODUCTION_HEAD,
        channel=on.PRODUCTION,
        members=(on.PRODUCTION_HEAD, on.PLANNER),
    ),
    Department(
        name=Bilingual("Customer service", "客服部"), head=on.LEAD, channel=on.SERVICE, members=(on.SERVICE_AGENT,)
    ),
    Department(name=Bilingual("Operations", "运营部"), head=on.LEAD, channel=on.GENERAL, members=(on.LEAD,)),
    Department(name=Bilingual("Marketing", "市场部")),
    Department(name=Bilingual("Technology", "技术部")),
    Department(name=Bilingual("Logistics", "物流部")),
    Department(name=Bilingual("Purchasing", "采购部")),
)


def load(loading: Loading) -> None:
    unit, now = loading.unit, loading.now
    unit.set_workspace(
        by="", at=now, timezone="Europe/Berlin", country="CN", triage_channel=on.TRIAGE, sponsor=on.SPONSOR
    )
    lead = unit.of(Member).one(user_id=on.LEAD)
    if lead is not None:
        unit.of(Member).change(lead, by="", at=now, roles=(Role.LEAD, Role.TRIAGER))
    for department in DEPARTMENTS:
        loading.departments[department.name.text] = unit.of(Department).add(department, by="", at=now).id
