"""Series judged, and their alerts and signals brought to what the values say (`domain.kpis.alerts.machine`)."""

from datetime import date, datetime

from domain.core.errors import Problem
from domain.core.ports import UnitOfWork
from domain.kpis.alerts.cards import missing_key
from domain.kpis.alerts.changes import add_alert, reconcile, retract
from domain.kpis.alerts.machine import Judged, RulesOfTime, judge, when_late
from domain.kpis.alerts.matching import is_news, match
from domain.kpis.alerts.series import series_of
from domain.kpis.charts.signals import post_news, signals_after
from domain.kpis.record import Kpi, KpiReading, KpiSeries, KpiState, KpiVersion
from domain.kpis.values.periods import period_end


def judge_new_values(work: UnitOfWork, *, now: datetime, limit: int = 5_000) -> int:
    """Judge every value that has not been judged, whoever brought it. Returns how many."""
    readings = work.of(KpiReading).find(judged_at=None, order="period", limit=limit)
    first: dict[tuple[int, str], date] = {}
    for reading in readings:
        first.setdefault((reading.kpi_id, reading.segment), reading.period)
        work.outbox.refresh(missing_key(reading.kpi_id, reading.period))
    work.of(KpiReading).change_all([{"id": reading.id, "judged_at": now} for reading in readings])
    kpis = {kpi.id: kpi for kpi in work.of(Kpi).find(id=tuple({kpi_id for kpi_id, _ in first}))} if first else {}
    for (kpi_id, segment), since in first.items():
        if kpi_id in kpis:
            judge_series(work, kpis[kpi_id], segment, since=since, now=now)
    post_news(work, now=now)
    return len(readings)


def judge_series(
    work: UnitOfWork, kpi: Kpi, segment: str, *, since: date, now: datetime, quietly: bool = False
) -> None:
    """Judge one series after values from the period `since` on came or changed; `post_news` then posts what is new.

    `quietly`: the values are the same, and are judged in another way. What was off target by that, and is over, is no
    news.
    A KPI that is archived, or whose target another program made unreadable, stays as it is.
    """
    series = series_of(work, kpi, segment) if kpi.archived_at is None else None
    if series is None:
        return
    try:
        rules = RulesOfTime(kpi, work.of(KpiVersion).find(kpi_id=kpi.id))
    except Problem:
        return
    values = [Judged(reading.period, reading.value, rules.at(reading.period)) for reading in series.readings]
    judgement = judge(values, series.already())
    keep_state(work, kpi, segment, judgement.state, series.newest, now=now)
    matching = match(judgement.episodes, series.told())
    for alert_id in matching.gone:
        retract(work, series.alerts[alert_id], now)
    for alert_id, episode in sorted(matching.same, key=lambda pair: pair[1].until is None):  # close, then reopen
        reconcile(work, series, series.alerts[alert_id], episode, since=since, now=now)
    for episode in matching.new:
        if is_news(episode, kpi.frequency, series.newest):
            add_alert(work, series, episode, now, quietly=quietly)
    signals_after(work, kpi, segment, since=since, now=now, newest=series.points())


def keep_state(work: UnitOfWork, kpi: Kpi, segment: str, state: KpiState, newest: date, *, now: datetime) -> None:
    """Note how a series stands whose newest value is for `newest`; it stays late where that is not the one missing."""
    known = work.of(KpiSeries).one(kpi_id=kpi.id, segment=segment)
    if known is None:
        work.of(KpiSeries).add(KpiSeries(kpi_id=kpi.id, segment=segment, state=state), by="", at=now)
        return
    late = known.late if known.late is not None and period_end(newest, kpi.frequency) < known.late else None
    state = state if late is None else when_late(state)
    if (known.state, known.late) != (state, late):
        work.of(KpiSeries).change(known, by="", at=now, state=state, late=late)
