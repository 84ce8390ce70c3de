"""The same values end in the same alerts, whatever way they came: what 'the same' means stands here.

The state of each series, its alerts (but those that were taken back, 'data corrected'), and the cards of these, word
for word. What the threads tell may differ: it is what happened then.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.enumerations import AlertClosing, Frequency
from domain.ports import UnitOfWork
from domain.records.kpis import Kpi
from domain.rules.kpi_machine import Judged, judge, rules_of
from domain.use_cases.kpi_alert_facts import alert_facts
from domain.use_cases.kpi_values import Value, bring
from storage.unit_of_work import Database
from views.kpi_alerts import alert_card
from views.language import language

TEAM = "T1"
NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
FIRST = date(2026, 11, 2)
SEGMENTS = ("East", "West")
RULES = (
    {},
    {"periods": 2, "good_periods": 2, "band": Decimal(5)},
    {"warning": "≤2.5 days", "periods": 2},
    {"warning": "≤2.5 days", "good_periods": 3},
)
numbers = count(1)
VALUES = st.lists(st.sampled_from(["2", "2.6", "2.9", "3.1", "4"]), min_size=1, max_size=14)


@given(VALUES, st.sampled_from(RULES), st.integers(0, 10_000))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_order_of_arrival_and_correction_ends_the_same(
    database: Database, texts: list[str], rules: dict[str, object], seed: int
) -> None:
    values = [Value(SEGMENTS[place % 2], FIRST + timedelta(days=place // 2), Decimal(text))
              for place, text in enumerate(texts)]  # fmt: skip
    chance = Random(seed)
    with database.writing(TEAM) as work:
        in_time = _brought(work, rules, [[value] for value in values])
        shuffled = _brought(work, rules, _shuffled(values, chance))
        assert _shown(work, in_time) == _shown(work, shuffled)
        for kpi in (in_time, shuffled):
            _check(work, kpi, values)


def _brought(work: UnitOfWork, rules: dict[str, object], batches: Iterable[Sequence[Value]]) -> Kpi:
    number = next(numbers)
    new = Kpi(name=f"Rate {number}", key=f"rate-{number}", target="≤3 days", frequency=Frequency.DAILY, channel="C1",
              segments=SEGMENTS, **rules)  # type: ignore[arg-type]  # fmt: skip
    kpi = work.kpis.add(new, by="", at=NOW)
    for minute, batch in enumerate(batches):
        bring(work, kpi, batch, by="U1", via="slack", now=NOW + timedelta(minutes=minute))
    return kpi


def _shuffled(values: Sequence[Value], chance: Random) -> list[list[Value]]:
    """Each value once, in any order, some of them after a wrong one for the same period."""
    wrong = [value._replace(value=Decimal(chance.choice(["2", "9"]))) for value in values[::3]]
    arrivals = [*wrong, *values]
    chance.shuffle(arrivals)
    last = {value[:2]: place for place, value in enumerate(arrivals) if value in values}
    return [[value] for place, value in enumerate(arrivals) if place <= last[value[:2]]]


def _shown(work: UnitOfWork, kpi: Kpi) -> list[object]:
    """States, alerts by their periods, and what their cards say."""
    shown: list[object] = sorted((one.segment, one.state) for one in work.kpi_series.find(kpi_id=kpi.id))
    cards = []
    for alert in work.kpi_alerts.find(kpi_id=kpi.id):
        if alert.closing is not AlertClosing.CORRECTED:
            card = alert_card(alert_facts(work, alert, now=NOW), language("en"))
            blocks = [block for block in card.blocks if block["type"] != "actions"]
            cards.append(
                str([alert.segment, alert.severity, alert.closing, card.text, blocks]).replace(kpi.name, "KPI")
            )
    return [*shown, *sorted(cards)]


def _check(work: UnitOfWork, kpi: Kpi, values: Sequence[Value]) -> None:
    """One alert for each time off target, one message for each, at most one open a segment."""
    alerts = work.kpi_alerts.find(kpi_id=kpi.id)
    assert len({alert.card for alert in alerts}) == len(alerts)
    for segment in SEGMENTS:
        judged = [Judged(one.period, one.value, rules_of(kpi)) for one in values if one.segment == segment]
        mine = [alert for alert in alerts if alert.segment == segment]
        told = [alert for alert in mine if alert.closing is not AlertClosing.CORRECTED]
        assert len(told) == len(judge(judged).episodes)
        assert sum(alert.closed_at is None for alert in mine) == (judge(judged).open is not None)
        for alert in told:
            assert alert.closed_at is None or (alert.closed_by and alert.closing is AlertClosing.RECOVERED)
