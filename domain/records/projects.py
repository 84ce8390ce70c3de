"""Improvement projects: goal and scope with the plan (T5), risks (T8), and roll-outs in batches."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.core.record import NO_LINE, Line, Record
from domain.core.severity import Severity


@dataclass(frozen=True, slots=True)
class Goal:
    """A measurable goal (优化目标): from `before` (None: nothing to compare with) to `after`, by a local day.

    `percent` (positive = better) where only that is promised.
    """

    name: str
    name_zh: str = ""
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
    what: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Project(Record):
    """A project (业务流程优化目标与范围说明书). `starts` and `ends` are local dates, both inclusive; or not set yet."""

    name: str  # the theme 优化主题
    name_zh: str = ""
    process_id: int | None = None
    suggestion_id: int | None = None  # that it goes back to
    background: Line = NO_LINE
    goals: tuple[Goal, ...] = ()
    departments: tuple[int, ...] = ()  # in scope
    in_scope: tuple[Line, ...] = ()  # what else is: steps, cases
    out_of_scope: tuple[Line, ...] = ()
    starts: date | None = None
    ends: date | None = None
    plan: tuple[Stage, ...] = ()
    lead_department_id: int | None = None
    lead: str = ""
    business_lead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk(Record):
    """A risk of a project (T8) and what is done about it. Its level is `domain.rules.risk_level`."""

    project_id: int
    what: Line
    likelihood: Severity
    impact: Severity
    responses: tuple[Line, ...] = ()
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """Who comes in together: departments, or as `note` says; in the weeks `first` to `last`, if they are set."""

    first: int | None = None
    last: int | None = None
    departments: tuple[int, ...] = ()
    note: Line = NO_LINE


@dataclass(frozen=True, slots=True)
class Duty:
    """Who does what in a roll-out, by role (岗位, 主要职责)."""

    role: Line
    what: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Rollout(Record):
    """A new flow on its way to everybody (推广), in batches, with training and what people are given for it."""

    name: str
    name_zh: str = ""
    process_id: int | None = None
    project_id: int | None = None
    batches: tuple[Batch, ...] = ()
    training: tuple[Batch, ...] = ()
    package: tuple[Line, ...] = ()
    duties: tuple[Duty, ...] = ()
