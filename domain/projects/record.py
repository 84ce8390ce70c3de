"""Improvement projects: goal and scope with the plan (T5), risks (T8), and roll-outs in batches."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.core import NO_TEXT, Bilingual, Record


@dataclass(frozen=True, slots=True)
class Goal:
    """A measurable goal (优化目标): from `before` (None: nothing to compare with) to `after`, by a local day.

    `percent` (positive = better) where only that is promised.
    """

    name: Bilingual
    before: Decimal | None = None
    after: Decimal | None = None
    unit: str = ""
    higher_is_better: bool = False
    percent: Decimal | None = None
    by: date | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """What a plan says of the weeks `first` to `last` (1 = the first week of the project)."""

    first: int
    last: int
    what: Bilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class Project(Record):
    """A project (业务流程优化目标与范围说明书). `starts` and `ends` are local dates, both inclusive; or not set yet."""

    name: Bilingual  # the theme 优化主题
    process_id: int | None = None
    suggestion_id: int | None = None  # that it goes back to
    background: Bilingual = NO_TEXT
    goals: tuple[Goal, ...] = ()
    departments: tuple[int, ...] = ()  # in scope
    in_scope: tuple[Bilingual, ...] = ()  # what else is: steps, cases
    out_of_scope: tuple[Bilingual, ...] = ()
    starts: date | None = None
    ends: date | None = None
    plan: tuple[Stage, ...] = ()
    lead_department_id: int | None = None
    lead: str = ""
    business_lead: str = ""
