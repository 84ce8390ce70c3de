"""The weekly sync says of the bot's own KPI alerts whether people act on them."""

from datetime import timedelta

import pytest

from domain.core import Bilingual
from domain.kpis.record import Frequency, Kpi
from domain.people.record import TeamChannel
from domain.schedules.actions import schedule_channel
from domain.schedules.record import Schedule
from tests.business_day import MONDAY
from tests.office import Office

pytestmark = pytest.mark.opens_at(MONDAY)
SALES = "C0SALES"


def off_target(office: Office, language: str) -> None:
    """Three alerts, told in their channel."""
    now = office.clock.now()
    with office.store() as work:
        made = TeamChannel(channel_id=SALES, language=language, timezone="Europe/Berlin")
        schedule_channel(work, work.of(TeamChannel).add(made, by="", at=now), now=now)
        for name in ("Cycle", "Claims", "Returns"):
            kpi = Kpi(name=Bilingual(name), target="≤3 days", frequency=Frequency.DAILY, channel=SALES, owner="U0CLERK")
            work.of(Kpi).add(kpi, by="", at=now)
    for name in ("Cycle", "Claims", "Returns"):
        office.clerk.command(f"/gemba kpi record {name} 4", SALES)
    office.settle()


@pytest.mark.parametrize(
    "language, told",
    [
        (
            "en",
            "KPI alerts in the last four weeks: 3 opened, 2 acted on, 1 not a problem, median 5 hours to acknowledge.",
        ),
        ("zh_CN", "最近四周的指标告警：触发 3 次、已处理 2 次、“不是问题”1 次、接手时间中位数 5 小时。"),
    ],
)
def test_what_became_of_alerts_is_one_line_of_the_sync(office: Office, language: str, told: str) -> None:
    off_target(office, language)
    cards = {card["text"][:5]: card for card in office.lead.messages(SALES) if not card.get("is_ephemeral")}
    assert set(cards) == {"Cycle", "Claim", "Retur"}
    office.clerk.press(cards["Claim"], "kpi.issue")
    assert office.clerk.submit(office.clerk.modal(), {"title": "Claims take long"}).ok
    office.clerk.press(cards["Retur"], "kpi.dismiss")
    assert office.clerk.submit(office.clerk.modal(), {"reason": "Counted twice"}).ok
    office.travel(hours=5)
    office.clerk.press(cards["Cycle"], "kpi.acknowledge")
    assert office.clerk.submit(office.clerk.modal(), {"next_step": "Ask IT"}).ok
    office.settle()

    office.travel(days=7)
    assert told in str(office.lead.messages(SALES)[-1]["blocks"])

    office.travel(days=35)
    with office.records() as work:
        (schedule,) = work.of(Schedule).find(job="weekly-sync")
        assert schedule.next_due > office.clock.now() - timedelta(days=7)
    assert told[:20] not in str(office.lead.messages(SALES)[-1]["blocks"]), "there were none any more"
