"""Team channels."""

from datetime import time

from bot.example import base as on
from bot.example.base import Loading
from domain.people.record import TeamChannel
from domain.schedules.actions import schedule_channel


def load(loading: Loading) -> None:
    """Four teams in two time zones, in English, Chinese or both; each has its sync on Monday morning, its time."""
    departments, processes = loading.departments, loading.processes
    channels = (
        TeamChannel(
            channel_id=on.SALES,
            name="sales",
            department_id=departments["Sales"],
            processes=(processes["Order fulfilment"], processes["Sales order processing"]),
            timezone="Europe/Berlin",
            language="en",
        ),
        TeamChannel(
            channel_id=on.WAREHOUSE,
            name="仓储-warehouse",
            department_id=departments["Warehouse"],
            timezone="Asia/Shanghai",
            language="zh_CN",
        ),
        TeamChannel(
            channel_id=on.PRODUCTION,
            name="生产-production",
            department_id=departments["Production"],
            processes=(processes["Production scheduling"],),
            timezone="Asia/Shanghai",
            language="both",
            sync_time=time(9, 30),
        ),
        TeamChannel(
            channel_id=on.SERVICE,
            name="customer-service",
            department_id=departments["Customer service"],
            processes=(processes["Complaint handling"],),
            timezone="Asia/Shanghai",
            language="both",
        ),
    )
    for channel in channels:
        stored = loading.unit.of(TeamChannel).add(channel, by="", at=loading.now)
        schedule_channel(loading.unit, stored, now=loading.now)
