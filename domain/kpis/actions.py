"""What a KPI is: defined, changed from a period on, archived. Old values keep the target of their time."""

import re
import unicodedata
from datetime import date, datetime
from typing import Any

from domain.core import AlreadyDone, Bilingual, FormErrors, UnitOfWork, words
from domain.kpis.alerts.actions import close_by_hand
from domain.kpis.alerts.judging import judge_series
from domain.kpis.charts.signals import post_news
from domain.kpis.forms import KpiChange, KpiForm
from domain.kpis.queries import names_of
from domain.kpis.record import AlertClosing, Kpi, KpiAlert, KpiReading, KpiSeries, KpiState
from domain.kpis.rights import ADD_KPI
from domain.kpis.rule_changes import ALWAYS, changes_rules, holds_since, write_versions
from domain.kpis.sources.derived import derive
from domain.kpis.values.entry import known_by
from domain.lifecycle.moves import changeable
from domain.measures.targets import readable, same_unit, target
from domain.people.record import Member
from domain.people.routing import process_of

LINKS = {"process": "process_id"}
LONGEST_KEY = 60


def add_kpi(work: UnitOfWork, member: Member, form: KpiForm, *, now: datetime) -> Kpi:
    """Watch a further figure. Raises FormErrors where its name, in either language, is taken."""
    process = process_of(work, form.process)
    ADD_KPI.check(work, member, [process] if process else [])
    check(work, form)
    kpi = work.of(Kpi).add(Kpi(**_fields(form), key=_free_key(work, form.name)), by=member.user_id, at=now)
    if not kpi.key:
        kpi = work.of(Kpi).change(kpi, by="", at=now, verb="named", key=f"kpi-{kpi.id}").record
    if kpi.derived is not None:
        derive(work, kpi, now=now)
    return kpi


def change_kpi(work: UnitOfWork, member: Member, kpi_id: int, form: KpiChange, *, now: datetime) -> Kpi:
    """Change a definition. A new target holds from the period that the form names; older values are judged as before.

    Raises FormErrors where the name is taken, or the new target's unit is not that of the values.
    """
    kpi = changeable(work, member, Kpi, kpi_id)
    check(work, form, kpi)
    changes = {name: value for name, value in _fields(form).items() if getattr(kpi, name) != value}
    if not changes:
        return kpi
    changed = work.of(Kpi).change(kpi, by=member.user_id, at=now, **changes).record
    _close_segments(work, kpi, changed, by=member.user_id, now=now)
    if changes_rules(kpi, form):
        since = holds_since(work, kpi, form, now=now)
        write_versions(work, kpi, form, since, by=member.user_id, now=now)
        _judge_all(work, changed, since, now)
    return changed


def archive_kpi(work: UnitOfWork, member: Member, kpi_id: int, *, now: datetime) -> Kpi:
    """Watch it no more: its open alerts are closed, nobody is asked. Its values stay. Raises AlreadyDone."""
    kpi = changeable(work, member, Kpi, kpi_id)
    if kpi.archived_at is not None:
        raise AlreadyDone("{kpi} is archived already.", kpi=kpi.name.text)
    for alert in work.of(KpiAlert).find(kpi_id=kpi.id, closed_at=None):
        close_by_hand(work, alert, AlertClosing.ARCHIVED, by=member.user_id, now=now)
    return work.of(Kpi).change(kpi, by=member.user_id, at=now, verb="archived", archived_at=now).record


def unarchive_kpi(work: UnitOfWork, member: Member, kpi_id: int, *, now: datetime) -> Kpi:
    """Watch it again. Raises AlreadyDone."""
    kpi = changeable(work, member, Kpi, kpi_id)
    if kpi.archived_at is None:
        raise AlreadyDone("{kpi} is watched already.", kpi=kpi.name.text)
    kpi = work.of(Kpi).change(kpi, by=member.user_id, at=now, verb="unarchived", archived_at=None).record
    _judge_all(work, kpi, ALWAYS, now)
    return kpi


def key_from(name: str) -> str:
    """`Order cycle (East)` → `order-cycle-east`; empty where a name has no ASCII letter, or only figures."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    key = "-".join(re.findall("[a-z0-9]+", plain))[:LONGEST_KEY].strip("-")
    return key if re.search("[a-z]", key) else ""


def _free_key(work: UnitOfWork, name: str) -> str:
    """A key made from a name that no other KPI has; empty where the name gives none."""
    key = key_from(name)
    taken = {kpi.key for kpi in work.of(Kpi).find()} if key else set()
    numbered = (f"{key}-{number}" for number in range(2, len(taken) + 3))
    return key if key not in taken else next(free for free in numbered if free not in taken)


def check(work: UnitOfWork, form: KpiForm, kpi: Kpi | None = None) -> None:
    """Whether a KPI can be so. Raises FormErrors: its name is taken, its values are in another unit."""
    form.checked()
    taken = names_of(work)
    for field, name in (("name", form.name), ("name_zh", form.name_zh)):
        holder = known_by(name, taken) if name else None
        if holder is not None and (kpi is None or holder != kpi.id):
            raise FormErrors({field: words("There is a KPI of this name already. Choose another one.")})
    if kpi is None:
        return
    unit = (readable(kpi.target) or target(form.target)).unit
    if not same_unit(unit, target(form.target).unit) and work.of(KpiReading).one(kpi_id=kpi.id) is not None:
        said = words("Its values are kept in {unit}. Give the target in {unit}, or add another KPI.", unit=unit or "–")
        raise FormErrors({"target": said})


def _fields(form: KpiForm) -> dict[str, Any]:
    """But for the key: that stays, for programs use it."""
    given = {LINKS.get(name, name): getattr(form, name) for name in KpiForm.model_fields}
    given["name"] = Bilingual(given.pop("name"), given.pop("name_zh"))
    return given | form.rules()


def _judge_all(work: UnitOfWork, kpi: Kpi, since: date, now: datetime) -> None:
    with_values = [
        series.segment for series in work.of(KpiSeries).find(kpi_id=kpi.id) if series.state is not KpiState.NO_DATA
    ]
    for segment in {*with_values, *kpi.series}:
        judge_series(work, kpi, segment, since=since, now=now, quietly=True)
    post_news(work, now=now)


def _close_segments(work: UnitOfWork, before: Kpi, after: Kpi, *, by: str, now: datetime) -> None:
    """Nobody can bring the values of segments that were taken out: nothing is open about them. Their values stay."""
    gone = tuple(segment for segment in before.series if segment not in after.series)
    if not gone:
        return
    for alert in work.of(KpiAlert).find(kpi_id=after.id, segment=gone, closed_at=None):
        close_by_hand(work, alert, AlertClosing.ARCHIVED, by=by, now=now)
    for series in work.of(KpiSeries).find(kpi_id=after.id, segment=gone):
        work.of(KpiSeries).change(series, by="", at=now, state=KpiState.NO_DATA, late=None)
