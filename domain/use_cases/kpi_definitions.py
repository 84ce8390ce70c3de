"""What a KPI is: defined, changed from a period on, archived. Old values keep the target of their time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from domain.enumerations import AlertClosing
from domain.errors import AlreadyDone, FormProblems
from domain.forms.kpis import Holds, KpiChange, KpiForm
from domain.ports import UnitOfWork
from domain.records.kpis import Kpi, KpiVersion
from domain.records.people import Member
from domain.rules.kpi_entry import known_by
from domain.rules.kpi_keys import key_from
from domain.rules.kpi_machine import Judged, RulesOfTime, judge, rules_of
from domain.rules.kpi_state import period_end
from domain.rules.permissions import may_add_kpi, may_change_kpi
from domain.rules.targets import same_unit, target
from domain.use_cases.kpi_alerts import close_by_hand
from domain.use_cases.kpi_derived import derive
from domain.use_cases.kpi_judging import judge_series
from domain.use_cases.kpi_missing import segments_of
from domain.use_cases.kpi_signals import tell_all
from domain.use_cases.kpis import names_of
from domain.use_cases.places import process_of, today_of
from domain.wording import words

RULES = ("target", "warning", "periods", "good_periods", "band")
ALWAYS = date.min
"""Since when the first version of a KPI holds."""
LINKS = {"process": "process_id"}


def add_kpi(work: UnitOfWork, member: Member, form: KpiForm, *, now: datetime) -> Kpi:
    """Watch a further figure. Raises FormProblems where its name, in either language, is taken."""
    process = process_of(work, form.process)
    may_add_kpi(member, [process] if process else [])
    _check(work, form, None)
    kpi = work.kpis.add(Kpi(**_fields(form, KpiForm), key=free_key(work, form.name)), by=member.user_id, at=now)
    if not kpi.key:
        kpi = work.kpis.change(kpi, by="", at=now, verb="named", key=f"kpi-{kpi.id}")
    if kpi.derived is not None:
        derive(work, kpi, now=now)
    return kpi


def change_kpi(work: UnitOfWork, member: Member, kpi_id: int, form: KpiChange, *, now: datetime) -> Kpi:
    """Change a definition. A new target holds from the period that the form names; older values are judged as before.

    Raises FormProblems where the name is taken, or the new target's unit is not that of the values.
    """
    kpi = work.kpis.get(kpi_id)
    may_change_kpi(member, kpi, process_of(work, kpi.process_id))
    _check(work, form, kpi)
    changes = _changes(kpi, form)
    if not changes:
        return kpi
    changed = work.kpis.change(kpi, by=member.user_id, at=now, **changes)
    if changes_rules(kpi, form):
        since = holds_since(work, kpi, form, now=now)
        _write_versions(work, kpi, form, since, by=member.user_id, now=now)
        _judge_all(work, changed, since, now)
    return changed


def changes_rules(kpi: Kpi, form: KpiChange) -> bool:
    """Whether values would be judged in another way."""
    return any(getattr(kpi, name) != value for name, value in form.rules().items())


def holds_since(work: UnitOfWork, kpi: Kpi, form: KpiChange, *, now: datetime) -> date:
    """The first period that a changed target holds for. Raises FormProblems where a day is to be given and is not."""
    if form.holds is Holds.ALL:
        return ALWAYS
    if form.holds is Holds.DAY:
        if form.since is None:
            raise FormProblems({"since": words("Please choose the day.")})
        return period_end(form.since, form.frequency)
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
    versions = work.kpi_versions.find(kpi_id=kpi.id)
    new = _version(kpi, since, form.rules(), by="", now=now)
    first = [] if versions else [_version(kpi, ALWAYS, _rules(kpi), by="", now=now)]
    later = [*versions, *first, replace(new, id=1 + max((version.id for version in versions), default=0))]
    counted = [0, 0, 0, 0, 0]
    for segment in {reading.segment for reading in work.kpi_readings.find(kpi_id=kpi.id)}:
        values = work.kpi_readings.find(kpi_id=kpi.id, segment=segment, order="period")
        counted[0] += sum(value.period >= since for value in values)
        for place, rules in enumerate((RulesOfTime(kpi, versions), RulesOfTime(kpi, later))):
            judged = [Judged(value.period, value.value, rules.at(value.period)) for value in values]
            off = [one for one in judged if one.period >= since and not one.rules.goal.reached_by(one.value)]
            counted[1 + place] += len(off)
            counted[3 + place] += judge(judged).open is not None
    return Preview(*counted)


def archive_kpi(work: UnitOfWork, member: Member, kpi_id: int, *, now: datetime) -> Kpi:
    """Watch it no more: its open alerts are closed, nobody is asked. Its values stay. Raises AlreadyDone."""
    kpi = _mine(work, member, kpi_id)
    if kpi.archived_at is not None:
        raise AlreadyDone(words("{kpi} is archived already.", kpi=kpi.name))
    for alert in work.kpi_alerts.find(kpi_id=kpi.id, closed_at=None):
        close_by_hand(work, alert, AlertClosing.ARCHIVED, by=member.user_id, now=now)
    return work.kpis.change(kpi, by=member.user_id, at=now, verb="archived", archived_at=now)


def unarchive_kpi(work: UnitOfWork, member: Member, kpi_id: int, *, now: datetime) -> Kpi:
    """Watch it again. Raises AlreadyDone."""
    kpi = _mine(work, member, kpi_id)
    if kpi.archived_at is None:
        raise AlreadyDone(words("{kpi} is watched already.", kpi=kpi.name))
    kpi = work.kpis.change(kpi, by=member.user_id, at=now, verb="unarchived", archived_at=None)
    _judge_all(work, kpi, ALWAYS, now)
    return kpi


def free_key(work: UnitOfWork, name: str) -> str:
    """A key made from a name that no other KPI has; empty where the name gives none."""
    key = key_from(name)
    taken = {kpi.key for kpi in work.kpis.find()} if key else set()
    numbered = (f"{key}-{number}" for number in range(2, len(taken) + 3))
    return key if key not in taken else next(free for free in numbered if free not in taken)


def _check(work: UnitOfWork, form: KpiForm, kpi: Kpi | None) -> None:
    form.checked()
    taken = names_of(work)
    for field, name in (("name", form.name), ("name_zh", form.name_zh)):
        known = known_by(name, taken) if name else None
        if known is not None and (kpi is None or known != kpi.id):
            raise FormProblems({field: words("There is a KPI of this name already. Choose another one.")})
    if kpi is None:
        return
    unit = target(kpi.target).unit
    if not same_unit(unit, target(form.target).unit) and work.kpi_readings.one(kpi_id=kpi.id) is not None:
        raise FormProblems({"target": words("Its values are kept in {unit}. Give the target in {unit}, or add another "
                                            "KPI.", unit=unit or "–")})  # fmt: skip


def _fields(form: KpiForm, kind: type[KpiForm]) -> dict[str, Any]:
    given = {LINKS.get(name, name): getattr(form, name) for name in kind.model_fields}
    return {**given, **form.rules()}


def _changes(kpi: Kpi, form: KpiChange) -> dict[str, Any]:
    """Only what is another; the key stays, for programs use it."""
    return {name: value for name, value in _fields(form, KpiForm).items() if getattr(kpi, name) != value}


def _write_versions(work: UnitOfWork, kpi: Kpi, form: KpiChange, since: date, *, by: str, now: datetime) -> None:
    if work.kpi_versions.one(kpi_id=kpi.id) is None:
        work.kpi_versions.add(_version(kpi, ALWAYS, _rules(kpi), by="", now=now), by="", at=now)
    new = replace(_version(kpi, since, form.rules(), by=by, now=now), reason=form.reason)
    rules_of(new)
    work.kpi_versions.add(new, by=by, at=now)


def _version(kpi: Kpi, since: date, rules: dict[str, Any], *, by: str, now: datetime) -> KpiVersion:
    return KpiVersion(kpi_id=kpi.id, since=since, by=by, at=now, **rules)


def _rules(kpi: Kpi) -> dict[str, Any]:
    return {name: getattr(kpi, name) for name in RULES}


def _judge_all(work: UnitOfWork, kpi: Kpi, since: date, now: datetime) -> None:
    known: Sequence[str] = [series.segment for series in work.kpi_series.find(kpi_id=kpi.id)]
    for segment in {*known, *segments_of(kpi)}:
        judge_series(work, kpi, segment, since=since, now=now)
    tell_all(work, now=now)


def _mine(work: UnitOfWork, member: Member, kpi_id: int) -> Kpi:
    kpi = work.kpis.get(kpi_id)
    may_change_kpi(member, kpi, process_of(work, kpi.process_id))
    return kpi
