"""What a KPI is: defined, changed from a period on, archived. Old values keep the target of their time."""

from datetime import date, datetime
from typing import Any

from domain.core.bilingual import Bilingual
from domain.core.errors import AlreadyDone, FormProblems
from domain.core.ports import UnitOfWork
from domain.core.wording import words
from domain.kpis.alerts.actions import close_by_hand
from domain.kpis.alerts.judging import judge_series
from domain.kpis.charts.signals import post_news
from domain.kpis.forms import KpiChange, KpiForm
from domain.kpis.keys import key_from
from domain.kpis.queries import names_of
from domain.kpis.record import AlertClosing, Kpi, KpiAlert, KpiReading, KpiSeries, KpiState
from domain.kpis.rights import ADD_KPI, CHANGE_KPI
from domain.kpis.rule_changes import ALWAYS, changes_rules, holds_since, write_versions
from domain.kpis.segments import let_go_of_segments
from domain.kpis.sources.derived import derive
from domain.kpis.values.entry import known_by
from domain.kpis.values.missing import segments_of
from domain.measures.targets import readable, same_unit, target
from domain.people.record import Member
from domain.people.routing import process_of

LINKS = {"process": "process_id"}


def add_kpi(work: UnitOfWork, member: Member, form: KpiForm, *, now: datetime) -> Kpi:
    """Watch a further figure. Raises FormProblems where its name, in either language, is taken."""
    process = process_of(work, form.process)
    ADD_KPI.check(work, member, [process] if process else [])
    check(work, form)
    kpi = work.of(Kpi).add(Kpi(**_fields(form, KpiForm), key=free_key(work, form.name)), by=member.user_id, at=now)
    if not kpi.key:
        kpi = work.of(Kpi).change(kpi, by="", at=now, verb="named", key=f"kpi-{kpi.id}").record
    if kpi.derived is not None:
        derive(work, kpi, now=now)
    return kpi


def change_kpi(work: UnitOfWork, member: Member, kpi_id: int, form: KpiChange, *, now: datetime) -> Kpi:
    """Change a definition. A new target holds from the period that the form names; older values are judged as before.

    Raises FormProblems where the name is taken, or the new target's unit is not that of the values.
    """
    kpi = work.of(Kpi).get(kpi_id)
    CHANGE_KPI.check(work, member, kpi)
    check(work, form, kpi)
    changes = _changes(kpi, form)
    if not changes:
        return kpi
    changed = work.of(Kpi).change(kpi, by=member.user_id, at=now, **changes).record
    let_go_of_segments(work, kpi, changed, by=member.user_id, now=now)
    if changes_rules(kpi, form):
        since = holds_since(work, kpi, form, now=now)
        write_versions(work, kpi, form, since, by=member.user_id, now=now)
        _judge_all(work, changed, since, now)
    return changed


def archive_kpi(work: UnitOfWork, member: Member, kpi_id: int, *, now: datetime) -> Kpi:
    """Watch it no more: its open alerts are closed, nobody is asked. Its values stay. Raises AlreadyDone."""
    kpi = _mine(work, member, kpi_id)
    if kpi.archived_at is not None:
        raise AlreadyDone(words("{kpi} is archived already.", kpi=kpi.name.text))
    for alert in work.of(KpiAlert).find(kpi_id=kpi.id, closed_at=None):
        close_by_hand(work, alert, AlertClosing.ARCHIVED, by=member.user_id, now=now)
    return work.of(Kpi).change(kpi, by=member.user_id, at=now, verb="archived", archived_at=now).record


def unarchive_kpi(work: UnitOfWork, member: Member, kpi_id: int, *, now: datetime) -> Kpi:
    """Watch it again. Raises AlreadyDone."""
    kpi = _mine(work, member, kpi_id)
    if kpi.archived_at is None:
        raise AlreadyDone(words("{kpi} is watched already.", kpi=kpi.name.text))
    kpi = work.of(Kpi).change(kpi, by=member.user_id, at=now, verb="unarchived", archived_at=None).record
    _judge_all(work, kpi, ALWAYS, now)
    return kpi


def free_key(work: UnitOfWork, name: str) -> str:
    """A key made from a name that no other KPI has; empty where the name gives none."""
    key = key_from(name)
    taken = {kpi.key for kpi in work.of(Kpi).find()} if key else set()
    numbered = (f"{key}-{number}" for number in range(2, len(taken) + 3))
    return key if key not in taken else next(free for free in numbered if free not in taken)


def check(work: UnitOfWork, form: KpiForm, kpi: Kpi | None = None) -> None:
    """Whether a KPI can be so. Raises FormProblems: its name is taken, its values are in another unit."""
    form.checked()
    taken = names_of(work)
    for field, name in (("name", form.name), ("name_zh", form.name_zh)):
        known = known_by(name, taken) if name else None
        if known is not None and (kpi is None or known != kpi.id):
            raise FormProblems({field: words("There is a KPI of this name already. Choose another one.")})
    if kpi is None:
        return
    was = readable(kpi.target)
    unit = was.unit if was else target(form.target).unit
    if not same_unit(unit, target(form.target).unit) and work.of(KpiReading).one(kpi_id=kpi.id) is not None:
        raise FormProblems(
            {
                "target": words(
                    "Its values are kept in {unit}. Give the target in {unit}, or add another KPI.", unit=unit or "–"
                )
            }
        )


def _fields(form: KpiForm, kind: type[KpiForm]) -> dict[str, Any]:
    given = {LINKS.get(name, name): getattr(form, name) for name in kind.model_fields}
    given["name"] = Bilingual(given.pop("name"), given.pop("name_zh"))
    return {**given, **form.rules()}


def _changes(kpi: Kpi, form: KpiChange) -> dict[str, Any]:
    """Only what is another; the key stays, for programs use it."""
    return {name: value for name, value in _fields(form, KpiForm).items() if getattr(kpi, name) != value}


def _judge_all(work: UnitOfWork, kpi: Kpi, since: date, now: datetime) -> None:
    known = [
        series.segment for series in work.of(KpiSeries).find(kpi_id=kpi.id) if series.state is not KpiState.NO_DATA
    ]
    for segment in {*known, *segments_of(kpi)}:
        judge_series(work, kpi, segment, since=since, now=now, quietly=True)
    post_news(work, now=now)


def _mine(work: UnitOfWork, member: Member, kpi_id: int) -> Kpi:
    kpi = work.of(Kpi).get(kpi_id)
    CHANGE_KPI.check(work, member, kpi)
    return kpi
