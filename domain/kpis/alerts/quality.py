"""How good the bot's own KPI alerts are: whether people act on them, and how soon.

Counted are the alerts that were posted in the last four weeks. *Acted on*: somebody acknowledged it, or filed an issue
from its card; where many share one message, each issue counts for one of them. *Not a problem*: closed with that
button. The time to acknowledge runs from the opening to the first acknowledgement, nights and weekends included; its
median is of those that were acknowledged.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from statistics import median

from domain.core import Since, UnitOfWork
from domain.issues.record import Issue
from domain.kpis.record import AlertClosing, Kpi, KpiAlert

SPAN = timedelta(weeks=4)


@dataclass(frozen=True, slots=True)
class AlertQuality:
    """`hours` to acknowledge is None where nobody has acknowledged any."""

    opened: int
    acted_on: int
    not_a_problem: int
    hours: Decimal | None = None


def alert_quality(work: UnitOfWork, belongs: Callable[[Kpi], bool], until: datetime) -> AlertQuality | None:
    """Of the alerts of some KPIs that opened in the four weeks before `until`; None where there were none."""
    alerts = work.of(KpiAlert).find(opened_at=Since(until - SPAN))
    kpis = work.of(Kpi).find(id=tuple({alert.kpi_id for alert in alerts})) if alerts else []
    ours = {kpi.id for kpi in kpis if belongs(kpi)}
    posted = [alert for alert in alerts if alert.kpi_id in ours and alert.is_posted and alert.opened_at < until]
    if not posted:
        return None
    taken = [_hours(alert.acknowledged_at - alert.opened_at) for alert in posted if alert.acknowledged_at]
    return AlertQuality(
        opened=len(posted),
        acted_on=len(taken) + _filed(work, [alert for alert in posted if alert.acknowledged_at is None]),
        not_a_problem=sum(alert.closing is AlertClosing.DISMISSED for alert in posted),
        hours=median(taken) if taken else None,
    )


def _hours(span: timedelta) -> Decimal:
    return Decimal(span // timedelta(minutes=1)) / 60


def _filed(work: UnitOfWork, alerts: Sequence[KpiAlert]) -> int:
    """How many of these were made an issue of: an issue names the message that it was made from."""
    cards = Counter(place for alert in alerts if (place := work.outbox.posted(alert.card)))
    issues = work.of(Issue).find(source_ts=tuple({ts for _, ts in cards})) if cards else []
    filed = Counter((issue.source_channel, issue.source_ts) for issue in issues)
    return sum(min(count, filed[place]) for place, count in cards.items())
