"""The same values end in the same state and messages, whatever way they came: what 'the same' means stands here.

The state of each series; its alerts; each card with its thread, word for word; what is told of changes, wherever it
stands. Left out is what tells that values came late or were corrected, for that is what differs.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings, strategies as st

from domain.core import Bilingual, UnitOfWork
from domain.kpis.alerts.machine import Judged, judge, rules_of
from domain.kpis.charts.xmr import Point, chart
from domain.kpis.record import AlertClosing, Frequency, Kpi, KpiAlert, KpiSeries, KpiShift, Signals
from domain.kpis.values.actions import Value, upsert_values
from storage.unit_of_work import Database
from tests.storage.wall import Wall

TEAM = "T1"
NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
FIRST = date(2026, 11, 2)
SEGMENTS = ("East", "West")
RULES: tuple[dict[str, Any], ...] = (
    {},
    {"periods": 2, "good_periods": 2, "band": Decimal(5)},
    {"warning": "≤2.5 days", "periods": 2},
    {"warning": "≤2.5 days", "good_periods": 3},
)
STEADY = ("9", "11", "9", "11", "10", "9", "11", "10", "9", "11", "10", "10")
OF_LATE_DATA = ("came late or", "Corrected to", "Data corrected")
"""What tells of data that were not there, or wrong, when something was said."""
numbers = count(1)
VALUES = st.lists(st.sampled_from(["2", "2.6", "2.9", "3.1", "4"]), min_size=1, max_size=9)
"""No more than five alerts in all: more at once would be a table."""
CHANGES = st.lists(st.sampled_from(["5", "9", "10", "11", "15"]), min_size=1, max_size=8)
SHAPE = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(VALUES, st.sampled_from(RULES), st.integers(0, 10_000))
@SHAPE
def test_any_order_of_arrival_and_correction_ends_the_same(
    database: Database, texts: list[str], rules: dict[str, Any], seed: int
) -> None:
    values = [
        Value(SEGMENTS[place % 2], FIRST + timedelta(days=place // 2), Decimal(text))
        for place, text in enumerate(texts)
    ]
    kpis = _brought(database, {"target": "≤3 days", "segments": SEGMENTS, **rules}, values, Random(seed))
    with database.reading(TEAM) as work:
        for kpi in kpis:
            _check_alerts(work, kpi, values)


@given(CHANGES, st.sampled_from(Signals), st.sampled_from(["≤20 days", "≤12 days"]), st.integers(0, 10_000))
@SHAPE
def test_so_do_the_signals(database: Database, texts: list[str], rules: Signals, target: str, seed: int) -> None:
    days = [date(2026, 11, 22) - timedelta(days=back) for back in reversed(range(len(STEADY) + len(texts)))]
    values = [Value("", day, Decimal(text)) for day, text in zip(days, (*STEADY, *texts), strict=True)]
    kpis = _brought(database, {"target": target, "signals": rules}, values, Random(seed))
    expected = (
        chart([Point(day, value) for _, day, value in values], rules).episodes if rules is not Signals.OFF else ()
    )
    with database.reading(TEAM) as work:
        for kpi in kpis:
            assert len(work.of(KpiShift).find(kpi_id=kpi.id, gone=False)) == len(expected)


def test_what_was_nothing_when_its_turn_came_is_told_when_it_is_something_again(database: Database) -> None:
    days = [date(2026, 11, 22) - timedelta(days=back) for back in reversed(range(len(STEADY) + 1))]
    steady = [Value("", day, Decimal(text)) for day, text in zip(days, STEADY, strict=False)]
    wall, newest = Wall(database, TEAM, NOW), Value("", days[-1], Decimal(15))
    with database.writing(TEAM) as work:
        kpi = work.of(Kpi).add(
            Kpi(name=Bilingual("Rate"), target="≤20", frequency=Frequency.DAILY, channel="C1"), by="", at=NOW
        )
        upsert_values(work, kpi, [*steady, newest], by="", via="slack", now=NOW)
        upsert_values(work, kpi, [newest._replace(value=Decimal(10))], by="", via="slack", now=NOW)
    wall.deliver()
    assert wall.seen == {}
    with database.writing(TEAM) as work:
        upsert_values(work, kpi, [newest], by="", via="slack", now=NOW)
    wall.deliver()
    assert ["Worse than usual" in text for text in wall.seen.values()] == [True]


def _brought(database: Database, fields: dict[str, Any], values: Sequence[Value], chance: Random) -> list[Kpi]:
    """One KPI has each value in time, one all of them at once, one in any order, in any parts, some corrected."""
    ways = [[value] for value in values], [list(values)], _shuffled(values, chance)
    walls = [Wall(database, TEAM, NOW) for _ in ways]
    kpis = [_bring(database, fields, batches, wall, chance) for batches, wall in zip(ways, walls, strict=True)]
    in_time, *others = (_shown(database, kpi, wall) for kpi, wall in zip(kpis, walls, strict=True))
    for other in others:
        assert other == in_time
    return kpis


def _bring(
    database: Database, fields: dict[str, Any], batches: Iterable[Sequence[Value]], wall: Wall, chance: Random
) -> Kpi:
    """Messages go out at once, or when further values have come."""
    number = next(numbers)
    with database.writing(TEAM) as work:
        new = Kpi(
            name=Bilingual(f"Rate {number}"), key=f"rate-{number}", frequency=Frequency.DAILY, channel="C1", **fields
        )
        kpi = work.of(Kpi).add(new, by="", at=NOW)
    for minute, batch in enumerate(batches):
        with database.writing(TEAM) as work:
            upsert_values(work, kpi, batch, by="U1", via="slack", now=NOW + timedelta(minutes=minute))
        if chance.random() < 0.6:
            wall.deliver()
    wall.deliver()
    return kpi


def _shuffled(values: Sequence[Value], chance: Random) -> list[list[Value]]:
    """Each value once, in any order and any parts, some of them after a wrong one for the same period."""
    wrong = [value._replace(value=Decimal(chance.choice(["2", "9", "30"]))) for value in values[::3]]
    arrivals = [*wrong, *values]
    chance.shuffle(arrivals)
    last = {value[:2]: place for place, value in enumerate(arrivals) if value in values}
    arrivals = [value for place, value in enumerate(arrivals) if place <= last[value[:2]]]
    batches: list[list[Value]] = [[]]
    for value in arrivals:
        if batches[-1] and chance.random() < 0.6:
            batches.append([])
        batches[-1].append(value)
    return batches


def _shown(database: Database, kpi: Kpi, wall: Wall) -> list[object]:
    """States, and what people see: a card with its thread, and signals wherever they are."""
    with database.reading(TEAM) as work:
        states = sorted((one.segment, one.state) for one in work.of(KpiSeries).find(kpi_id=kpi.id))
    told = {key: text.replace(kpi.name.text, "KPI") for key, text in wall.seen.items()}
    told = {key: text for key, text in told.items() if not any(late in text for late in OF_LATE_DATA)}
    signals = sorted(text for key, text in told.items() if key.startswith("kpi-signal"))
    threads = [
        (text, sorted(told[reply] for reply in wall.replies[key] if reply in told and reply in wall.notes))
        for key, text in told.items()
        if key in wall.cards
    ]
    return [states, signals, sorted(threads)]


def _check_alerts(work: UnitOfWork, kpi: Kpi, values: Sequence[Value]) -> None:
    """One alert for each time off target, one message for each, at most one open a segment."""
    alerts = work.of(KpiAlert).find(kpi_id=kpi.id)
    assert len({alert.card for alert in alerts}) == len(alerts)
    for segment in SEGMENTS:
        judged = [Judged(one.period, one.value, rules_of(kpi)) for one in values if one.segment == segment]
        mine = [alert for alert in alerts if alert.segment == segment]
        told = [alert for alert in mine if alert.closing is not AlertClosing.CORRECTED]
        assert len(told) == len(judge(judged).episodes)
        assert sum(alert.closed_at is None for alert in mine) == (judge(judged).open is not None)
        for alert in told:
            assert alert.closed_at is None or (alert.closed_by and alert.closing is AlertClosing.RECOVERED)
