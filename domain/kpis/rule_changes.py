"""From when on changed rules hold, and what they would change; what is judged by old ones stays."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from domain.core import FormErrors, UnitOfWork, words
from domain.kpis.alerts.machine import Judged, RulesOfTime, judge, rules_of
from domain.kpis.forms import Holds, KpiChange
from domain.kpis.record import Kpi, KpiReading, KpiVersion
from domain.kpis.values.periods import period_end
from domain.measures.targets import readable
from domain.people.routing import today_of

ALWAYS = date.min
"""Since when the first version of a KPI holds."""


def changes_rules(kpi: Kpi, form: KpiChange) -> bool:
    """Whether values would be judged in another way."""
    return any(getattr(kpi, name) != value for name, value in form.rules().items())


def holds_since(work: UnitOfWork, kpi: Kpi, form: KpiChange, *, now: datetime) -> date:
    """The first period that a changed target holds for. Raises FormErrors where a day is to be given and is not.

    All of them, whatever was chosen, where there is none to keep: no value yet, or a target that cannot be read.
    """
    if form.holds is Holds.ALL or readable(kpi.target) is None:
        return ALWAYS
    if form.holds is Holds.DAY:
        if form.since is None:
            raise FormErrors({"since": words("Please choose the day.")})
        return period_end(form.since, form.frequency)
    if work.of(KpiReading).one(kpi_id=kpi.id) is None:
        return ALWAYS
    end = period_end(today_of(None, work.workspace, now), kpi.frequency)
    return period_end(end + timedelta(days=1), form.frequency)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a changed target would change: how many of `values` are off target before and after, and open alerts."""

    values: int
    off_before: int
    off_after: int
    open_before: int
    open_after: int


def preview(work: UnitOfWork, kpi: Kpi, form: KpiChange, *, now: datetime) -> Preview:
    """What `change_kpi` would change in how the values are judged that are there."""
    since = holds_since(work, kpi, form, now=now)
    versions = work.of(KpiVersion).find(kpi_id=kpi.id)
    *first, new = _new_versions(work, kpi, form, since, by="", now=now)
    later = [*versions, *first, replace(new, id=1 + max((version.id for version in versions), default=0))]
    counted = [0, 0, 0, 0, 0]
    for segment in {reading.segment for reading in work.of(KpiReading).find(kpi_id=kpi.id)}:
        values = work.of(KpiReading).find(kpi_id=kpi.id, segment=segment, order="period")
        counted[0] += sum(value.period >= since for value in values)
        for place, rules in enumerate((RulesOfTime(kpi, versions), RulesOfTime(kpi, later))):
            judged = [Judged(value.period, value.value, rules.at(value.period)) for value in values]
            off = [one for one in judged if one.period >= since and not one.rules.goal.reached_by(one.value)]
            counted[1 + place] += len(off)
            counted[3 + place] += judge(judged).open is not None
    return Preview(*counted)


def write_versions(work: UnitOfWork, kpi: Kpi, form: KpiChange, since: date, *, by: str, now: datetime) -> None:
    """Keep the new rules, and with the first change those before it."""
    versions = _new_versions(work, kpi, form, since, by=by, now=now)
    rules_of(versions[-1])
    for version in versions:
        work.of(KpiVersion).add(version, by=version.by, at=now)


def _new_versions(
    work: UnitOfWork, kpi: Kpi, form: KpiChange, since: date, *, by: str, now: datetime
) -> list[KpiVersion]:
    new = KpiVersion(kpi_id=kpi.id, since=since, by=by, at=now, reason=form.reason, **form.rules())
    if readable(kpi.target) is None or work.of(KpiVersion).one(kpi_id=kpi.id) is not None:
        return [new]
    before = {name: getattr(kpi, name) for name in form.rules()}
    return [KpiVersion(kpi_id=kpi.id, since=ALWAYS, at=now, **before), new]
