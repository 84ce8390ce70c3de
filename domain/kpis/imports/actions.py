"""Many KPI values from a file: first what they would change, then all of them, or none."""

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from domain.core.errors import Problem
from domain.core.ports import UnitOfWork
from domain.core.wording import Command, Words, words
from domain.kpis.charts.signals import post_news
from domain.kpis.forms import figure
from domain.kpis.imports.rows import RawValue
from domain.kpis.record import Kpi, KpiReading
from domain.kpis.rights import ENTER_VALUES
from domain.kpis.values.actions import Slot, Upserted, Value, upsert_silently
from domain.kpis.values.slots import period_of, segment_of
from domain.measures.targets import same_unit, target
from domain.people.record import Member
from domain.text.periods import day_in

Progress = Callable[[int, int], None]
"""Hears how many of how many are done."""
MOST_BAD = 1_000


class BadRow(NamedTuple):
    """A row that cannot be taken, as it is numbered in the file, and why."""

    row: int
    reason: Words


class Change(NamedTuple):
    """A value that would be new, or correct `before`."""

    kpi: Kpi
    value: Value
    before: Decimal | None


@dataclass(slots=True)
class Plan:
    """What a file would change. Nothing is imported while there is a bad row."""

    changes: list[Change] = field(default_factory=list)
    same: int = 0
    bad: list[BadRow] = field(default_factory=list)
    rows: int = 0

    @property
    def new(self) -> int:
        return sum(change.before is None for change in self.changes)

    @property
    def corrected(self) -> int:
        return len(self.changes) - self.new


def plan_import(
    work: UnitOfWork, raw: Iterable[RawValue], *, member: Member | None, day: date | None, today: date
) -> Plan:
    """Check every row. `member` may record values of their own KPIs; None is the operator, who may record all.

    `day`: what rows without a period are for.
    """
    reader, plan = _Reader(work, member, day, today), Plan()
    taken: dict[tuple[int, Slot], Value] = {}
    for row in raw:
        plan.rows += 1
        try:
            kpi, value = reader.read(row)
            known = taken.setdefault((kpi.id, value[:2]), value)
            if known.value != value.value:
                raise Problem(words("Another row has {other} for the same period.", other=known.value))
        except Problem as problem:
            plan.bad.append(BadRow(row.row, problem.words))
            if len(plan.bad) == MOST_BAD:
                break
            continue
        before = reader.before(kpi, value)
        if known is not value or (before is not None and before.value == value.value):
            plan.same += 1
        else:
            plan.changes.append(Change(kpi, value, before.value if before else None))
    return plan


def carry_out(
    work: UnitOfWork, plan: Plan, *, by: str, via: str, now: datetime, progress: Progress = lambda _done, _of: None
) -> Upserted:
    """Bring all values of a plan, KPI by KPI."""
    assert not plan.bad, "a file is imported as a whole, or not at all"
    values: dict[int, tuple[Kpi, list[Value]]] = {}
    for change in plan.changes:
        values.setdefault(change.kpi.id, (change.kpi, []))[1].append(change.value)
    brought, done = Upserted(same=plan.same), 0
    for kpi, some in values.values():
        brought = brought.and_(upsert_silently(work, kpi, some, by=by, via=via, now=now))
        done += len(some)
        progress(done, len(plan.changes))
    post_news(work, now=now)
    return brought


class _Reader:
    """Reads rows; what it looks up it remembers, for files repeat themselves."""

    def __init__(self, work: UnitOfWork, member: Member | None, day: date | None, today: date) -> None:
        self._work, self._member, self._day, self._today = work, member, day, today
        self._kpis: dict[str, Kpi] = {}
        for kpi in work.of(Kpi).find(order="-id"):
            self._kpis |= {_folded(name): kpi for name in (kpi.key, *kpi.name.texts) if name}
        self._named: dict[str, Kpi | Problem] = {}
        self._there: dict[int, dict[Slot, KpiReading]] = {}
        self._periods: dict[tuple[int, str], date] = {}
        self._segments: dict[tuple[int, str], str] = {}

    def read(self, row: RawValue) -> tuple[Kpi, Value]:
        """Raises Problem with the reason why a row cannot be taken."""
        kpi = self._kpi(row.kpi)
        unit = target(kpi.target).unit
        if row.unit and not same_unit(row.unit, unit):
            other = row.unit[:20]
            raise Problem(words("This figure is kept in {unit}, not in {other}.", unit=unit or "–", other=other))
        if not row.value:
            raise Problem(words("There is no value in this row."))
        return kpi, Value(self._segment(kpi, row.segment), self._period(kpi, row.period), figure(row.value, unit))

    def before(self, kpi: Kpi, value: Value) -> KpiReading | None:
        """What stands there now."""
        if kpi.id not in self._there:
            found = self._work.of(KpiReading).find(kpi_id=kpi.id)
            self._there[kpi.id] = {(reading.segment, reading.period): reading for reading in found}
        return self._there[kpi.id].get(value[:2])

    def _kpi(self, typed: str) -> Kpi:
        known = self._named.get(typed)
        if known is None:
            known = self._named[typed] = self._look_up(typed)
        if isinstance(known, Problem):
            raise known
        return known

    def _look_up(self, typed: str) -> Kpi | Problem:
        kpi = self._kpis.get(_folded(typed))
        if kpi is None:
            return Problem(
                words(
                    "There is no KPI “{name}”. Type {command} to see all names.",
                    name=typed[:80],
                    command=Command("gemba kpi"),
                )
            )
        if kpi.archived_at is not None:
            return Problem(words("{kpi} is archived and takes no values.", kpi=kpi.name.text))
        try:
            if self._member is not None:
                ENTER_VALUES.check(self._work, self._member, kpi)
        except Problem as problem:
            return problem
        return kpi

    def _period(self, kpi: Kpi, text: str) -> date:
        key = (kpi.id, text)
        if key not in self._periods:
            if not text and self._day is None:
                raise Problem(words("There is no period in this row."))
            self._periods[key] = period_of(kpi, day_in(text) if text else self._day or self._today, self._today)
        return self._periods[key]

    def _segment(self, kpi: Kpi, text: str) -> str:
        key = (kpi.id, text)
        if key not in self._segments:
            self._segments[key] = segment_of(kpi, text)
        return self._segments[key]


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
