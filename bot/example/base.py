"""What the parts of the example share while they are loaded."""

from dataclasses import dataclass, field
from datetime import date, datetime

from domain.core.ports import UnitOfWork

LEAD, SPONSOR = "U0LEAD", "U0SPONSOR"
SALES_HEAD, CLERK = "U0SALESHEAD", "U0CLERK"
WAREHOUSE_HEAD, STOCK_KEEPER = "U0WAREHEAD", "U0STOCK"
PRODUCTION_HEAD, PLANNER = "U0PRODHEAD", "U0PLANNER"
SERVICE_AGENT = "U0SERVICE"
GENERAL, SALES, WAREHOUSE, PRODUCTION, SERVICE, TRIAGE = (
    "C0GENERAL",
    "C0SALES",
    "C0WAREHOUSE",
    "C0PRODUCTION",
    "C0SERVICE",
    "C0TRIAGE",
)


@dataclass
class Loading:
    """The unit of work, the moment, and the ids of what is loaded already, by English name."""

    unit: UnitOfWork
    now: datetime
    monday: date
    departments: dict[str, int] = field(default_factory=dict)
    processes: dict[str, int] = field(default_factory=dict)
    projects: dict[str, int] = field(default_factory=dict)
