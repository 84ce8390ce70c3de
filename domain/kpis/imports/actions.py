"""Many KPI values from a file: first what they would change, then all of them, or none."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from domain.core import Command, UnitOfWork, UserError, Words
from domain.kpis.charts.signals import post_news
from domain.kpis.forms import figure
from domain.kpis.imports.rows import RawValue
from domain.kpis.record import Kpi, KpiReading
from domain.kpis.rights import ENTER_VALUES
from domain.kpis.values.actions import Slot, Upserted, Value, upsert_silently
from domain.kpis.values.periods import period_of, segment_of
from domain.measures.targets import check_unit, target
from domain.people.record import Member
from domain.text.lookup import folded
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
            first = taken.setdefault((kpi.id, value[:2]), value)
            if first.value != value.value:
                raise UserError("Another row has {other} for the same period.", other=first.value)
        except UserError as problem:
            plan.bad.append(BadRow(row.row, problem.words))
            if len(plan.bad) == MOST_BAD:
                break
            continue
        before = reader.before(kpi, value)
        if first is not value or (before is not None and before.value == value.value):
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
    counts, done = Upserted(same=plan.same), 0
    for kpi, some in values.values():
        counts = counts.and_(upsert_silently(work, kpi, some, by=by, via=via, now=now))
        done += len(some)
        progress(done, len(plan.changes))
    post_news(work, now=now)
    return counts


class _Reader:
    """Reads rows; what it looks up it remembers, for files repeat themselves."""

    def __init__(self, work: UnitOfWork, member: Member | None, day: date | None, today: date) -> None:
        self._work, self._member, self._day, self._today = work, member, day, today
        self._kpis: dict[str, Kpi] = {}
        for kpi in work.of(Kpi).find(order="-id"):
            self._kpis |= {folded(name): kpi for name in (kpi.key, *kpi.name.texts) if name}
        self._kpi, self._values_of = cache(self._kpi_named), cache(self._readings)
        self._segment, self._period = cache(segment_of), cache(self._period_in)

    def read(self, row: RawValue) -> tuple[Kpi, Value]:
        """Raises UserError with the reason why a row cannot be taken."""
        kpi = self._kpi(row.kpi)
        unit = target(kpi.target).unit
        check_unit(row.unit, unit)
        if not row.value:
            raise UserError("There is no value in this row.")
        return kpi, Value(self._segment(kpi, row.segment), self._period(kpi, row.period), figure(row.value, unit))

    def before(self, kpi: Kpi, value: Value) -> KpiReading | None:
        """What stands there now."""
        return self._values_of(kpi.id).get(value[:2])

    def _readings(self, kpi_id: int) -> dict[Slot, KpiReading]:
        readings = self._work.of(KpiReading).find(kpi_id=kpi_id)
        return {(reading.segment, reading.period): reading for reading in readings}

    def _kpi_named(self, typed: str) -> Kpi:
        kpi = self._kpis.get(folded(typed))
        if kpi is None:
            raise UserError(
                "There is no KPI “{name}”. Type {command} to see all names.",
                name=typed[:80],
                command=Command("gemba kpi"),
            )
        if kpi.archived_at is not None:
            raise UserError("{kpi} is archived and takes no values.", kpi=kpi.name.text)
        if self._member is not None:
            ENTER_VALUES.check(self._work, self._member, kpi)
        return kpi

    def _period_in(self, kpi: Kpi, text: str) -> date:
        if not text and self._day is None:
            raise UserError("There is no period in this row.")
        return period_of(kpi, day_in(text) if text else self._day or self._today, self._today)
