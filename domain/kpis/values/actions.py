"""KPI values, whoever brings them: each kept once for its segment and period, with all that stood there before."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from domain.core import Since, UnitOfWork, UserError
from domain.kpis.alerts.judging import judge_series
from domain.kpis.charts.signals import post_news
from domain.kpis.record import Kpi, KpiReading, KpiRevision
from domain.kpis.report import refresh_reports
from domain.kpis.rights import ENTER_VALUES
from domain.kpis.values.missing import missing_key
from domain.kpis.values.periods import period_of, segment_of
from domain.people.record import Member
from domain.people.routing import today_of

FEW = 200
"""So many periods are looked up one by one; of more, all from the first on."""

ASKED = 12
"""People are asked for recent values only: the questions about so many periods are answered."""

Slot = tuple[str, date]


class Value(NamedTuple):
    """A value for the segment and the period that ends on `period`."""

    segment: str
    period: date
    value: Decimal


class Upserted(NamedTuple):
    """How many values were new, corrected another one, or were there already."""

    new: int = 0
    corrected: int = 0
    same: int = 0

    def and_(self, more: "Upserted") -> "Upserted":
        return Upserted(self.new + more.new, self.corrected + more.corrected, self.same + more.same)


class ValueStory(NamedTuple):
    """A value, and those that stood there before it, the newest first."""

    reading: KpiReading
    before: Sequence[KpiRevision]


def recent_values(work: UnitOfWork, kpi: Kpi, most: int) -> list[ValueStory]:
    """The newest values of a KPI, of all its segments, the newest period first."""
    readings = work.of(KpiReading).find(kpi_id=kpi.id, order="-period", limit=most)
    if not readings:
        return []
    periods = tuple({reading.period for reading in readings})
    revisions = work.of(KpiRevision).find(kpi_id=kpi.id, period=periods, order="-id")
    return [ValueStory(reading, _before(reading, revisions)) for reading in readings]


def upsert_values(work: UnitOfWork, kpi: Kpi, values: Sequence[Value], *, by: str, via: str, now: datetime) -> Upserted:
    """Keep values, judge each series once, and tell what has to be told. The same values again change nothing.

    Of two for one slot the last counts. Raises UserError for a KPI that is archived.
    """
    counts = upsert_silently(work, kpi, values, by=by, via=via, now=now)
    post_news(work, now=now)
    return counts


def upsert_silently(
    work: UnitOfWork, kpi: Kpi, values: Sequence[Value], *, by: str, via: str, now: datetime
) -> Upserted:
    """As `upsert_values`, for one KPI of many: `post_news` after the last one puts together what it can."""
    if kpi.archived_at is not None:
        raise UserError("{kpi} is archived and takes no values.", kpi=kpi.name.text)
    wanted = {(value.segment, value.period): value.value for value in values}
    there = readings_at(work, kpi, wanted)
    stamp: dict[str, Any] = {"by": by, "via": via, "recorded_at": now, "judged_at": now}  # judged right behind this
    new = [
        KpiReading(kpi_id=kpi.id, segment=segment, period=period, value=value, **stamp)
        for (segment, period), value in wanted.items()
        if (segment, period) not in there
    ]
    wrong = [there[slot] for slot, value in wanted.items() if slot in there and there[slot].value != value]
    corrected = [replace(was, value=wanted[was.segment, was.period], **stamp) for was in wrong]
    changed = [*new, *corrected]
    work.of(KpiReading).add_all(new)
    work.of(KpiReading).change_all([{"id": one.id, "value": one.value, **stamp} for one in corrected])
    foreign = [was for was in wrong if was.via == "program"]  # it had no revision so far
    work.of(KpiRevision).add_all([_as_revision(reading, now) for reading in (*foreign, *changed)])
    _show_changes(work, kpi, changed, now=now)
    return Upserted(len(new), len(corrected), len(wanted) - len(changed))


def record_value(
    work: UnitOfWork, member: Member, kpi_id: int, value: Decimal, day: date, *, segment: str = "", now: datetime
) -> KpiReading:
    """Keep what a person entered for the period that `day` lies in. A second value for it corrects the first.

    Raises UserError for a day after `now` (in the member's zone), or a segment that the KPI does not have.
    """
    kpi = work.of(Kpi).get(kpi_id)
    ENTER_VALUES.check(work, member, kpi)
    period, where = period_of(kpi, day, today_of(member, work.workspace, now)), segment_of(kpi, segment)
    upsert_values(work, kpi, [Value(where, period, value)], by=member.user_id, via="slack", now=now)
    reading = work.of(KpiReading).one(kpi_id=kpi.id, segment=where, period=period)
    assert reading is not None
    return reading


class SeriesKey(NamedTuple):
    """Values that belong together: of a KPI, or of one of its segments."""

    kpi_id: int
    segment: str


def series_names(work: UnitOfWork) -> dict[str, SeriesKey]:
    """The names of all KPIs in both languages, with each of their segments behind a slash (`Returns/East`)."""
    names: dict[str, SeriesKey] = {}
    for kpi in work.of(Kpi).find():
        for name in kpi.name.texts:
            names[name] = SeriesKey(kpi.id, "")
            names |= {f"{name}/{segment}": SeriesKey(kpi.id, segment) for segment in kpi.segments}
    return names


def readings_at(work: UnitOfWork, kpi: Kpi, slots: Iterable[Slot]) -> dict[Slot, KpiReading]:
    """What stands in these slots now."""
    periods = {period for _, period in slots}
    if not periods:
        return {}
    which = tuple(periods) if len(periods) <= FEW else Since(min(periods))
    readings = work.of(KpiReading).find(kpi_id=kpi.id, period=which)
    return {(reading.segment, reading.period): reading for reading in readings}


def _show_changes(work: UnitOfWork, kpi: Kpi, changed: Sequence[KpiReading], *, now: datetime) -> None:
    """Judge each series that has changed; questions about missing values and reports show what came."""
    first: dict[str, date] = {}
    for reading in changed:
        first[reading.segment] = min(first.get(reading.segment, reading.period), reading.period)
    for segment, since in first.items():
        judge_series(work, kpi, segment, since=since, now=now)
    periods = sorted({reading.period for reading in changed})
    for period in periods[-ASKED:]:
        work.outbox.refresh(missing_key(kpi.id, period))
    refresh_reports(work, kpi, periods, now=now)


def _as_revision(reading: KpiReading, now: datetime) -> KpiRevision:
    return KpiRevision(
        kpi_id=reading.kpi_id,
        segment=reading.segment,
        period=reading.period,
        value=reading.value,
        by=reading.by,
        via=reading.via,
        at=reading.recorded_at or now,
    )


def _before(reading: KpiReading, revisions: Sequence[KpiRevision]) -> list[KpiRevision]:
    here = [one for one in revisions if (one.segment, one.period) == (reading.segment, reading.period)]
    return here[1:] if here and here[0].value == reading.value else here
