"""Charts of KPIs: the range that values usually lie in, and saying once that they have changed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from domain.enumerations import Signals
from domain.errors import FormProblems, Problem
from domain.forms.kpi_charts import RebaseForm
from domain.messages import KpiPicture, KpiSignal
from domain.ports import Before, Since, UnitOfWork
from domain.records.kpis import Kpi, KpiBaseline
from domain.records.people import Member
from domain.rules.kpi_state import period_end
from domain.rules.kpi_told import NEWS
from domain.rules.permissions import may_change_kpi
from domain.rules.targets import Direction, target
from domain.rules.usual_range import MOST_POINTS
from domain.rules.xmr import Chart, Episode, Point, chart
from domain.use_cases.kpi_telling import place_of, tell_openings
from domain.use_cases.places import process_of, today_of
from domain.wording import words

HISTORY = 400
"""The newest values that are looked at."""


@dataclass(frozen=True, slots=True)
class KpiChart:
    """A series of a KPI with its chart. `based`: the newest time that a person had it worked out anew."""

    kpi: Kpi
    segment: str
    chart: Chart
    based: KpiBaseline | None = None

    @property
    def latest(self) -> Point | None:
        return self.chart.points[-1] if self.chart.points else None

    def is_better(self, episode: Episode) -> bool | None:
        """Whether a change is for the better by the target's direction; None where it has none."""
        match target(self.kpi.target).direction:
            case Direction.AT_MOST | Direction.BELOW:
                return not episode.up
            case Direction.AT_LEAST | Direction.ABOVE:
                return episode.up
        return None


def signal_key(kpi_id: int, segment: str, period: date) -> str:
    return f"kpi-signal:{kpi_id}:{period}:{segment}"


def chart_of(work: UnitOfWork, kpi: Kpi, segment: str = "", *, until: date | None = None) -> KpiChart:
    """The chart of one series, up to the period `until`; where its signals are off, it shows no changes."""
    bases = work.kpi_baselines.find(kpi_id=kpi.id, segment=segment, order="since")
    points = _points(work, kpi, segment, bases[-1].since if bases else date.min, until)
    rules = Signals.DEFAULT if kpi.signals is Signals.OFF else kpi.signals
    drawn = chart(points, rules, [base.since for base in bases])
    if kpi.signals is Signals.OFF:
        drawn = Chart(drawn.points, drawn.spans)
    return KpiChart(kpi, segment, drawn, bases[-1] if bases else None)


def _points(work: UnitOfWork, kpi: Kpi, segment: str, based: date, until: date | None) -> list[Point]:
    """The newest values, and those that the range is worked out from where they are older."""
    series: dict[str, Any] = {"kpi_id": kpi.id, "segment": segment}
    known = series if until is None else {**series, "period": Before(until + timedelta(days=1))}
    newest = work.kpi_readings.find(**known, order="-period", limit=HISTORY)[::-1]
    if len(newest) == HISTORY and based < newest[0].period:
        first = work.kpi_readings.find(**series, period=Since(based), order="period", limit=MOST_POINTS)
        newest = [reading for reading in first if reading.period < newest[0].period] + newest
    return [Point(reading.period, reading.value) for reading in newest]


def tell_all(work: UnitOfWork, *, now: datetime) -> None:
    """Post the cards of new alerts, and what belongs in their threads. Call it once after the series of a run."""
    for alert in tell_openings(work, now=now):
        signals_after(work, work.kpis.get(alert.kpi_id), alert.segment, since=date.max, now=now)


def signals_after(work: UnitOfWork, kpi: Kpi, segment: str, *, since: date, now: datetime) -> bool:
    """Say, once, that the newest value belongs to a change. In the thread of the open alert, where there is one.

    A change is told once however long it goes on, at most one a period, and none of old values alone. `since` is the
    first period whose value is new or corrected: what was told after it is shown anew. Returns whether it was said.
    """
    series = work.kpi_series.one(kpi_id=kpi.id, segment=segment)
    if kpi.signals is Signals.OFF or kpi.archived_at is not None or series is None:
        return False
    if series.signalled and since <= series.signalled:
        work.outbox.refresh(signal_key(kpi.id, segment, series.signalled))
    drawn = chart_of(work, kpi, segment).chart
    episode = drawn.now
    if episode is None or (series.signalled and drawn.points[episode.start].period <= series.signalled):
        return False
    period = drawn.points[-1].period
    alert = work.kpi_alerts.one(kpi_id=kpi.id, segment=segment, closed_at=None)
    if period < today_of(None, work.workspace, now) - NEWS[kpi.frequency] or (alert and not alert.card):
        return False  # old, or for the thread of a card that is posted in a moment
    work.kpi_series.change(series, by="", at=now, verb="signalled", signalled=period)
    signal, once = KpiSignal(kpi.id, segment, period), signal_key(kpi.id, segment, period)
    if alert is not None:
        return work.outbox.say(signal, to="", reply_to=alert.card, once=once)
    place = place_of(work, kpi)
    return bool(place) and work.outbox.say(signal, to=place, once=once)


def rebase(work: UnitOfWork, member: Member, kpi_id: int, segment: str, form: RebaseForm, *, now: datetime) -> KpiChart:
    """Have the usual range worked out anew from a period on. Raises FormProblems where no value is from then on."""
    kpi = work.kpis.get(kpi_id)
    may_change_kpi(member, kpi, process_of(work, kpi.process_id))
    since = period_end(form.since, kpi.frequency)
    points = chart_of(work, kpi, segment).chart.points
    if not points or since > points[-1].period:
        raise FormProblems({"since": words("There is no value from this day on yet. Choose an earlier one.")})
    if since <= points[0].period:
        raise FormProblems({"since": words("The range is worked out from the first value on already.")})
    found = work.kpi_baselines.one(kpi_id=kpi.id, segment=segment, since=since)
    if found is None:
        made = KpiBaseline(kpi_id=kpi.id, segment=segment, since=since, reason=form.reason, by=member.user_id, at=now)
        work.kpi_baselines.add(made, by=member.user_id, at=now, verb="re-based")
    else:
        work.kpi_baselines.change(found, by=member.user_id, at=now, verb="re-based", reason=form.reason)
    series = work.kpi_series.one(kpi_id=kpi.id, segment=segment)
    if series and series.signalled:
        work.outbox.refresh(signal_key(kpi.id, segment, series.signalled))
    return chart_of(work, kpi, segment)


def post_picture(work: UnitOfWork, member: Member, kpi_id: int, segment: str, channel: str) -> None:
    """Post the chart where it was asked for. Raises Problem where it stands there already, or there is nothing yet."""
    kpi = work.kpis.get(kpi_id)
    latest = chart_of(work, kpi, segment).latest
    if latest is None:
        raise Problem(words("There is no value to draw yet. Give one with /gemba kpi record."))
    once = f"kpi-picture:{kpi.id}:{channel}:{latest.period}:{latest.value}:{segment}"
    if not work.outbox.say(KpiPicture(kpi.id, segment, latest.period, member.user_id), to=channel, once=once):
        raise Problem(words("This chart was posted here already, and no value has come since."))
